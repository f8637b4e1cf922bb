from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury import actions
from ideenlab.jury.forms import ConfirmForm, RulesForm, TakeOverForm, VersionForm
from ideenlab.jury.manage.door import back_to_jury, blueprint, status
from ideenlab.jury.queries import changes_being_prepared, criteria_of, rules_of, with_criteria
from ideenlab.jury.rules import may_drop_new_version, may_open_new_version, may_put_in_force, may_set_rules


@blueprint.route("/hackathons/<slug>/jury/regeln", methods=["GET", "POST"])
@organiser
def rules(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    require(may_set_rules(me(), hackathon))
    form = RulesForm.of(rules_of(hackathon))
    if accepted(form, lambda: _set(hackathon, form)):
        return back_to_jury(hackathon, _("The rules are saved."))
    return render_template("jury/manage/rules.html", hackathon=hackathon, form=form), status()


def _set(hackathon: Hackathon, form: RulesForm) -> None:
    names = ("highest", "quorum", "missing", "aggregate", "ties", "panel", "ballots_each", "feedback_required",
             "audience", "shows_bands")  # fmt: skip
    terms = actions.Terms(
        half_points=form.step.data == "1", conflicts=form.conflicts.data or "",
        **{name: form[name].data for name in names},
    )  # fmt: skip
    actions.set_jury_rules(me(), hackathon=hackathon, terms=terms, revision=form.revision.data)


@blueprint.post("/hackathons/<slug>/jury/vorlage/<template>")
@organiser
def start(slug: str, template: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    revision = ConfirmForm().revision.data
    actions.start_with_template(me(), hackathon=hackathon, template=template, revision=revision)
    return back_to_jury(hackathon, _("Criteria of equal weight are there. Change them as you need."))


@blueprint.route("/hackathons/<slug>/jury/uebernehmen", methods=["GET", "POST"])
@organiser
def taking_over(slug: str) -> ResponseReturnValue:
    """Rules, criteria and prizes of an earlier hackathon."""
    hackathon = get_any_hackathon(slug)
    require(may_set_rules(me(), hackathon))
    offered = {other.slug: other for other in with_criteria(hackathon)}
    form = TakeOverForm(data={"revision": rules_of(hackathon).revision})
    form.source.choices = [SelectChoice(other.slug, other.title) for other in offered.values()]
    if accepted(form, lambda: _take_over(hackathon, offered[form.source.data], form)):
        return back_to_jury(hackathon, _("Rules, criteria and prizes are taken over. Change them as you need."))
    page = render_template("jury/manage/taking_over.html", hackathon=hackathon, form=form, offered=offered,
                           has_criteria=bool(criteria_of(hackathon)))  # fmt: skip
    return page, status()


def _take_over(hackathon: Hackathon, source: Hackathon, form: TakeOverForm) -> None:
    actions.take_over_rules(me(), hackathon=hackathon, source=source, revision=form.revision.data)


@blueprint.post("/hackathons/<slug>/jury/rueckgaengig")
@organiser
def undo(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    actions.undo_change(me(), hackathon=hackathon, revision=ConfirmForm().revision.data)
    return back_to_jury(hackathon, _("The last change is undone."))


@blueprint.route("/hackathons/<slug>/jury/neue-fassung", methods=["GET", "POST"])
@organiser
def new_version(slug: str) -> ResponseReturnValue:
    """Why the rules have to change although the jury has begun."""
    hackathon = get_any_hackathon(slug)
    require(may_open_new_version(me(), hackathon, now()))
    form = VersionForm()
    if accepted(form, lambda: actions.open_new_version(me(), hackathon=hackathon, reason=form.reason.data)):
        return back_to_jury(hackathon, _("Change what has to be changed, then put the new version in force."))
    return render_template("jury/manage/new_version.html", hackathon=hackathon, form=form), status()


@blueprint.route("/hackathons/<slug>/jury/neue-fassung/in-kraft", methods=["GET", "POST"])
@organiser
def putting_in_force(slug: str) -> ResponseReturnValue:
    """What is different, and the button that makes it hold."""
    hackathon = get_any_hackathon(slug)
    require(may_put_in_force(me(), hackathon, now()))
    rules = rules_of(hackathon)
    form = ConfirmForm(data={"revision": rules.revision})
    if accepted(form, lambda: _put_in_force(hackathon, form)):
        flash(_("The new version is in force. The members of the jury are told by mail."), "success")
        return redirect(url_for("jury.rules", slug=slug), 303)
    page = render_template("jury/manage/putting_in_force.html", hackathon=hackathon, form=form, rules=rules,
                           changes=changes_being_prepared(hackathon))  # fmt: skip
    return page, status()


def _put_in_force(hackathon: Hackathon, form: ConfirmForm) -> None:
    actions.put_in_force(me(), hackathon=hackathon, revision=form.revision.data)


@blueprint.route("/hackathons/<slug>/jury/neue-fassung/verwerfen", methods=["GET", "POST"])
@organiser
def dropping(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    require(may_drop_new_version(me(), hackathon))
    form = ConfirmForm(data={"revision": rules_of(hackathon).revision})
    if form.validate_on_submit():
        actions.drop_new_version(me(), hackathon=hackathon, revision=form.revision.data)
        return back_to_jury(hackathon, _("The new version is dropped. The jury goes on as before."))
    page = render_template("jury/manage/dropping.html", hackathon=hackathon, form=form,
                           changes=changes_being_prepared(hackathon))  # fmt: skip
    return page, status()
