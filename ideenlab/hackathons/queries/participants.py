"""What organisers see of those who registered."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import STATES
from ideenlab.attendance.queries import plain_code
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import machine_time
from ideenlab.core.text import fold
from ideenlab.hackathons.models import (
    CONSENTS,
    Consent,
    Hackathon,
    Question,
    QuestionAnswer,
    Registration,
    RegistrationGroup,
)
from ideenlab.history.models import Entry


@dataclass(frozen=True)
class Figures:
    registered: int
    here: int
    absent: int


def attendance_figures(hackathon: Hackathon) -> Figures:
    chosen = select(func.count(), func.count(Registration.checked_in_at), func.count(Registration.no_show_at))
    numbers = db.session.execute(
        chosen.where(Registration.hackathon_id == hackathon.id, Registration.state == "registered")
    ).one()
    return Figures(*numbers)


def found_registrations(hackathon: Hackathon, *, state: str = "", words: str = "") -> Sequence[Registration]:
    """Everybody who ever registered, or those in one state; `words` are looked for in names, skills and tickets."""
    chosen = (
        select(Registration)
        .join(Person, Person.id == Registration.person_id)
        .where(Registration.hackathon_id == hackathon.id)
        .options(joinedload(Registration.person), joinedload(Registration.group))
        .order_by(Registration.created_at, Registration.id)
    )
    if state in STATES:
        chosen = chosen.where(Registration.state == state)
    if words:
        chosen = chosen.where(
            or_(
                Person.pseudonym_folded.contains(fold(words), autoescape=True),
                Registration.legal_name.icontains(words, autoescape=True),
                Registration.skills.icontains(words, autoescape=True),
                Registration.ticket_code == plain_code(words),
            )
        )
    return db.session.scalars(chosen).all()


def consent_kinds_of(hackathon: Hackathon) -> dict[int, set[str]]:
    """What is agreed to now, by the number of the registration."""
    chosen = select(Consent.registration_id, Consent.kind).join(Registration)
    chosen = chosen.where(Registration.hackathon_id == hackathon.id, Consent.withdrawn_at.is_(None))
    kinds: dict[int, set[str]] = {}
    for number, kind in db.session.execute(chosen):
        kinds.setdefault(number, set()).add(kind)
    return kinds


COLUMNS = (
    "ticket", "pseudonym", "state", "age", "legal_name", "group", "skills", "wishes", "diet", "access_needs",
    "guardian_name", "guardian_email", "registered_at", "checked_in_at", "no_show_at", *CONSENTS,
)  # fmt: skip


def export_columns(questions: Sequence[Question]) -> list[str]:
    return [*COLUMNS, *(question.text for question in questions)]


def exported_registrations(hackathon: Hackathon, questions: Sequence[Question]) -> Iterator[list[object]]:
    """One row for each registration, in the order of `export_columns`."""
    kinds, answers = consent_kinds_of(hackathon), _answers_by_registration(hackathon)
    for row in found_registrations(hackathon):
        agreed = kinds.get(row.id, set())
        given = answers.get(row.id, {})
        yield [
            row.ticket_code, row.person.pseudonym, row.state, row.person.age_band, row.legal_name,
            row.group.name if row.group else "", row.skills, row.wishes, row.diet, row.access_needs,
            row.guardian_name, row.guardian_email, _time(row.created_at), _time(row.checked_in_at),
            _time(row.no_show_at), *("x" if kind in agreed else "" for kind in CONSENTS),
            *(given.get(question.id, "") for question in questions),
        ]  # fmt: skip


def _time(value: datetime | None) -> str:
    return machine_time(value) if value else ""


def _answers_by_registration(hackathon: Hackathon) -> dict[int, dict[int, str]]:
    chosen = select(QuestionAnswer).join(Registration, Registration.id == QuestionAnswer.registration_id)
    found: dict[int, dict[int, str]] = {}
    for answer in db.session.scalars(chosen.where(Registration.hackathon_id == hackathon.id)):
        found.setdefault(answer.registration_id, {})[answer.question_id] = answer.text
    return found


def groups_of(hackathon: Hackathon) -> Sequence[RegistrationGroup]:
    chosen = select(RegistrationGroup).where(RegistrationGroup.hackathon_id == hackathon.id)
    return db.session.scalars(
        chosen.options(joinedload(RegistrationGroup.teacher)).order_by(RegistrationGroup.id)
    ).all()


def groups_by(teacher: Person, hackathon: Hackathon, *, pending: bool = False) -> Sequence[RegistrationGroup]:
    """What one person registered; with `pending` only those that wait for a decision."""
    wanted = pending_group_ids(hackathon) if pending else None
    mine = [group for group in groups_of(hackathon) if group.teacher_id == teacher.id]
    return [group for group in mine if wanted is None or group.id in wanted]


def pupils_of(group: RegistrationGroup) -> Sequence[Registration]:
    chosen = select(Registration).where(Registration.group_id == group.id)
    return db.session.scalars(chosen.options(joinedload(Registration.person)).order_by(Registration.id)).all()


def cancelled_with(group: RegistrationGroup) -> Sequence[Registration]:
    """Who lost their place when the whole group was cancelled the last time; not who had been cancelled before."""
    noted = select(Entry.thing_id).where(
        Entry.thing == Registration.__tablename__, Entry.deed == "hackathons.cancelled_with_group",
        Entry.at >= group.cancelled_at,
    )  # fmt: skip
    chosen = select(Registration).join(Person, Person.id == Registration.person_id)
    chosen = chosen.where(Registration.group_id == group.id, Registration.state == "cancelled")
    chosen = chosen.where(Registration.id.in_(noted), Person.state == "active")
    return db.session.scalars(chosen.order_by(Registration.id)).all()


def papers_ended_with(group: RegistrationGroup) -> dict[int, list[str]]:
    """What was on paper when the group was cancelled, by the number of the registration."""
    chosen = select(Consent).join(Registration).where(Registration.group_id == group.id, Consent.way == "paper")
    found: dict[int, list[str]] = {}
    for consent in db.session.scalars(chosen.where(Consent.withdrawn_at == group.cancelled_at).order_by(Consent.id)):
        found.setdefault(consent.registration_id, []).append(consent.kind)
    return found


def get_group(hackathon: Hackathon, number: int) -> RegistrationGroup:
    group = find(RegistrationGroup, number)
    if group is None or group.hackathon_id != hackathon.id:
        raise NotFound
    return group


def hackathons_to_forget(ended_before: datetime) -> Sequence[Hackathon]:
    chosen = select(Hackathon).where(Hackathon.ends_at <= ended_before, Hackathon.forgotten_at.is_(None))
    return db.session.scalars(chosen.order_by(Hackathon.id)).all()


def count_private(hackathon: Hackathon) -> int:
    """The registrations that would be wiped."""
    return db.session.scalar(select(func.count()).where(Registration.hackathon_id == hackathon.id)) or 0


def pending_group_ids(hackathon: Hackathon) -> set[int]:
    """The groups that wait for a decision."""
    chosen = select(Registration.group_id).where(Registration.hackathon_id == hackathon.id)
    chosen = chosen.where(Registration.group_id.is_not(None), Registration.state == "requested")
    return {number for number in db.session.scalars(chosen.distinct()) if number}
