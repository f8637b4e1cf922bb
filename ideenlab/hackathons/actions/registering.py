from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete

from ideenlab.accounts.actions import kill_tokens
from ideenlab.accounts.models import Person
from ideenlab.attendance.actions import accept_offer, enter, give_up, lapse_offers, lock_places, offer_free_places
from ideenlab.attendance.models import LIVING
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions.consenting import ask_guardian, end_consents, give_consents, guardian_purpose
from ideenlab.hackathons.models import PLACES, Hackathon, QuestionAnswer, Registration
from ideenlab.hackathons.queries import answers_of, find_any_registration, find_place, questions_of, ticket_address
from ideenlab.hackathons.rules import (
    is_minor,
    may_cancel_registration,
    may_edit_registration,
    may_register,
    needed_consents,
)
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell

PRIVATE = {"legal_name": "", "diet": "", "access_needs": "", "guardian_name": "", "guardian_email": None}


@dataclass(frozen=True)
class Details:
    """What somebody says about themselves. `answers` by the number of the question."""

    skills: str = ""
    wishes: str = ""
    legal_name: str = ""
    diet: str = ""
    access_needs: str = ""
    guardian_name: str = ""
    guardian_email: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)


def register_for_hackathon(
    person: Person, *, hackathon: Hackathon, details: Details | None = None, consents: Collection[str] = ()
) -> Registration:
    """A place, or the next one in the queue; where organisers decide first, a request.

    Raises Invalid when an agreement is missing that nobody takes part without.
    """
    require(may_register(person, hackathon, now()))
    if missing := needed_consents(hackathon) - set(consents):
        field_name = "code_of_conduct" if "conduct" in missing else "house_rules"
        raise Invalid(_("Please agree, so that everybody feels safe at the hackathon."), field=field_name)
    lock_places(hackathon)
    registration = _row_for(person, hackathon)
    _write_down(registration, details or Details())
    registration.source, registration.group_id, registration.decision_reason = "online", None, ""
    enter(PLACES, registration, asks_first=hackathon.needs_approval)
    give_consents(registration, consents)
    record(person, f"hackathons.{registration.state}", registration)
    tell_state(registration)
    if is_minor(person):
        ask_guardian(person, registration=registration)
    db.session.flush()
    return registration


def edit_registration(person: Person, *, registration: Registration, details: Details) -> None:
    require(may_edit_registration(person, registration, now()))
    asked_before = registration.guardian_email
    _write_down(registration, details)
    record(person, "hackathons.registration_edited", registration)
    if is_minor(person) and registration.guardian_email != asked_before:
        ask_guardian(person, registration=registration)
    db.session.flush()


def confirm_place(person: Person, *, hackathon: Hackathon) -> Registration:
    """Take the place that is kept for somebody from the waiting list."""
    registration = find_place(person, hackathon)
    if registration is None:
        raise Conflict(_("You are not registered here."))
    require(may_edit_registration(person, registration, now()))
    accept_offer(PLACES, registration)
    record(person, "hackathons.registered", registration)
    tell_state(registration)
    db.session.flush()
    return registration


def cancel_registration(person: Person, *, hackathon: Hackathon) -> None:
    """Give the place back; it is offered to who waits longest. Whoever is in a team leaves the team first."""
    require(may_cancel_registration(person, hackathon, now()))
    registration = find_place(person, hackathon)
    if registration is None:
        raise Conflict(_("You are not registered here."))
    end_registration(registration)
    record(person, "hackathons.cancelled", hackathon)
    tell(person, "hackathons/cancelled", hackathon=hackathon)
    move_up(hackathon)


def end_registration(registration: Registration) -> None:
    """The place is free, and what only the organisers needed is forgotten at once."""
    lock_places(registration.hackathon)
    give_up(PLACES, registration)
    forget_details(registration)


def forget_details(registration: Registration, *, at: datetime | None = None) -> None:
    """Whoever does not come is nobody whose name, needs and agreements are kept."""
    for name, nothing in {"skills": "", "wishes": "", **PRIVATE}.items():
        setattr(registration, name, nothing)
    db.session.execute(delete(QuestionAnswer).where(QuestionAnswer.registration_id == registration.id))
    end_consents(registration, at=at)
    kill_tokens(registration.person, guardian_purpose(registration))
    db.session.flush()


def move_up(hackathon: Hackathon) -> int:
    """Offers whose time is over lapse, free places are offered to who waits longest. Gives the number of offers."""
    for registration in lapse_offers(PLACES, hackathon):
        forget_details(registration)
        record(None, "hackathons.offer_lapsed", registration)
        tell(registration.person, "hackathons/offer_lapsed", hackathon=hackathon)
    offered = offer_free_places(PLACES, hackathon)
    for registration in offered:
        tell_offer(registration)
    db.session.flush()
    return len(offered)


def tell_offer(registration: Registration) -> None:
    until = registration.offered_until
    assert until
    record(None, "hackathons.place_offered", registration)
    tell(
        registration.person, "hackathons/place_offered", hackathon=registration.hackathon, until=until,
        once_key=f"hackathons.place_offered:{registration.id}:{until.isoformat()}",
    )  # fmt: skip


def _row_for(person: Person, hackathon: Hackathon) -> Registration:
    """The row of this person, read again: somebody may have registered in another window."""
    registration = find_any_registration(person, hackathon)
    if registration is None:
        registration = Registration(hackathon=hackathon, person=person, state="cancelled")
        db.session.add(registration)
        return registration
    db.session.refresh(registration)
    if registration.state in LIVING:
        raise Conflict(_("You are registered already."))
    return registration


def _write_down(registration: Registration, details: Details) -> None:
    registration.skills, registration.wishes = clean_line(details.skills), clean_text(details.wishes)
    registration.diet, registration.access_needs = clean_line(details.diet), clean_line(details.access_needs)
    if is_minor(registration.person):
        registration.guardian_name = clean_line(details.guardian_name)
        registration.guardian_email = details.guardian_email or None
        if registration.guardian_email and registration.guardian_email == registration.person.email:
            text = _("This is your own address. Please give the one of a parent or guardian.")
            raise Invalid(text, field="guardian_email")
    else:
        registration.legal_name = clean_line(details.legal_name)
    db.session.flush()
    _write_answers(registration, details.answers)


def _write_answers(registration: Registration, given: Mapping[int, str]) -> None:
    kept = answers_of(registration)
    for question in questions_of(registration.hackathon):
        text = clean_text(given.get(question.id))
        if text != kept.get(question.id, ""):
            _write_answer(registration.id, question.id, text)


def _write_answer(registration_id: int, question_id: int, text: str) -> None:
    if text:
        db.session.merge(QuestionAnswer(registration_id=registration_id, question_id=question_id, text=text))
        return
    gone = delete(QuestionAnswer).where(QuestionAnswer.registration_id == registration_id)
    db.session.execute(gone.where(QuestionAnswer.question_id == question_id))


def tell_state(registration: Registration) -> None:
    """Who has a place gets the ticket as a picture too."""
    templates = {"registered": "registered", "waiting": "on_waiting_list", "requested": "registration_requested"}
    tell(
        registration.person, f"hackathons/{templates[registration.state]}", hackathon=registration.hackathon,
        registration=registration,
        qr_text=ticket_address(registration) if registration.state == "registered" else "",
    )  # fmt: skip
