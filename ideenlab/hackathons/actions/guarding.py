"""What a parent or guardian agreed to stays in their hands: they need no account, only the link of our mail."""

from itsdangerous import BadSignature, Signer
from sqlalchemy import update

from ideenlab.accounts.queries import organisers
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import speaking
from ideenlab.core.links import public_url
from ideenlab.core.mailtext import write_mail
from ideenlab.core.security import city
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions.consenting import give_consents
from ideenlab.hackathons.models import Consent, Registration
from ideenlab.hackathons.queries import find_consent, latest_guardian_consent
from ideenlab.hackathons.rules import PHOTOS, may_agree_again, may_withdraw_as_guardian
from ideenlab.history.actions import record
from ideenlab.mail.actions import queue_mail
from ideenlab.notifications.actions import tell


def agreement_token(consent: Consent) -> str:
    """Signed, not stored. It works as long as this is the latest agreement of a guardian for this registration."""
    return _signer().sign(str(consent.id)).decode()


def read_agreement_token(token: str) -> Consent | None:
    try:
        number = int(_signer().unsign(token).decode())
    except (BadSignature, ValueError):
        return None
    found = find_consent(number)
    return found if found and found is latest_guardian_consent(found.registration) else None


def confirm_agreement(registration: Registration) -> Consent:
    """A mail to keep for whoever has just agreed, with the link to what they can take back. Gives the agreement."""
    consent = latest_guardian_consent(registration)
    assert consent is not None
    if registration.guardian_email:
        link = public_url("hackathons.guardian_agreement", token=agreement_token(consent))
        with speaking(registration.person.language):
            subject, text = write_mail("hackathons/guardian_receipt", registration=registration, link=link)
        queue_mail(recipient=registration.guardian_email, subject=subject, text=text)
    return consent


def withdraw_as_guardian(consent: Consent, *, kind: str) -> None:
    """Photos one by one. Without the agreement to take part nothing else is agreed to, and the place waits for it."""
    registration = consent.registration
    require(may_withdraw_as_guardian(registration, kind, now()))
    kinds = ("guardian", *PHOTOS) if kind == "guardian" else (kind,)
    ended = update(Consent).where(
        Consent.registration_id == registration.id, Consent.kind.in_(kinds), Consent.way == "guardian",
        Consent.withdrawn_at.is_(None),
    )  # fmt: skip
    db.session.execute(ended.values(withdrawn_at=now()).execution_options(synchronize_session="fetch"))
    record(None, "hackathons.guardian_withdrew", registration, note=kind)
    if kind == "guardian":
        _tell_everybody(registration)
    db.session.flush()


def agree_again(consent: Consent, *, kind: str) -> Consent:
    """The way back. Gives the agreement that holds now: who agrees anew gets a new link."""
    registration = consent.registration
    require(may_agree_again(registration, kind, now()))
    give_consents(registration, [kind], way="guardian")
    record(None, "hackathons.guardian_agreed", registration, note=kind)
    if kind != "guardian":
        return consent
    tell(registration.person, "hackathons/guardian_agreed", hackathon=registration.hackathon)
    return confirm_agreement(registration)


def _tell_everybody(registration: Registration) -> None:
    hackathon = registration.hackathon
    tell(registration.person, "hackathons/guardian_withdrew", hackathon=hackathon, registration=registration)
    for organiser in organisers():
        tell(organiser, "hackathons/guardian_withdrew_for", kind="work", hackathon=hackathon, registration=registration)


def _signer() -> Signer:
    return Signer(city().secret_key, salt="guardian", sep=".", key_derivation="hmac")
