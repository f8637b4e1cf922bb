"""How soon somebody gets the mails of a kind. Everybody chooses for themselves, so no right is asked for."""

from collections.abc import Collection, Mapping
from zoneinfo import ZoneInfo

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import city_zone
from ideenlab.core.i18n import gettext as _
from ideenlab.notifications.maths import next_digest
from ideenlab.notifications.models import KINDS, MailPreference, Notice, paces_for


def set_paces(person: Person, *, paces: Mapping[str, str]) -> None:
    """Choose for some kinds how soon their mails come. What waits already follows the new choice."""
    if not all(kind in KINDS and pace in paces_for(kind) for kind, pace in paces.items()):
        raise Invalid(_("Please choose one of the answers."))
    for kind, pace in paces.items():
        db.session.merge(MailPreference(person_id=person.id, kind=kind, pace=pace))
        waiting = update(Notice).where(Notice.person_id == person.id, Notice.kind == kind, Notice.mail_at.is_not(None))
        db.session.execute(waiting.values(mail_at=due_times()[pace]), execution_options={"synchronize_session": False})
    db.session.flush()


def unsubscribe(person: Person, *, kinds: Collection[str]) -> None:
    """No more mails of these kinds, by one click in one of them. The notices on the page go on."""
    set_paces(person, paces={kind: "never" for kind in kinds if kind in KINDS})


def due_times() -> dict[str, object]:
    """When the next mail of each pace leaves."""
    zone, at = ZoneInfo(city_zone()), now()
    return {
        "at_once": at, "daily": next_digest(at, zone=zone, weekly=False),
        "weekly": next_digest(at, zone=zone, weekly=True), "never": None,
    }  # fmt: skip
