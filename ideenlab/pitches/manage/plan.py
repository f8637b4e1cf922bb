from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.pitches import actions
from ideenlab.pitches.forms import DrawForm, PlanForm, SwapForm, read_revision
from ideenlab.pitches.manage.door import blueprint
from ideenlab.pitches.models import PitchPlan
from ideenlab.pitches.queries import by_room, find_plan, get_pitch, is_as_drawn, missing_from_plan, pitches_of
from ideenlab.pitches.rules import may_draw_order, may_plan_pitches


@blueprint.route("/hackathons/<slug>/pitches", methods=["GET", "POST"])
@organiser
def pitches(slug: str) -> ResponseReturnValue:
    found = get_any_hackathon(slug)
    kept = find_plan(found)
    form = PlanForm() if request.method == "POST" else PlanForm(obj=kept)
    if request.method == "GET" and kept is None:
        form.minutes.data, form.change_minutes.data, form.starts_at.data = 3, 2, found.submission_until
    if form.validate_on_submit():
        try:
            actions.plan_pitches(me(), hackathon=found, timing=form.timing(), revision=form.seen_revision())
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            return _back(slug, _("The plan is saved."))
    return _page(slug, plan_form=form), 422 if form.errors else 200


@blueprint.post("/hackathons/<slug>/pitches/losen")
@organiser
def draw(slug: str) -> ResponseReturnValue:
    found, form = get_any_hackathon(slug), DrawForm()
    if form.validate_on_submit():
        try:
            actions.draw_order(
                me(), hackathon=found, seed=form.seed.data or "", revision=read_revision(form.revision.data)
            )
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            return _back(slug, _("The order is drawn."))
    return _page(slug, draw_form=form), 422


@blueprint.post("/hackathons/<slug>/pitches/tauschen")
@organiser
def swap(slug: str) -> ResponseReturnValue:
    found, form = get_any_hackathon(slug), SwapForm()
    form.offer(pitches_of(found))
    if form.validate_on_submit():
        first, second = (get_pitch(found, int(field.data)) for field in (form.first, form.second))
        try:
            actions.swap_pitches(
                me(), hackathon=found, first=first, second=second, revision=read_revision(form.revision.data)
            )
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            return _back(slug, _("The two teams have changed places."))
    return _page(slug, swap_form=form), 422


@blueprint.post("/hackathons/<slug>/pitches/nachtragen")
@organiser
def add_late_teams(slug: str) -> ResponseReturnValue:
    revision = read_revision(request.form.get("revision"))
    actions.add_late_teams(me(), hackathon=get_any_hackathon(slug), revision=revision)
    return _back(slug, _("The teams that were missing come last."))


@blueprint.post("/hackathons/<slug>/pitches/veroeffentlichen")
@organiser
def publish(slug: str) -> ResponseReturnValue:
    actions.publish_plan(me(), hackathon=get_any_hackathon(slug))
    return _back(slug, _("Everybody sees the order of the pitches now."))


@blueprint.post("/hackathons/<slug>/pitches/zuruecknehmen")
@organiser
def withdraw(slug: str) -> ResponseReturnValue:
    actions.withdraw_plan(me(), hackathon=get_any_hackathon(slug))
    return _back(slug, _("Only organisers see the order of the pitches now."))


@blueprint.post("/hackathons/<slug>/pitches/<int:pitch_id>/<state>")
@organiser
def pitch_state(slug: str, pitch_id: int, state: str) -> ResponseReturnValue:
    """From the stage or from the plan: back to where the button was."""
    found = get_any_hackathon(slug)
    actions.set_pitch_state(me(), pitch=get_pitch(found, pitch_id), state=state)
    place = request.form.get("place", "")
    if place.isascii() and place.isdecimal() and 0 < len(place) < 6:
        return redirect(url_for("pitches.stage", slug=slug, place=int(place)), 303)
    return redirect(url_for("manage_pitches.pitches", slug=slug), 303)


def _back(slug: str, said: str) -> ResponseReturnValue:
    flash(said, "success")
    return redirect(url_for("manage_pitches.pitches", slug=slug), 303)


def _page(slug: str, **typed: Form) -> str:
    """The whole page; a form that was refused stands in it as it was typed."""
    found = get_any_hackathon(slug)
    kept = find_plan(found)
    if kept is None and "plan_form" not in typed:
        raise NotFound
    forms = {"plan_form": typed.get("plan_form") or PlanForm(formdata=None, obj=kept), **_forms_of(kept, typed)}
    return render_template(
        "pitches/manage/pitches.html", hackathon=found, plan=kept, verdict=may_plan_pitches(me(), found),
        may_draw=may_draw_order(me(), kept, now()) if kept else None, rooms=by_room(kept) if kept else [],
        missing=missing_from_plan(found) if kept and kept.drawn_at else [],
        as_drawn=is_as_drawn(kept) if kept and kept.drawn_at else True, **forms,
    )  # fmt: skip


def _forms_of(kept: PitchPlan | None, typed: dict[str, Form]) -> dict[str, Form]:
    if kept is None:
        return {}
    swap_form = typed.get("swap_form")
    if not isinstance(swap_form, SwapForm):
        swap_form = SwapForm(formdata=None)
        swap_form.offer(pitches_of(kept.hackathon))
    return {"draw_form": typed.get("draw_form") or DrawForm(formdata=None), "swap_form": swap_form}
