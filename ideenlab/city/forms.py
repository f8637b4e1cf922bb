from typing import Any
from zoneinfo import available_timezones

from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from ideenlab.city.actions import LONGEST_DISTRICT, LONGEST_INSTEAD, LONGEST_OUTLINE, LONGEST_WORD
from ideenlab.city.rules import LAENDER
from ideenlab.core.forms import BeforeStart, Day, Email, Form, Limit, Line, Required, Text, Whole
from ideenlab.core.i18n import gettext as _
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


class SettingsForm(Form):
    """One page of settings. `seen` marks what it showed when it was opened."""

    seen = HiddenField()

    @property
    def given(self) -> dict[str, object]:
        return {field.name: field.data for field in self if field.name not in ("seen", "csrf_token")}


class GeneralForm(SettingsForm):
    city_name = Line(_l("Name of the city"), [Required(), Limit(60, 2)])
    city_claim = Line(
        _l("Claim"),
        [Limit(120)],
        description=_l("One sentence below the name, for example “We build tomorrow together”."),
    )
    city_languages = SelectField(_l("Languages"), choices=[
        SelectChoice("de en", _l("German and English")), SelectChoice("de", _l("German only")),
    ])  # fmt: skip
    bundesland = SelectField(
        _l("Land"), [BeforeStart()],
        description=_l("It decides which law, which office and which period stand in the accessibility statement."),
    )  # fmt: skip
    city_zone = SelectField(_l("Time zone"))
    map_source = Line(
        _l("Source of the map"), [Limit(200)],
        description=_l("Stands in the imprint, for example “© GeoBasis-DE / BKG 2026, dl-de/by-2-0”."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unknown = SelectChoice("", _("not chosen yet"))
        self.bundesland.choices = [unknown, *(SelectChoice(code, land.name) for code, land in LAENDER.items())]
        self.city_zone.choices = [SelectChoice(name, name) for name in sorted(available_timezones())]


class LookForm(SettingsForm):
    city_accent = Line(
        _l("Colour of links and buttons"), [Limit(20)],
        description=_l("Like #00695c. Empty: the green of Ideenlab. Whether it can be read is measured."),
    )  # fmt: skip


class ContactForm(SettingsForm):
    city_address = Text(
        _l("Postal address"), [BeforeStart(), Limit(500)], description=_l("Name of the administration, street, town.")
    )
    city_phone = Line(_l("Telephone"), [BeforeStart(), Limit(60)])
    city_email = Email(_l("E-mail address"), [BeforeStart()])
    city_head = Line(
        _l("Represented by"),
        [BeforeStart(), Limit(500)],
        description=_l("For example the mayor by name and office (§ 5 DDG)."),
    )
    editor_name = Line(
        _l("Responsible for the content"),
        [BeforeStart(), Limit(500)],
        description=_l("A person with name and address (§ 18 MStV)."),
    )
    protection_officer = Text(
        _l("Data protection officer"), [BeforeStart(), Limit(500)], description=_l("How one reaches them.")
    )
    protection_authority = Text(
        _l("Supervisory authority for data protection"),
        [BeforeStart(), Limit(500)],
        description=_l("Name and address of the authority of your Land."),
    )


class PeriodsForm(SettingsForm):
    hours_for_illegal = Whole(_l("Hours for reports of something illegal"), [Required()])
    hours_for_reports = Whole(_l("Hours for all other reports"), [Required()])
    days_for_barriers = Whole(
        _l("Days for an answer about a barrier"), [Required()], description=_l("0: as the law of the Land says.")
    )
    days_for_hackathon_data = Whole(
        _l("Days until the data of a hackathon is deleted"), [Required()],
        description=_l("Counted from its end: addresses, guardians, attendance."),
    )  # fmt: skip


class StatementForm(SettingsForm):
    conformance = SelectField(_l("Is the site accessible?"), [BeforeStart()], choices=[
        SelectChoice("", _l("not chosen yet")), SelectChoice("full", _l("fully")), SelectChoice("partly", _l("partly")),
        SelectChoice("not", _l("not")),
    ])  # fmt: skip
    conformance_method = SelectField(_l("How was that found out?"), [BeforeStart()], choices=[
        SelectChoice("", _l("not chosen yet")), SelectChoice("self", _l("by our own assessment")),
        SelectChoice("external", _l("by somebody else’s assessment")),
    ])  # fmt: skip
    statement_made_on = Day(_l("The statement was made on"), [BeforeStart()])
    statement_checked_on = Day(
        _l("It was last checked on"), [BeforeStart()], description=_l("It may be at most twelve months old.")
    )
    sign_video_url = Line(
        _l("Video in sign language"), [Limit(300)],
        description=_l("An address that begins with https://. The page links to it; nothing is embedded."),
    )  # fmt: skip
    land_statute = Line(
        _l("Law of the Land"), [Limit(500)],
        description=_l("Empty: as Ideenlab’s list says, which you see in the preview. Laws change: please check it."),
    )  # fmt: skip
    land_enforcement = Line(
        _l("Who enforces it"), [Limit(500)],
        description=_l("With address, telephone or page. Empty: as Ideenlab’s list says."),
    )  # fmt: skip
    land_checked_on = Day(
        _l("Law and office were checked on"), [BeforeStart()], description=_l("With another Land it begins again."),
    )  # fmt: skip


SETTINGS_FORMS: dict[str, type[SettingsForm]] = {
    "allgemein": GeneralForm, "aussehen": LookForm, "kontakt": ContactForm, "fristen": PeriodsForm,
    "barrierefreiheit": StatementForm,
}  # fmt: skip


class LogoForm(Form):
    file = FileField(
        _l("Picture"),
        [Required(_l("Please choose a picture."))],
        description=_l("JPEG, PNG or WebP. It is drawn anew, at most 400 pixels wide."),
    )


class WordForm(Form):
    word = Line(_l("Word"), [Required(), Limit(LONGEST_WORD, 2)])
    instead = Line(_l("Instead"), [Required(), Limit(LONGEST_INSTEAD, 2)])
