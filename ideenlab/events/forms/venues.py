from wtforms import BooleanField

from ideenlab.core.forms import Limit, Line, Required, Revised, Text
from ideenlab.core.i18n import lazy_gettext as _l


class VenueForm(Revised):
    title = Line(_l("Name of the place"), [Required(), Limit(120)])
    address = Line(_l("Street and town"), [Limit(200)])
    access_notes = Text(
        _l("How one gets in"), [Limit(500)],
        description=_l("Steps, lift, width of the doors, toilet, induction loop, bus stop."),
    )  # fmt: skip
    is_accessible = BooleanField(_l("Without steps, with a toilet for people in a wheelchair"))
