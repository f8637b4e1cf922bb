"""Mails about an account, to an address rather than to a person: accounts stand below notifications."""

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import language, speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.mail.actions import queue_mail


def write_to_address(address: str, template: str, *, speak: str = "", **values: object) -> None:
    """Write `templates/mail/accounts/<template>.txt` to an address."""
    with speaking(speak or language()):
        subject, text = write_mail(f"accounts/{template}", **values)
    queue_mail(recipient=address, subject=subject, text=text)


def write_to_person(person: Person, template: str, **values: object) -> None:
    if person.email is not None:
        write_to_address(person.email, template, speak=person.language, person=person, **values)
