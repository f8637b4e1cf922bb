from collections.abc import Sequence

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from ideenlab.city.queries import CityMap, city_map
from ideenlab.core.forms import Form, Limit, Line, Required, Revised, Text, read_pin
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.events.models import Venue


class VenueForm(Revised):
    title = Line(_l("Name of the place"), [Required(), Limit(120)])
    address = Line(_l("Street and town"), [Limit(200)])
    access_notes = Text(
        _l("How one gets in"), [Limit(500)],
        description=_l("Steps, lift, width of the doors, toilet, induction loop, bus stop."),
    )  # fmt: skip
    is_accessible = BooleanField(_l("Without steps, with a toilet for people in a wheelchair"))
    latitude = HiddenField()
    longitude = HiddenField()

    def map(self) -> CityMap | None:
        """To put a mark on."""
        return city_map()

    def pin(self) -> tuple[int, int] | None:
        latitude, longitude = read_pin(self.latitude.data), read_pin(self.longitude.data)
        return None if latitude is None or longitude is None else (latitude, longitude)


class SameVenueForm(Form):
    into = SelectField(_l("It is the same place as"), [Required()], validate_choice=False)

    def offer(self, venues: Sequence[Venue]) -> None:
        self.into.choices = [
            SelectChoice("", _("Please choose")), *(SelectChoice(str(venue.id), venue.title) for venue in venues)
        ]  # fmt: skip
