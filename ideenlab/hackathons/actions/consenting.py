"""Each agreement is a record of its own, with the words it was given to."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import update

from ideenlab.accounts.actions import issue_token, use_up
from ideenlab.accounts.models import Person, Token
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Gone, Invalid
from ideenlab.core.i18n import speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Consent, Registration
from ideenlab.hackathons.queries import consents_of
from ideenlab.hackathons.rules import (
    PHOTOS,
    asked_consents,
    consent_text,
    may_change_hackathon,
    may_change_registrations,
    may_give_consent,
    may_withdraw_consent,
    may_write_to_guardian,
)
from ideenlab.history.actions import record
from ideenlab.mail.actions import queue_mail
from ideenlab.notifications.actions import tell


def give_consents(
    registration: Registration, kinds: Collection[str], *, way: str = "self", recorded_by: Person | None = None
) -> None:
    """What is agreed to already stays as it is."""
    known = consents_of(registration)
    allowed = asked_consents(registration.hackathon) + (["guardian"] if way != "self" else [])
    for kind in allowed:
        if kind in kinds and kind not in known:
            db.session.add(
                Consent(
                    registration=registration, kind=kind, way=way, text=consent_text(kind, registration.hackathon),
                    recorded_by_id=recorded_by.id if recorded_by else None,
                )
            )  # fmt: skip
    db.session.flush()


def give_consent(person: Person, *, registration: Registration, kind: str) -> None:
    require(may_give_consent(person, registration, kind, now()))
    give_consents(registration, [kind])
    record(person, "hackathons.consent_given", registration, note=kind)


def withdraw_consent(person: Person, *, registration: Registration, kind: str) -> None:
    require(may_withdraw_consent(person, registration, kind))
    end_consents(registration, [kind])
    record(person, "hackathons.consent_withdrawn", registration, note=kind)


def end_consents(
    registration: Registration, kinds: Collection[str] | None = None, *, at: datetime | None = None
) -> None:
    """From now on this is not agreed to. The record stays."""
    ended = update(Consent).where(Consent.registration_id == registration.id, Consent.withdrawn_at.is_(None))
    ended = ended if kinds is None else ended.where(Consent.kind.in_(kinds))
    db.session.execute(ended.values(withdrawn_at=at or now()).execution_options(synchronize_session="fetch"))


def record_paper_consents(organiser: Person, *, registration: Registration, kinds: Collection[str]) -> None:
    """What is on paper in the organisers' hands: ticked is agreed to, the rest of what paper says is not."""
    require(may_change_hackathon(organiser, registration.hackathon))
    known = consents_of(registration)
    on_paper = {kind for kind, consent in known.items() if consent.way == "paper"}
    if gone := on_paper - set(kinds):
        end_consents(registration, gone)
    give_consents(registration, kinds, way="paper", recorded_by=organiser)
    record(organiser, "hackathons.paper_recorded", registration, note=" ".join(sorted(kinds)))


def guardian_purpose(registration: Registration) -> str:
    return f"consent:{registration.id}"


def ask_guardian(person: Person, *, registration: Registration) -> None:
    """Mail the guardian a link that works once. A link that was sent before is dead."""
    if not registration.guardian_email or "guardian" in consents_of(registration):
        return
    if not (verdict := may_write_to_guardian(person, registration, now())):
        raise Invalid(verdict.reason, field="guardian_email")
    record(person, "hackathons.guardian_asked", registration)
    secret = issue_token(
        registration.person, purpose=guardian_purpose(registration), address=registration.guardian_email
    )
    with speaking(registration.person.language):
        subject, text = write_mail("hackathons/guardian", registration=registration, secret=secret)
    queue_mail(recipient=registration.guardian_email, subject=subject, text=text)


def ask_guardian_again(person: Person, *, registration: Registration) -> None:
    require(may_write_to_guardian(person, registration, now()))
    ask_guardian(person, registration=registration)


def agree_for_child(token: Token | None, *, registration: Registration, photos: Collection[str]) -> None:
    """A guardian agreed by the mailed link. Photos are theirs to allow."""
    token = use_up(token)
    if token.address != registration.guardian_email or token.person_id != registration.person_id:
        raise Gone
    require(may_change_registrations(registration.hackathon, now()))
    give_consents(registration, {"guardian", *(set(photos) & set(PHOTOS))}, way="guardian")
    record(None, "hackathons.guardian_agreed", registration)
    tell(registration.person, "hackathons/guardian_agreed", hackathon=registration.hackathon)
    db.session.flush()
