"""The end of every mail that somebody may not want: why it came, and the link that stops its kind."""

from collections.abc import Collection

from itsdangerous import BadSignature, Signer

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.mailtext import Letter
from ideenlab.core.security import city
from ideenlab.mail.actions import queue_mail
from ideenlab.notifications.models import IMPORTANT, KINDS


def kind_names() -> dict[str, str]:
    return {
        "own": _("What the city does with your ideas"),
        "comments": _("Comments on your ideas, answers to your comments, mentions"),
        "followed": _("News about what you follow"),
        "discussions": _("New comments on ideas you follow"),
        "new_ideas": _("New ideas in calls and topics you follow"),
        "hackathon": _("Your teams and hackathons"),
        "work": _("What is assigned to you"),
    }


def _signer() -> Signer:
    return Signer(city().secret_key, salt="unsubscribe", sep=".", key_derivation="hmac")


def unsubscribe_token(person: Person, kinds: Collection[str]) -> str:
    """Signed, not stored: whoever holds it can stop these mails to this person, and nothing else."""
    return _signer().sign(f"{person.id}-{'-'.join(sorted(kinds))}").decode()


def read_unsubscribe_token(token: str) -> tuple[Person, list[str]] | None:
    """Whom and which kinds of mails a link is about, or None where it is not one of ours."""
    try:
        number, *kinds = _signer().unsign(token).decode().split("-")
    except (BadSignature, UnicodeDecodeError):
        return None
    person, known = find_person(int(number)), [kind for kind in kinds if kind in KINDS]
    return (person, known) if person and person.state != "closed" and known else None


def unsubscribe_url(person: Person, kinds: Collection[str]) -> str:
    return public_url("notifications.unsubscribed", token=unsubscribe_token(person, kinds))


def mail_at_once(person: Person, kind: str, letter: Letter, once_key: str | None, *, qr_text: str = "") -> None:
    address = "" if kind == IMPORTANT else unsubscribe_url(person, [kind])
    queue_mail(
        recipient=str(person.email), subject=letter.subject, text=letter.text + closing(kind, address),
        once_key=once_key, unsubscribe_url=address, qr_text=qr_text,
    )  # fmt: skip


def closing(kind: str, address: str) -> str:
    if kind == IMPORTANT:
        return "\n--\n" + _("This message is important. It is always sent at once.") + "\n"
    lines = [
        _("You receive this message because of your choice: %(kind)s.", kind=kind_names()[kind]),
        _("No more mails of this kind: %(address)s", address=address),
        _("All choices: %(address)s", address=public_url("notifications.preferences")),
    ]
    return "\n--\n" + "\n".join(lines) + "\n"
