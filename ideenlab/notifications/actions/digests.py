"""The digest: what waited for it is taken out and the mail is put into the outbox in one transaction per person.

Killed in the middle, all of it is there again; run by two workers at once, the second finds nothing left to take.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, db, transaction
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext, speaking
from ideenlab.core.links import full_address, public_url
from ideenlab.core.mailtext import write_letter
from ideenlab.mail.actions import queue_mail
from ideenlab.notifications.actions.letters import kind_names, unsubscribe_url
from ideenlab.notifications.models import Notice
from ideenlab.notifications.queries import who_waits

MOST_IN_A_MAIL = 50
KEPT = timedelta(days=90)


def send_digests(*, stopped: Callable[[], bool] = lambda: False) -> int:
    """Write what is due, person by person. Gives the number of mails."""
    moment, last, written = now(), 0, 0
    while not stopped():
        begin_reading()
        person = who_waits(moment, after=last)
        if person is None:
            break
        last = person.id
        with transaction():
            written += _write_digest(person)
    return written


def _write_digest(person: Person) -> bool:
    notices = _take(person)
    unread = [notice for notice in notices if notice.read_at is None]
    if not unread or person.email is None or person.state != "active":
        return False
    with speaking(person.language):
        kinds = sorted({notice.kind for notice in unread})
        address = unsubscribe_url(person, kinds)
        letter = write_letter(
            "notifications/digest", person=person, subject=_subject(unread), groups=_grouped(unread[:MOST_IN_A_MAIL]),
            left_out=max(0, len(unread) - MOST_IN_A_MAIL), address=address, address_of=full_address,
            kinds=[kind_names()[kind] for kind in kinds], preferences=public_url("notifications.preferences"),
        )  # fmt: skip
    queue_mail(
        recipient=person.email, subject=letter.subject, text=letter.text, unsubscribe_url=address,
        once_key=f"digest-{person.id}-{notices[-1].id}",
    )  # fmt: skip
    return True


def _take(person: Person) -> list[Notice]:
    """Everything due for this person, from now on in no other digest; the oldest first."""
    at = now()
    due = update(Notice).where(Notice.person_id == person.id, Notice.mail_at <= at)
    taken = due.values(mail_at=None, mailed_at=at).returning(Notice).execution_options(synchronize_session=False)
    return sorted(db.session.scalars(taken), key=lambda notice: notice.id)


def _subject(notices: list[Notice]) -> str:
    if len(notices) == 1:
        return notices[0].text
    titles = {(notice.thing, notice.thing_id): notice.thing_title for notice in notices}
    if len(titles) == 1 and notices[0].thing_title:
        return _("News: %(title)s", title=notices[0].thing_title)
    return ngettext("%(num)s piece of news", "%(num)s pieces of news", len(notices))


def _grouped(notices: list[Notice]) -> list[tuple[str, list[Notice]]]:
    """By the thing they are about, in the order in which things first moved."""
    groups: dict[tuple[str, int | None], list[Notice]] = {}
    for notice in notices:
        groups.setdefault((notice.thing, notice.thing_id), []).append(notice)
    return [(of_thing[-1].thing_title or _("Other"), of_thing) for of_thing in groups.values()]
