"""Where an idea belongs. Only checks: the actions that use it have asked for the right."""

from typing import NamedTuple

from ideenlab.city.models import District
from ideenlab.city.queries import city_map
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.ideas.models import Idea

LONGEST_PLACE: int = Idea.place.type.length


class Whereabouts(NamedTuple):
    """Where an idea belongs: a district, an address in words, a pin in millionths of a degree. All may be missing."""

    district: District | None = None
    place: str = ""
    latitude: int | None = None
    longitude: int | None = None


NOWHERE = Whereabouts()


def whereabouts_of(idea: Idea) -> Whereabouts:
    return Whereabouts(idea.district, idea.place, idea.latitude, idea.longitude)


def checked_place(where: Whereabouts, before: Whereabouts = NOWHERE) -> Whereabouts:
    """Raises Invalid for a pin outside the city. One that was taken before stays, also when outlines are drawn anew."""
    where = where._replace(place=clean_line(where.place))
    if len(where.place) > LONGEST_PLACE:
        raise Invalid(_("A place has at most %(most)s characters.", most=LONGEST_PLACE), field="place")
    if where.latitude is None or where.longitude is None:
        return where._replace(latitude=None, longitude=None)
    pin = where.latitude, where.longitude
    if pin == (before.latitude, before.longitude):
        return where
    sheet = city_map()
    if sheet is None:
        raise Invalid(_("This city has no map yet. Please give the place in words."), field="place")
    if not sheet.holds(*pin):
        raise Invalid(_("The mark lies outside the city. Please put it elsewhere, or remove it."), field="place")
    return where
