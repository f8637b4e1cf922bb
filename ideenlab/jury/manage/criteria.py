import json

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import (
    add_criterion,
    edit_criterion,
    move_criterion,
    remove_criterion,
)  # fmt: skip
from ideenlab.jury.forms import ConfirmForm, CriterionForm, criterion_form
from ideenlab.jury.manage.door import back_to_jury, blueprint, status
from ideenlab.jury.models import Criterion
from ideenlab.jury.queries import (
    changes_being_prepared,
    content_of,
    criteria_of,
    differences,
    find_result,
    get_criterion,
    is_being_changed,
    jurors_of,
    prizes_of,
    rules_of,
    terms_in_words,
    with_criteria,
)  # fmt: skip
from ideenlab.jury.rules import may_open_new_version, may_put_in_force, may_set_rules


@blueprint.get("/hackathons/<slug>/jury")
@organiser
def jury(slug: str) -> ResponseReturnValue:
    """Criteria, rules, and the way to jurors, progress and result."""
    hackathon = get_any_hackathon(slug)
    rules, criteria, prizes = rules_of(hackathon), criteria_of(hackathon), prizes_of(hackathon)
    content, may_set = content_of(hackathon.slug, rules, criteria, prizes), may_set_rules(me(), hackathon)
    is_preparing = bool(may_set) and is_being_changed(hackathon)
    return render_template(
        "jury/manage/jury.html", hackathon=hackathon, criteria=criteria, rules=rules, prizes=prizes,
        total=sum(criterion.weight for criterion in criteria), may_set=may_set, terms=terms_in_words(content),
        jurors=jurors_of(hackathon), result=find_result(hackathon), is_preparing=is_preparing,
        can_take_over=not criteria and bool(with_criteria(hackathon)),
        changes=changes_being_prepared(hackathon, content) if is_preparing else [],
        last_changes=differences(json.loads(rules.before), content) if may_set and rules.before else [],
        may_renew=not may_set and may_open_new_version(me(), hackathon, now()),
        may_put_in_force=is_preparing and may_put_in_force(me(), hackathon, now()),
    )  # fmt: skip


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
            return back_to_jury(hackathon, _("The criterion is there."))
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
            return back_to_jury(hackathon, _("The criterion is saved."))
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
    return back_to_jury(hackathon, "")


@blueprint.route("/hackathons/<slug>/jury/kriterien/<int:criterion_id>/entfernen", methods=["GET", "POST"])
@organiser
def removed_criterion(slug: str, criterion_id: int) -> ResponseReturnValue:
    hackathon, found = _criterion(slug, criterion_id)
    require(may_set_rules(me(), hackathon))
    form = ConfirmForm(data={"revision": rules_of(hackathon).revision})
    if accepted(form, lambda: remove_criterion(me(), criterion=found, revision=form.revision.data)):
        return back_to_jury(hackathon, _("The criterion is removed."))
    page = render_template("jury/manage/removed_criterion.html", hackathon=hackathon, criterion=found, form=form)
    return page, status()


def _criterion(slug: str, criterion_id: int) -> tuple[Hackathon, Criterion]:
    hackathon = get_any_hackathon(slug)
    return hackathon, get_criterion(hackathon, criterion_id)
