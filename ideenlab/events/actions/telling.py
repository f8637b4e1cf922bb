"""What people with a sign-up are told: by their account, or by a mail to the address they gave."""

from collections.abc import Iterable
from typing import Any

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import speaking
from ideenlab.core.mailtext import write_letter
from ideenlab.events.models import Event, SignUp
from ideenlab.events.queries import link_secret, ticket_address
from ideenlab.mail.actions import queue_mail
from ideenlab.notifications.actions import tell
from ideenlab.partners.queries import editors_of

STATES = {"registered": "signed_up", "waiting": "on_waiting_list", "offered": "place_offered"}


def tell_sign_up(sign_up: SignUp, template: str, *, once: str = "", with_ticket: bool = False, **more: object) -> bool:
    """Write to who signed up. False where nobody can: they gave a telephone number only, or the address is forgotten.

    `once` names what happened: they hear of it once.
    """
    key = f"events.{template}:{sign_up.id}:{once}" if once else None
    qr_text = ticket_address(sign_up) if with_ticket else ""
    values: dict[str, Any] = {**more, "event": sign_up.event, "sign_up": sign_up, "until": sign_up.offered_until}
    if sign_up.person:
        tell(sign_up.person, f"events/{template}", once_key=key, qr_text=qr_text, link="", **values)
        return True
    if not sign_up.email:
        return False
    link = link_secret(sign_up.ticket_code or "")
    with speaking(sign_up.language):
        letter = write_letter(f"events/{template}", person=None, name=sign_up.name, link=link, **values)
        queue_mail(
            recipient=sign_up.email, subject=letter.subject, text=letter.text, once_key=key, qr_text=qr_text
        )  # fmt: skip
    return True


def tell_editors(event: Event, template: str, *, but: Iterable[Person] = (), **values: Any) -> None:
    """Everybody who writes for the partner now."""
    if event.partner is None:
        return
    for editor in editors_of(event.partner):
        if editor.person not in but:
            tell(editor.person, template, event=event, **values)


def tell_state(sign_up: SignUp) -> bool:
    """Who has a place gets the ticket as a picture too."""
    return tell_sign_up(sign_up, STATES[sign_up.state], with_ticket=sign_up.state == "registered")
