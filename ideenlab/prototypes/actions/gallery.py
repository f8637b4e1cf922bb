"""The gallery is opened and closed by organisers, and put in order by hand."""

from collections.abc import Sequence

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.prototypes.queries import gallery_of
from ideenlab.prototypes.rules import may_show_gallery


def open_gallery(organiser: Person, *, hackathon: Hackathon) -> None:
    """From now on everybody sees what was handed in."""
    require(may_show_gallery(organiser, hackathon, now()))
    if hackathon.gallery_shown_at is None:
        hackathon.gallery_shown_at = now()
        record(organiser, "prototypes.gallery_opened", hackathon)
    db.session.flush()


def close_gallery(organiser: Person, *, hackathon: Hackathon) -> None:
    """Only the teams, the jury and the organisers see it again."""
    require(may_show_gallery(organiser, hackathon, now()))
    if hackathon.gallery_shown_at is not None:
        hackathon.gallery_shown_at = None
        record(organiser, "prototypes.gallery_closed", hackathon)
    db.session.flush()


def order_gallery(organiser: Person, *, hackathon: Hackathon, places: dict[int, int], seen: Sequence[int]) -> None:
    """Put prototypes where their number says; whoever is moved pushes the others on.

    `seen` are the prototypes in the order in which the organiser saw them: Conflict when they stand in another one.
    """
    require(may_show_gallery(organiser, hackathon, now()))
    standing = [prototype for prototype, _hand_in in gallery_of(hackathon)]
    if [prototype.id for prototype in standing] != list(seen):
        raise Conflict(_("Somebody else has changed the order meanwhile. Please look at it again."))
    wanted = []
    for old, prototype in enumerate(standing, 1):
        new = places.get(prototype.id, old)
        wanted.append((new, (new > old) - (new < old), old, prototype))
    for place, (*_key, prototype) in enumerate(sorted(wanted, key=lambda found: found[:3]), 1):
        prototype.gallery_position = place
    record(organiser, "prototypes.gallery_ordered", hackathon)
    db.session.flush()
