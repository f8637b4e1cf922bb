import re
from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.core.forms import After, Between, CityTime, Form, Limit, Line, Required, Text, Whole
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.hackathons.actions import Plan
from ideenlab.hackathons.models import MOMENTS, REQUIRABLE, WINDOWS, Hackathon
from ideenlab.hackathons.queries import SLUG
from ideenlab.programme.models import Edition

MOST_PLACES = 10_000
LARGEST_TEAM = 50
CHANGEABLE = (
    "title", "slug", "place", "summary", "description", "places", "team_size_min", "team_size_max",
    "needs_approval", "offer_hours", "code_of_conduct", "house_rules", "mail_note", "deadline_rule", *MOMENTS,
)  # fmt: skip


class HackathonForm(Form):
    """Everything organisers decide about a hackathon. Its fields are named like the columns."""

    title = Line(_l("Title"), [Required(), Limit(120)])
    edition = SelectField(_l("Edition"), [Required()], coerce=int)
    slug = Line(
        _l("Address of the page"), [Limit(60)],
        description=_l("Small letters, digits, hyphens. Empty: it is made from the title. A change breaks old links."),
    )  # fmt: skip
    place = Line(_l("Place"), [Limit(200)])
    summary = Line(_l("In one or two sentences"), [Limit(300)])
    description = Text(_l("Description"), [Limit(20_000)])
    places = Whole(_l("Places"), [Required(), Between(1, MOST_PLACES)])
    team_size_min = Whole(_l("Smallest team"), [Required(), Between(1, LARGEST_TEAM)])
    team_size_max = Whole(
        _l("Largest team"), [Required(), Between(1, LARGEST_TEAM)],
        description=_l("Teams that are larger already keep their members."),
    )  # fmt: skip
    needs_approval = BooleanField(_l("Organisers decide about each registration"))
    offer_hours = Whole(
        _l("Hours for which a place that became free is kept for somebody"), [Required(), Between(1, 336)]
    )
    code_of_conduct = Text(
        _l("Code of conduct"), [Limit(10_000)],
        description=_l("Everybody who registers agrees to it, in these words. Say also whom to turn to."),
    )  # fmt: skip
    house_rules = Text(
        _l("House rules"), [Limit(10_000)],
        description=_l("Doors, nights, food, smoking. Empty: nobody is asked to agree to any."),
    )  # fmt: skip
    mail_note = Text(
        _l("What the mail that confirms a place should say as well"), [Limit(1000)],
        description=_l("For example: what to bring, where to park."),
    )  # fmt: skip
    deadline_rule = RadioField(
        _l("A hand-in that begins before the deadline and ends after it"),
        choices=[
            SelectChoice("written", _l("counts if it was stored before the deadline")),
            SelectChoice("begun", _l("counts if it began before the deadline")),
        ],
        default="written",
    )  # fmt: skip
    requires_pitch = BooleanField(_l("One-sentence pitch"), default=True)
    requires_description = BooleanField(_l("Description"), default=True)
    requires_challenge = BooleanField(_l("A challenge"))
    requires_code_url = BooleanField(_l("Link to the code"))
    requires_demo_url = BooleanField(_l("Link to a demo"))
    requires_video_url = BooleanField(_l("Link to a video"))
    requires_screenshot = BooleanField(_l("A screenshot"))
    requires_file = BooleanField(_l("At least one file"))
    requires_licence = BooleanField(_l("A licence"))
    requires_prior_work = BooleanField(_l("What was there before"))
    requires_ai_use = BooleanField(_l("How artificial intelligence was used"))
    starts_at = CityTime(_l("The hackathon begins"), [Required()])
    ends_at = CityTime(_l("The hackathon ends"), [Required(), After("starts_at")])
    registration_from = CityTime(_l("Registration from"))
    registration_until = CityTime(_l("Registration until"), [After("registration_from")])
    teams_from = CityTime(_l("Form teams from"))
    teams_until = CityTime(_l("Form teams until"), [After("teams_from")])
    submission_from = CityTime(_l("Hand in from"))
    submission_until = CityTime(_l("Hand in until (deadline)"), [After("submission_from")])
    scoring_from = CityTime(_l("The jury scores from"))
    scoring_until = CityTime(_l("The jury scores until"), [After("scoring_from")])
    publication_from = CityTime(_l("Result public from"))
    publication_until = CityTime(_l("Result public until"), [After("publication_from")])
    confirmed = BooleanField(_l("Yes, end this at once"))
    revision = HiddenField()

    def offer(self, editions: Sequence[Edition], hackathon: Hackathon | None = None) -> None:
        """Fill the choices, and on a first visit the values of today."""
        self.edition.choices = [SelectChoice(edition.id, edition.title) for edition in editions]
        if hackathon is not None:
            self.edition.data = self.edition.data or hackathon.edition_id
            if not self.is_submitted():
                self.edition.data, self.revision.data = hackathon.edition_id, hackathon.revision
                for name in REQUIRABLE:
                    self[f"requires_{name}"].data = name in hackathon.required_fields.split()

    def validate_slug(self, field: Any) -> None:
        if field.data and not SLUG.fullmatch(field.data):
            raise ValidationError(_("Only small letters, digits and single hyphens, please: hackathon-2027."))

    def seen_revision(self) -> int:
        return read_revision(self.revision.data)

    def plan(self, editions: Sequence[Edition]) -> Plan:
        edition = next(edition for edition in editions if edition.id == self.edition.data)
        values = {name: self[name].data for name in CHANGEABLE if name not in MOMENTS}
        required = ["title", *(name for name in REQUIRABLE if self[f"requires_{name}"].data)]
        moments = {name: self[name].data for name in MOMENTS}
        return Plan(edition=edition, moments=moments, required_fields=" ".join(required), **values)

    def required(self) -> list[Any]:
        return [self[f"requires_{name}"] for name in REQUIRABLE]

    def windows(self) -> list[tuple[str, Any, Any]]:
        return [(name, self[f"{name}_from"], self[f"{name}_until"]) for name in WINDOWS]


class CopyForm(Form):
    """What a copy cannot take from the old one."""

    title = Line(_l("Title of the new one"), [Required(), Limit(120)])
    edition = SelectField(_l("Edition"), [Required()], coerce=int)
    starts_at = CityTime(
        _l("The new one begins"), [Required()], description=_l("All other dates move by as many days.")
    )

    def offer(self, editions: Sequence[Edition]) -> None:
        self.edition.choices = [SelectChoice(edition.id, edition.title) for edition in editions]


class ExtensionForm(Form):
    """The second click: it only knows which state it was shown for."""

    revision = HiddenField()

    def seen_revision(self) -> int:
        return read_revision(self.revision.data)


def read_revision(typed: object) -> int:
    """The revision a form was made from; nonsense is one that never was."""
    text = str(typed or "")
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else 0
