"""Who registered people without an address passes on what they are told: one mail for all whom it concerns."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import speaking
from ideenlab.core.mailtext import Letter, write_letter
from ideenlab.core.text import clean_line
from ideenlab.mail.queries import find_waiting_mail
from ideenlab.notifications.actions.letters import mail_at_once
from ideenlab.notifications.actions.notices import notice_row
from ideenlab.notifications.models import PASSED_ON, Notice
from ideenlab.notifications.queries import pace_of

TOGETHER = timedelta(minutes=1)  # the same words to several people of one group


def pass_on(person: Person, template: str, *, kind: str, about: Model | None, values: Mapping[str, object]) -> None:
    carer = person.registered_by
    if template.partition("/")[0] not in PASSED_ON or carer is None or carer.email is None or not carer.is_active:
        return
    with speaking(carer.language):
        letter, pace = write_letter(template, person=carer, **values), pace_of(carer, kind)
        told = _told_just_now(carer, letter)
        if told is not None and _add_name(told, person, letter, pace):
            return
        detail = _("For %(names)s", names=person.pseudonym)
        told = Notice(**notice_row(carer, kind, letter, about, detail, pace))
        db.session.add(told)
        db.session.flush()
        if pace == "at_once":
            for_whom = _("For people whom you have registered and who have no e-mail address. Please pass it on to:")
            text = f"{for_whom}\n– {person.pseudonym}\n\n{letter.text}"
            mail_at_once(carer, kind, letter._replace(text=text), _key(told))


def _told_just_now(carer: Person, letter: Letter) -> Notice | None:
    same = select(Notice).where(
        Notice.person_id == carer.id, Notice.text == clean_line(letter.subject)[:200], Notice.path == letter.path,
        Notice.detail != "", Notice.created_at > now() - TOGETHER,
    )  # fmt: skip
    return db.session.scalar(same.order_by(Notice.id.desc()).limit(1))


def _add_name(told: Notice, person: Person, letter: Letter, pace: str) -> bool:
    """False when the mail or digest has left meanwhile, or says something else: then there is another one."""
    mail = find_waiting_mail(_key(told)) if pace == "at_once" else None
    if pace == "at_once" and (mail is None or letter.text not in mail.text):
        return False
    if pace in ("daily", "weekly") and told.mail_at is None:
        return False
    if mail is not None:
        mail.text = mail.text.replace("\n\n", f"\n– {person.pseudonym}\n\n", 1)
    told.detail = clean_line(f"{told.detail}, {person.pseudonym}")[:300]
    db.session.flush()
    return True


def _key(notice: Notice) -> str:
    return f"passed-on-{notice.id}"
