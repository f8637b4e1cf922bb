from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import (
    add_criterion,
    edit_criterion,
    invite_juror,
    move_criterion,
    publish_result,
    remove_criterion,
    remove_juror,
    renew_access,
    set_jury_rules,
    start_with_four_criteria,
)  # fmt: skip
from ideenlab.jury.forms import ConfirmForm, CriterionForm, JurorForm, RulesForm, criterion_form
from ideenlab.jury.models import Criterion, Juror
from ideenlab.jury.queries import (
    criteria_of,
    figures_of,
    find_result,
    get_criterion,
    get_juror,
    jurors_of,
    rules_of,
)  # fmt: skip
from ideenlab.jury.rules import may_invite_juror, may_preview_ranking, may_publish, may_set_rules

blueprint = Blueprint("manage_jury", __name__, url_prefix="/organisation")


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
    return render_template("jury/manage/rules.html", hackathon=hackathon, form=form), _status()


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
    return render_template("jury/manage/new_criterion.html", hackathon=hackathon, form=form), _status()


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
    return render_template("jury/manage/criterion.html", hackathon=hackathon, criterion=found, form=form), _status()


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


@blueprint.route("/hackathons/<slug>/jury/mitglieder", methods=["GET", "POST"])
@organiser
def jurors(slug: str) -> ResponseReturnValue:
    """Who is on the jury, and a form for the next one."""
    hackathon = get_any_hackathon(slug)
    form = JurorForm()
    if form.validate_on_submit():
        try:
            invited, code = invite_juror(
                me(), hackathon=hackathon, name=form.name.data, email=form.email.data or "",
                organisation=form.organisation.data,
            )  # fmt: skip
            return _show_code(hackathon, invited, code)
        except Invalid as error:
            refuse(form, error.field, str(error))
    return render_template(
        "jury/manage/jurors.html", hackathon=hackathon, jurors=jurors_of(hackathon), form=form,
        fresh=session.pop("jury_code", None) if request.method == "GET" else None,
        may_invite=may_invite_juror(me(), hackathon, now()),
    ), _status()  # fmt: skip


@blueprint.route("/hackathons/<slug>/jury/mitglieder/<int:juror_id>/zugang", methods=["GET", "POST"])
@organiser
def access(slug: str, juror_id: int) -> ResponseReturnValue:
    """A new link and code."""
    hackathon, found = _juror(slug, juror_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        return _show_code(hackathon, found, renew_access(me(), juror=found))
    require(may_invite_juror(me(), hackathon, now()))
    return render_template("jury/manage/access.html", hackathon=hackathon, juror=found, form=form)


@blueprint.route("/hackathons/<slug>/jury/mitglieder/<int:juror_id>/entfernen", methods=["GET", "POST"])
@organiser
def removal(slug: str, juror_id: int) -> ResponseReturnValue:
    hackathon, found = _juror(slug, juror_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        remove_juror(me(), juror=found)
        flash(_("%(name)s is not on the jury any more.", name=found.name), "success")
        return redirect(url_for(".jurors", slug=hackathon.slug), 303)
    require(may_invite_juror(me(), hackathon, now()))
    return render_template("jury/manage/removal.html", hackathon=hackathon, juror=found, form=form)


@blueprint.get("/hackathons/<slug>/jury/stand")
@organiser
def progress(slug: str) -> ResponseReturnValue:
    """Who has handed in what, without points; the order only when no point can change any more."""
    hackathon = get_any_hackathon(slug)
    figures = figures_of(hackathon)
    return render_template(
        "jury/manage/progress.html", hackathon=hackathon, figures=figures, result=find_result(hackathon),
        may_preview=may_preview_ranking(me(), hackathon, now()),
        may_publish=may_publish(me(), hackathon, figures, now()),
    )  # fmt: skip


@blueprint.route("/hackathons/<slug>/jury/veroeffentlichen", methods=["GET", "POST"])
@organiser
def publish(slug: str) -> ResponseReturnValue:
    """What becomes public, and the button that does it."""
    hackathon = get_any_hackathon(slug)
    form = ConfirmForm()
    if form.validate_on_submit():
        publish_result(me(), hackathon=hackathon)
        flash(_("The result is published. The teams are told by mail."), "success")
        return redirect(url_for("jury.result", slug=hackathon.slug), 303)
    figures = figures_of(hackathon)
    require(may_publish(me(), hackathon, figures, now()))
    return render_template("jury/manage/publish.html", hackathon=hackathon, figures=figures, form=form)


def _criterion(slug: str, criterion_id: int) -> tuple[Hackathon, Criterion]:
    hackathon = get_any_hackathon(slug)
    return hackathon, get_criterion(hackathon, criterion_id)


def _juror(slug: str, juror_id: int) -> tuple[Hackathon, Juror]:
    hackathon = get_any_hackathon(slug)
    return hackathon, get_juror(hackathon, juror_id)


def _show_code(hackathon: Hackathon, juror: Juror, code: str) -> ResponseReturnValue:
    """The next page shows the code, once: nobody can look it up afterwards."""
    session["jury_code"] = {"name": juror.name, "code": code}
    return redirect(url_for(".jurors", slug=hackathon.slug), 303)


def _back(hackathon: Hackathon, message: str) -> ResponseReturnValue:
    if message:
        flash(message, "success")
    return redirect(url_for(".jury", slug=hackathon.slug), 303)


def _status() -> int:
    return 422 if request.method == "POST" else 200
