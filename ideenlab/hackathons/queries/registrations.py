from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import LIVING
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.links import public_url
from ideenlab.hackathons.models import Consent, Hackathon, Question, QuestionAnswer, Registration


def find_registration(person: Person, hackathon: Hackathon) -> Registration | None:
    """The place this person has; a cancelled one is none."""
    found = find_any_registration(person, hackathon)
    return found if found and found.state == "registered" else None


def find_place(person: Person, hackathon: Hackathon) -> Registration | None:
    """A place, an offer, a request or a place on the waiting list: whatever is not over."""
    found = find_any_registration(person, hackathon)
    return found if found and found.state in LIVING else None


def find_any_registration(person: Person, hackathon: Hackathon) -> Registration | None:
    """The row, even when it was cancelled."""
    return db.session.scalar(
        select(Registration).where(Registration.hackathon_id == hackathon.id, Registration.person_id == person.id)
    )


def get_registration(hackathon: Hackathon, number: int) -> Registration:
    """One of this hackathon, whatever became of it."""
    registration = find(Registration, number)
    if registration is None or registration.hackathon_id != hackathon.id:
        raise NotFound
    return registration


def find_registration_of_token(number: int) -> Registration | None:
    """Whose place a mailed link is about; the link itself is asked for separately."""
    found = find(Registration, number)
    return found if found and found.state in LIVING else None


def is_registered(person: Person, hackathon: Hackathon) -> bool:
    return find_registration(person, hackathon) is not None


def registered_hackathon_ids(person: Person) -> set[int]:
    """The hackathons in which this person has a place."""
    return set(
        db.session.scalars(
            select(Registration.hackathon_id).where(
                Registration.person_id == person.id, Registration.state == "registered"
            )
        )
    )


def ticket_address(registration: Registration) -> str:
    """What the QR code of a ticket says: at the entrance it opens check-in, for others it is a code in an address."""
    slug, code = registration.hackathon.slug, registration.ticket_code
    return public_url("manage_hackathons.check_in", slug=slug, anchor=f"code={code}")


def registrations_by(person: Person) -> Sequence[Registration]:
    """What this person has or waits for, in all hackathons."""
    chosen = select(Registration).where(Registration.person_id == person.id, Registration.state.in_(LIVING))
    return db.session.scalars(chosen.options(joinedload(Registration.hackathon)).order_by(Registration.id)).all()


def registrations_of(hackathon: Hackathon) -> Sequence[Registration]:
    """Everybody with a place, with the people: those without a team first, then in the order they came."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered")
        .options(joinedload(Registration.person))
        .order_by(Registration.in_team, Registration.created_at, Registration.id)
    ).all()


def people_in_teams_of(hackathon: Hackathon) -> Sequence[Person]:
    return db.session.scalars(
        select(Person)
        .join(Registration, Registration.person_id == Person.id)
        .where(Registration.hackathon_id == hackathon.id, Registration.in_team)
        .order_by(Person.id)
    ).all()


def count_without_team(hackathon: Hackathon) -> int:
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Registration)
            .where(Registration.hackathon_id == hackathon.id, Registration.state == "registered", ~Registration.in_team)
        )
        or 0
    )


def questions_of(hackathon: Hackathon) -> Sequence[Question]:
    chosen = select(Question).where(Question.hackathon_id == hackathon.id)
    return db.session.scalars(chosen.order_by(Question.position, Question.id)).all()


def get_question(hackathon: Hackathon, number: int) -> Question:
    question = find(Question, number)
    if question is None or question.hackathon_id != hackathon.id:
        raise NotFound
    return question


def answered_question_ids(hackathon: Hackathon) -> set[int]:
    """The questions that somebody has answered."""
    chosen = select(QuestionAnswer.question_id).join(Question).where(Question.hackathon_id == hackathon.id)
    return set(db.session.scalars(chosen.distinct()))


def answers_of(registration: Registration) -> dict[int, str]:
    """By the number of the question."""
    chosen = select(QuestionAnswer).where(QuestionAnswer.registration_id == registration.id)
    return {answer.question_id: answer.text for answer in db.session.scalars(chosen)}


def consents_of(registration: Registration) -> dict[str, Consent]:
    """What is agreed to at the moment, by kind."""
    chosen = select(Consent).where(Consent.registration_id == registration.id, Consent.withdrawn_at.is_(None))
    return {consent.kind: consent for consent in db.session.scalars(chosen.order_by(Consent.id))}


def find_consent(number: int) -> Consent | None:
    return find(Consent, number)


def latest_guardian_consent(registration: Registration) -> Consent | None:
    """What a guardian agreed to by the link of our mail, also when it is withdrawn."""
    chosen = select(Consent).where(Consent.registration_id == registration.id, Consent.kind == "guardian")
    return db.session.scalar(chosen.where(Consent.way == "guardian").order_by(Consent.id.desc()).limit(1))


def has_guardian_agreed(registration: Registration) -> bool:
    return "guardian" in consents_of(registration)


def somebody_registered(hackathon: Hackathon) -> bool:
    """With a place, or waiting for one."""
    waiting = Registration.state.in_(("requested", "waiting", "offered", "registered"))
    return (
        db.session.scalar(select(Registration.id).where(Registration.hackathon_id == hackathon.id, waiting).limit(1))
        is not None
    )
