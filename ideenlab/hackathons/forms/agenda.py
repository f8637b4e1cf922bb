from wtforms import BooleanField, HiddenField

from ideenlab.core.forms import After, CityTime, Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.hackathons.actions import Item
from ideenlab.hackathons.forms.planning import read_revision


class AgendaItemForm(Form):
    title = Line(_l("What happens"), [Required(), Limit(120)])
    starts_at = CityTime(_l("Begin"), [Required()])
    ends_at = CityTime(_l("End"), [After("starts_at")])
    place = Line(_l("Place"), [Limit(120)], description=_l("For example: main hall, first floor."))
    text = Text(_l("More about it"), [Limit(500)])
    revision = HiddenField()

    def item(self) -> Item:
        assert self.starts_at.data is not None  # required
        return Item(
            title=self.title.data, starts_at=self.starts_at.data, ends_at=self.ends_at.data, place=self.place.data,
            text=self.text.data,
        )  # fmt: skip

    def seen_revision(self) -> int:
        return read_revision(self.revision.data)


class AnnouncementForm(Form):
    title = Line(_l("In one sentence"), [Required(), Limit(120)], description=_l("For example: lunch is ready."))
    text = Text(_l("More about it"), [Limit(1000)])
    banner_until = CityTime(
        _l("Show it at the top of the pages until"), description=_l("Empty: it only stands in the list.")
    )
    by_mail = BooleanField(_l("Also send it by mail to everybody with a place"))
