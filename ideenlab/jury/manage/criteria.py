from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import (
    add_criterion,
    edit_criterion,
    move_criterion,
    remove_criterion,
    set_jury_rules,
    start_with_four_criteria,
)  # fmt: skip
from ideenlab.jury.forms import ConfirmForm, CriterionForm, RulesForm, criterion_form
from ideenlab.jury.manage.door import blueprint, status
from ideenlab.jury.models import Criterion
from ideenlab.jury.queries import (
    criteria_of,
    find_result,
    get_criterion,
    jurors_of,
    rules_of,
)  # fmt: skip
from ideenlab.jury.rules import may_set_rules


@blueprint.get("/hackathons/<slug>/jury")
@organiser
def jury(slug: str) -> ResponseReturnValue:
    """Criteria, rules, and the way to jurors, progress and result."""
    hackathon = get_any_hackathon(slug)
    criteria = criteria_of(hackathon)
    return render_template(
        "jury/manage/jury.html", hackathon=hackathon, criteria=criteria, rules=rules_of(hackathon),
        total=sum(criterion.weight for criterion in criteria), may_set=may_set_rules(me(), hackathon),
        jurors=jurors_of(hackathon), result=find_result(hackathon),
    )  # fmt: skip


@blueprint.route("/hackathons/<slug>/jury/regeln", methods=["GET", "POST"])
@organiser
def rules(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    require(may_set_rules(me(), hackathon))
    stored = rules_of(hackathon)
    form = RulesForm(
        data={"highest": stored.highest_half_points // 2, "quorum": stored.quorum, "revision": stored.revision}
    )
    if form.validate_on_submit():
        set_jury_rules(me(), hackathon=hackathon, highest=form.highest.data, quorum=form.quorum.data,
                       revision=form.revision.data)  # fmt: skip
        return _back(hackathon, _("The rules are saved."))
    return render_template("jury/manage/rules.html", hackathon=hackathon, form=form), status()


@blueprint.post("/hackathons/<slug>/jury/vorlage")
@organiser
def start(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    start_with_four_criteria(me(), hackathon=hackathon, revision=ConfirmForm().revision.data)
    return _back(hackathon, _("Four criteria of equal weight are there. Change them as you need."))


@blueprint.route("/hackathons/<slug>/jury/kriterien/neu", methods=["GET", "POST"])
@organiser
def new_criterion(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    require(may_set_rules(me(), hackathon))
    form = criterion_form(rules_of(hackathon))
    if form.validate_on_submit():
        try:
            add_criterion(
                me(), hackathon=hackathon, title=form.title.data, question=form.question.data,
                weight=form.weight.decimal, levels=form.sentences, revision=form.revision.data,
            )  # fmt: skip
            return _back(hackathon, _("The criterion is there."))
        except Invalid as error:
            refuse(form, error.field, str(error))
    return render_template("jury/manage/new_criterion.html", hackathon=hackathon, form=form), status()


@blueprint.route("/hackathons/<slug>/jury/kriterien/<int:criterion_id>", methods=["GET", "POST"])
@organiser
def criterion(slug: str, criterion_id: int) -> ResponseReturnValue:
    hackathon, found = _criterion(slug, criterion_id)
    require(may_set_rules(me(), hackathon))
    form = criterion_form(rules_of(hackathon), found)
    if form.validate_on_submit():
        try:
            _edit(found, form)
            return _back(hackathon, _("The criterion is saved."))
        except Invalid as error:
            refuse(form, error.field, str(error))
    return render_template("jury/manage/criterion.html", hackathon=hackathon, criterion=found, form=form), status()


def _edit(criterion: Criterion, form: CriterionForm) -> None:
    edit_criterion(
        me(), criterion=criterion, title=form.title.data, question=form.question.data, weight=form.weight.decimal,
        levels=form.sentences, revision=form.revision.data,
    )  # fmt: skip


@blueprint.post("/hackathons/<slug>/jury/kriterien/<int:criterion_id>/verschieben")
@organiser
def move(slug: str, criterion_id: int) -> ResponseReturnValue:
    hackathon, found = _criterion(slug, criterion_id)
    steps = -1 if request.form.get("where") == "up" else 1
    move_criterion(me(), criterion=found, steps=steps, revision=ConfirmForm().revision.data)
    return _back(hackathon, "")


@blueprint.route("/hackathons/<slug>/jury/kriterien/<int:criterion_id>/entfernen", methods=["GET", "POST"])
@organiser
def removed_criterion(slug: str, criterion_id: int) -> ResponseReturnValue:
    hackathon, found = _criterion(slug, criterion_id)
    require(may_set_rules(me(), hackathon))
    form = ConfirmForm(data={"revision": rules_of(hackathon).revision})
    if form.validate_on_submit():
        remove_criterion(me(), criterion=found, revision=form.revision.data)
        return _back(hackathon, _("The criterion is removed."))
    return render_template("jury/manage/removed_criterion.html", hackathon=hackathon, criterion=found, form=form)


def _criterion(slug: str, criterion_id: int) -> tuple[Hackathon, Criterion]:
    hackathon = get_any_hackathon(slug)
    return hackathon, get_criterion(hackathon, criterion_id)


def _back(hackathon: Hackathon, message: str) -> ResponseReturnValue:
    if message:
        flash(message, "success")
    return redirect(url_for(".jury", slug=hackathon.slug), 303)
