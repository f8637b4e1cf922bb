from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator
from ideenlab.accounts.queries import get_person
from ideenlab.comments.models import Comment
from ideenlab.comments.queries import get_comment
from ideenlab.comments.rules import may_hide_comment, may_restore_comment
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import safe_html
from ideenlab.core.verdict import require
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import find_idea_of_thread, get_idea
from ideenlab.ideas.rules import may_hide_idea, may_restore_idea, may_see_idea
from ideenlab.moderation import queries
from ideenlab.moderation.actions import decide_case, end_suspension, suspend_person, take_measure, warn_person
from ideenlab.moderation.forms import (
    HideForm,
    MeasureForm,
    OnlyButton,
    PersonForm,
    SuspendForm,
    measure_names,
    reason_names,
)
from ideenlab.moderation.models import Case
from ideenlab.moderation.queries import Thing, get_thing
from ideenlab.moderation.rules import may_end_suspension, may_suspend, may_warn, measures_for
from ideenlab.moderation.views.door import blueprint


@blueprint.route("/moderation/<what>/<int:number>", methods=["GET", "POST"])
@moderator
def thing(what: str, number: int) -> ResponseReturnValue:
    """One thing with its reports, what was done about it before, and what can be done now."""
    thing = get_thing(what, number)
    if thing.idea is not None and not may_see_idea(me(), thing.idea):
        raise NotFound
    case = queries.find_open_case(thing)
    is_own = me() in thing.concerned
    kinds = measures_for(me(), thing) + (["kept"] if case and thing.state != "waiting" and not is_own else [])
    form = MeasureForm.of(thing.table, kinds, case.id if case else None)
    if form.validate_on_submit():
        try:
            _decide(thing, case, form)
            flash(_("Your decision is saved. Those whom it concerns are told."), "success")
            return redirect(url_for("moderation.moderation"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template(
        "moderation/thing.html", thing=thing, case=case, form=form, kinds=kinds, is_own=is_own, safe_html=safe_html,
        reports=queries.reports_of(case) if case else [], measures=queries.measures_of(*thing.key),
        hint=queries.hint_for(thing, queries.words()), reasons=reason_names(), names=measure_names(), now=now(),
        change=queries.change_of(thing), pictures=queries.pictures_of(thing),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _decide(thing: Thing, case: Case | None, form: MeasureForm) -> None:
    """About the case that the page showed, or about the thing itself. The case may be decided meanwhile."""
    kind, reason = form.kind.data, form.reason.data or ""
    if kind in ("locked", "unlocked", "restored"):
        take_measure(me(), thing=thing, kind=kind, reason=reason)
    elif form.case.data and (case is None or str(case.id) != form.case.data):
        raise Conflict(_("Somebody else has decided this case already."))
    elif case is not None:
        decide_case(me(), case=case, kind=kind, reason=reason)
    else:
        take_measure(me(), thing=thing, kind=kind, reason=reason)


@blueprint.route("/moderation/idee/<int:idea_id>/ausblenden", methods=["GET", "POST"])
@moderator
def hide_idea(idea_id: int) -> ResponseReturnValue:
    idea = _idea(idea_id)
    require(may_hide_idea(me(), idea))
    form = HideForm()
    if form.validate_on_submit():
        _hide("idee", idea_id, form)
        flash(_("The idea is hidden. Its author was told the reason."), "success")
        return redirect(url_for("moderation.latest"), 303)
    return render_template("moderation/hide_idea.html", idea=idea, form=form), 422 if form.errors else 200


@blueprint.route("/moderation/idee/<int:idea_id>/wieder-zeigen", methods=["GET", "POST"])
@moderator
def restore_idea(idea_id: int) -> ResponseReturnValue:
    idea = _idea(idea_id)
    require(may_restore_idea(me(), idea))
    form = OnlyButton()
    if form.validate_on_submit():
        take_measure(me(), thing=get_thing("idee", idea_id), kind="restored")
        flash(_("The idea is visible again."), "success")
        return redirect(url_for("moderation.latest"), 303)
    return render_template("moderation/restore_idea.html", idea=idea, form=form)


@blueprint.route("/moderation/kommentar/<int:comment_id>/ausblenden", methods=["GET", "POST"])
@moderator
def hide_comment(comment_id: int) -> ResponseReturnValue:
    comment, idea = _comment(comment_id)
    require(may_hide_comment(me(), comment))
    form = HideForm()
    if form.validate_on_submit():
        _hide("kommentar", comment_id, form)
        flash(_("The comment is hidden. Its author was told the reason."), "success")
        return redirect(url_for("moderation.latest"), 303)
    page = render_template("moderation/hide_comment.html", comment=comment, idea=idea, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/moderation/kommentar/<int:comment_id>/wieder-zeigen", methods=["GET", "POST"])
@moderator
def restore_comment(comment_id: int) -> ResponseReturnValue:
    comment, idea = _comment(comment_id)
    require(may_restore_comment(me(), comment))
    form = OnlyButton()
    if form.validate_on_submit():
        take_measure(me(), thing=get_thing("kommentar", comment_id), kind="restored")
        flash(_("The comment is visible again."), "success")
        return redirect(url_for("moderation.latest"), 303)
    return render_template("moderation/restore_comment.html", comment=comment, idea=idea, form=form)


def _hide(slug: str, number: int, form: HideForm) -> None:
    thing = get_thing(slug, number)
    kind = "refused" if thing.state == "waiting" else "hidden"
    take_measure(me(), thing=thing, kind=kind, reason=form.reason.data)


def _idea(idea_id: int) -> Idea:
    """The idea; somebody's draft is not there for the moderation either."""
    idea = get_idea(idea_id)
    if not may_see_idea(me(), idea):
        raise NotFound
    return idea


def _comment(comment_id: int) -> tuple[Comment, Idea]:
    comment = get_comment(comment_id)
    idea = find_idea_of_thread(comment.thread_id)
    if idea is None:
        raise NotFound
    return comment, idea


@blueprint.get("/moderation/person/<int:person_id>")
@moderator
def person(person_id: int) -> ResponseReturnValue:
    """What the moderation knows of somebody: the public name, and what was done before. No address."""
    found, at = get_person(person_id), now()
    if found.state in ("unconfirmed", "waiting_for_guardian"):
        raise NotFound
    thing = get_thing("person", person_id)
    case = queries.find_open_case(thing)
    return render_template(
        "moderation/person.html", found=found, measures=queries.measures_about(found), case=case,
        reports=queries.reports_of(case) if case else [], names=measure_names(), reasons=reason_names(),
        may_warn=may_warn(me(), found), may_suspend=may_suspend(me(), found, at),
        may_end=may_end_suspension(me(), found, at),
        things=queries.things_of((measure.thing, measure.thing_id) for measure in queries.measures_about(found)),
    )  # fmt: skip


@blueprint.route("/moderation/person/<int:person_id>/ermahnen", methods=["GET", "POST"])
@moderator
def warning(person_id: int) -> ResponseReturnValue:
    found = get_person(person_id)
    require(may_warn(me(), found))
    form = PersonForm()
    if form.validate_on_submit():
        warn_person(me(), person=found, reason=form.reason.data)
        return _done(person_id)
    return render_template("moderation/warning.html", found=found, form=form), 422 if form.errors else 200


@blueprint.route("/moderation/person/<int:person_id>/sperren", methods=["GET", "POST"])
@moderator
def suspension(person_id: int) -> ResponseReturnValue:
    found = get_person(person_id)
    require(may_suspend(me(), found, now()))
    form = SuspendForm()
    if form.validate_on_submit():
        suspend_person(me(), person=found, days=form.days.data or 0, reason=form.reason.data)
        return _done(person_id)
    return render_template("moderation/suspension.html", found=found, form=form), 422 if form.errors else 200


@blueprint.route("/moderation/person/<int:person_id>/name-entfernen", methods=["GET", "POST"])
@moderator
def name_removal(person_id: int) -> ResponseReturnValue:
    found = get_person(person_id)
    require(may_warn(me(), found))
    form = PersonForm()
    if form.validate_on_submit():
        take_measure(me(), thing=get_thing("person", person_id), kind="hidden", reason=form.reason.data)
        return _done(person_id)
    return render_template("moderation/name_removal.html", found=found, form=form), 422 if form.errors else 200


@blueprint.post("/moderation/person/<int:person_id>/entsperren")
@moderator
def end_of_suspension(person_id: int) -> ResponseReturnValue:
    end_suspension(me(), person=get_person(person_id))
    return _done(person_id)


@blueprint.post("/moderation/person/<int:person_id>/nichts")
@moderator
def no_breach(person_id: int) -> ResponseReturnValue:
    """The reports about a name are closed without a measure."""
    case = queries.find_open_case(get_thing("person", person_id))
    if case is None:
        raise Conflict(_("Somebody else has decided this case already."))
    decide_case(me(), case=case, kind="kept")
    return _done(person_id)


def _done(person_id: int) -> ResponseReturnValue:
    flash(_("Your decision is saved. Those whom it concerns are told."), "success")
    return redirect(url_for("moderation.person", person_id=person_id), 303)
