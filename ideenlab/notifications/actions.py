from ideenlab.accounts.models import Person
from ideenlab.core.i18n import speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.mail.actions import queue_mail


def tell(person: Person, template: str, *, once_key: str | None = None, **values: object) -> None:
    """Write `templates/mail/<template>.txt` to a person in their language. The first line is the subject.

    People without an address (imported jurors) or with a closed account are not written to.
    """
    if person.email is None or person.state == "closed":
        return
    with speaking(person.language):
        subject, text = write_mail(template, person=person, **values)
    queue_mail(recipient=person.email, subject=subject, text=text, once_key=once_key)
