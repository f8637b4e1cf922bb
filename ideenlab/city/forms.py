from flask_wtf.file import FileField

from ideenlab.city.actions import LONGEST_DISTRICT, LONGEST_OUTLINE
from ideenlab.core.forms import Form, Limit, Line, Required, Text
from ideenlab.core.i18n import lazy_gettext as _l


class DistrictForm(Form):
    title = Line(_l("Name"), validators=[Required(), Limit(LONGEST_DISTRICT, 2)])
    outline = Text(
        _l("Outline"), validators=[Limit(LONGEST_OUTLINE)],
        description=_l("As GeoJSON, a Polygon or MultiPolygon. With outlines, people can mark a place on the map."),
    )  # fmt: skip
    file = FileField(
        _l("Outline from a file"), description=_l("Instead of typing: a file of up to 400 kB, .geojson or .json.")
    )


class OnlyButton(Form):
    """A confirmation page: nothing to fill in, but the token."""
