from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from ideenlab.core.forms import After, Between, CityTime, Limit, Line, Required, Revised, Sometimes, Text, Whole
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.events.actions import MOST_PLACES, EventPlan
from ideenlab.events.models import Event, Venue
from ideenlab.events.queries import FORMAT_NAMES, SIGN_UP_NAMES, SPOKEN_NAMES
from ideenlab.partners.models import Partner
from ideenlab.programme.models import Edition, Topic

SAME = (
    "title",
    "format",
    "summary",
    "description",
    "language",
    "room",
    "track",
    "online_url",
    "access_notes",
    "is_for_families",
    "is_accessible",
    "starts_at",
    "ends_at",
    "sign_up",
    "sign_up_url",
    "sign_up_until",
    "places",
    "offer_hours",
)  # fmt: skip - fields that are named like the columns
CHOSEN = ("partner", "topic", "venue")  # one thing or none: their numbers are chosen


class Ticks(SelectMultipleField):
    """Several choices, each with a box."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def choices(names: Any) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in names.items()]


class EventForm(Revised):
    """Everything about an event. Say `offer()` before it is validated."""

    title = Line(_l("Title"), [Required(), Limit(120)])
    format = SelectField(_l("Format"), [Required()], choices=choices(FORMAT_NAMES))
    summary = Text(_l("In one or two sentences"), [Limit(300)])
    description = Text(_l("Description"), [Limit(20_000)])
    starts_at = CityTime(_l("Begin"), [Required()])
    ends_at = CityTime(_l("End"), [Required(), After("starts_at")])
    partner = SelectField(_l("Partner"), coerce=int)
    further = Ticks(_l("Further partners"), coerce=int)
    topic = SelectField(_l("Topic"), coerce=int)
    series = Line(
        _l("Series"), [Limit(120)],
        description=_l("Events with the same series are shown together. Empty: it stands alone."),
    )  # fmt: skip
    track = Line(
        _l("Track"), [Limit(60)], description=_l("For example “Stage” or “Lab 2”, where several things run at a time.")
    )
    language = SelectField(_l("Language of the event"), choices=choices(SPOKEN_NAMES))
    venue = SelectField(_l("Place"), coerce=int)
    room = Line(_l("Room"), [Limit(80)])
    online_url = Line(
        _l("Address of the online meeting"), [Limit(500)], description=_l("Only people with a place see it.")
    )
    access_notes = Text(
        _l("Access for everybody"), [Limit(500)],
        description=_l("For example sign language, subtitles, an induction loop, a companion on request."),
    )  # fmt: skip
    is_accessible = BooleanField(_l("Barrier-free: people in a wheelchair can take part"))
    is_for_families = BooleanField(_l("For families"))
    sign_up = RadioField(_l("How do people sign up?"), [Required()], choices=choices(SIGN_UP_NAMES), default="here")
    sign_up_url = Line(_l("Address of the partner's own sign-up"), [Sometimes(), Limit(500)])
    sign_up_until = CityTime(_l("Sign-up until"), description=_l("Empty: until the event begins."))
    places = Whole(_l("Places"), [Required(), Between(1, MOST_PLACES)], default=30)
    offer_hours = Whole(
        _l("Hours for which a place that became free is kept for somebody"), [Required(), Between(1, 336)], default=24
    )

    @classmethod
    def about(cls, event: Event) -> Any:
        """As it is stored, on a first visit."""
        return cls(data={name: getattr(event, name) for name in SAME})

    def offer(
        self, *, edition: Edition, partners: Sequence[Partner], topics: Sequence[Topic], venues: Sequence[Venue],
        event: Event | None = None, further: Sequence[Partner] = (), may_be_without_partner: bool = True,
    ) -> None:  # fmt: skip
        """Fill the choices, and on a first visit the values of the event."""
        self.edition, self.event = edition, event
        self.things: dict[str, dict[int, Any]] = {
            "partner": {partner.id: partner for partner in partners}, "topic": {topic.id: topic for topic in topics},
            "venue": {venue.id: venue for venue in venues},
        }  # fmt: skip
        for name, things in self.things.items():
            none = [SelectChoice(0, "–")] if name != "partner" or may_be_without_partner else []
            self[name].choices = none + [SelectChoice(number, thing.title) for number, thing in things.items()]
        self.further.choices = [SelectChoice(partner.id, partner.title) for partner in partners]
        if not self.is_submitted():
            self._show(event, further)

    def _show(self, event: Event | None, further: Sequence[Partner]) -> None:
        for name in CHOSEN:
            self[name].data = (getattr(event, f"{name}_id") if event else None) or 0
        self.further.data = [partner.id for partner in further]
        if event:
            self.series.data = event.series.title if event.series else ""
            self.revision.data = event.revision

    def plan(self) -> EventPlan:
        values = {name: self[name].data for name in SAME}
        values |= {name: self.things[name].get(self[name].data) for name in CHOSEN}
        further = [self.things["partner"][number] for number in self.further.data or ()]
        return EventPlan(edition=self.edition, series=self.series.data, further=further, **values)
