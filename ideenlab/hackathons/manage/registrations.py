"""Everybody who registered: the list, one person, and what organisers decide about a place."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.attendance.models import STATES
from ideenlab.attendance.queries import count_by_state, place_in_queue
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import PaperForm, ReasonForm
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.models import PLACES, Hackathon, Registration
from ideenlab.hackathons.rules import DECIDED_IN, may_decide_registration, needed_consents


@blueprint.get("/hackathons/<slug>/anmeldungen")
@organiser
def registrations(slug: str) -> ResponseReturnValue:
    found, state = queries.get_any_hackathon(slug), request.args.get("stand", "")
    words = clean_line(request.args.get("suche", ""))[:100]
    state = state if state in STATES else ""
    rows = queries.found_registrations(found, state=state, words=words)
    return render_template(
        "hackathons/manage/registrations.html", hackathon=found, registrations=rows, state=state, words=words,
        counts=count_by_state(PLACES, found), kinds=queries.consent_kinds_of(found), states=STATES,
        groups=queries.groups_of(found), figures=queries.attendance_figures(found),
        pending=queries.pending_group_ids(found),
    )  # fmt: skip


@blueprint.get("/hackathons/<slug>/anmeldungen/<int:number>")
@organiser
def registration(slug: str, number: int) -> ResponseReturnValue:
    hackathon, found = _found(slug, number)
    answers, consents, time = queries.answers_of(found), queries.consents_of(found), now()
    return render_template(
        "hackathons/manage/registration.html", hackathon=hackathon, registration=found, consents=consents,
        answers=[(row.text, row.kind, answers.get(row.id, "")) for row in queries.questions_of(hackathon)],
        queue=place_in_queue(PLACES, found) if found.state == "waiting" else 0,
        may={deed: may_decide_registration(me(), found, deed, time) for deed in DECIDED_IN},
        form=PaperForm(data=dict.fromkeys(consents, True)), needed=needed_consents(hackathon),
    )  # fmt: skip


@blueprint.post("/hackathons/<slug>/anmeldungen/<int:number>/<any(annehmen, nachruecken, gefehlt, anwesend):deed>")
@organiser
def decision(slug: str, number: int, deed: str) -> ResponseReturnValue:
    """What one click decides."""
    _hackathon, found = _found(slug, number)
    if deed == "annehmen":
        actions.approve_registration(me(), registration=found)
        text = _("Accepted. The person is told.")
    elif deed == "nachruecken":
        actions.move_up_by_hand(me(), registration=found)
        text = _("A place is kept for this person. They are told.")
    else:
        actions.note_absence(me(), registration=found, absent=deed == "gefehlt")
        text = _("Noted.")
    flash(text, "success")
    return redirect(url_for("manage_hackathons.registration", slug=slug, number=number), 303)


@blueprint.route("/hackathons/<slug>/anmeldungen/<int:number>/ablehnen", methods=["GET", "POST"])
@organiser
def refusal(slug: str, number: int) -> ResponseReturnValue:
    hackathon, found = _found(slug, number)
    form = ReasonForm()
    if form.validate_on_submit():
        try:
            actions.refuse_registration(me(), registration=found, reason=form.reason.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("Refused. The person is told, with your reason."), "success")
            return redirect(url_for("manage_hackathons.registration", slug=slug, number=number), 303)
    page = render_template(
        "hackathons/manage/refusal.html", hackathon=hackathon, registration=found, form=form,
        verdict=may_decide_registration(me(), found, "refuse", now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.route("/hackathons/<slug>/anmeldungen/<int:number>/absagen", methods=["GET", "POST"])
@organiser
def cancellation(slug: str, number: int) -> ResponseReturnValue:
    hackathon, found = _found(slug, number)
    form = Form()
    if form.validate_on_submit():
        actions.cancel_for(me(), registration=found)
        flash(_("Cancelled. The person is told, and the place goes to who waits longest."), "success")
        return redirect(url_for("manage_hackathons.registration", slug=slug, number=number), 303)
    return render_template(
        "hackathons/manage/cancellation.html", hackathon=hackathon, registration=found,
        verdict=may_decide_registration(me(), found, "cancel", now()),
    )  # fmt: skip


@blueprint.post("/hackathons/<slug>/anmeldungen/<int:number>/papier")
@organiser
def paper(slug: str, number: int) -> ResponseReturnValue:
    _hackathon, found = _found(slug, number)
    form = PaperForm()
    if form.validate_on_submit():
        actions.record_paper_consents(me(), registration=found, kinds=form.kinds())
        flash(_("What is on paper is written down."), "success")
    return redirect(url_for("manage_hackathons.registration", slug=slug, number=number), 303)


@blueprint.route("/hackathons/<slug>/anmeldungen/<int:number>/einlass", methods=["POST"])
@organiser
def entrance(slug: str, number: int) -> ResponseReturnValue:
    """In without a ticket, or back out when it was the wrong person."""
    _hackathon, found = _found(slug, number)
    if found.checked_in_at:
        actions.take_back_check_in(me(), registration=found)
        flash(_("Taken back."), "success")
    else:
        actions.check_in_participant(me(), registration=found)
        flash(_("Welcome, %(name)s!", name=found.person.pseudonym), "success")
    return redirect(url_for("manage_hackathons.registration", slug=slug, number=number), 303)


@blueprint.route("/hackathons/<slug>/gruppen/<int:number>", methods=["GET", "POST"])
@organiser
def group(slug: str, number: int) -> ResponseReturnValue:
    """Places for all of a group or for none; the other button refuses, with a reason."""
    found = queries.get_group(queries.get_any_hackathon(slug), number)
    form = ReasonForm()
    if request.method == "POST" and request.form.get("deed") == "approve":
        actions.approve_group(me(), group=found)
        flash(_("All of them have a place. Whoever registered the group is told."), "success")
        return redirect(url_for("manage_hackathons.registrations", slug=slug), 303)
    if form.validate_on_submit():
        actions.refuse_group(me(), group=found, reason=form.reason.data)
        flash(_("Refused. Whoever registered the group is told, with your reason."), "success")
        return redirect(url_for("manage_hackathons.registrations", slug=slug), 303)
    page = render_template(
        "hackathons/manage/group.html", hackathon=found.hackathon, group=found, pupils=queries.pupils_of(found),
        kinds=queries.consent_kinds_of(found.hackathon), form=form,
        free=found.hackathon.places - found.hackathon.registered_count,
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _found(slug: str, number: int) -> tuple[Hackathon, Registration]:
    hackathon = queries.get_any_hackathon(slug)
    return hackathon, queries.get_registration(hackathon, number)
