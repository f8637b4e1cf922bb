from typing import Any

from wtforms import BooleanField, FieldList, FormField, SelectField
from wtforms.fields.choices import SelectChoice

from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.hackathons.actions import Pupil
from ideenlab.hackathons.rules import LARGEST_GROUP

BANDS = (("under_16", _l("under 16")), ("16_17", _l("16 or 17")), ("adult", _l("adult")))
PAPERS = ("conduct", "house_rules", "guardian", "photo_website", "photo_press", "photo_social")


class PupilForm(Form):
    """One line. It is left out when there is no pseudonym."""

    class Meta(Form.Meta):
        csrf = False

    pseudonym = Line(_l("Pseudonym"), [Sometimes(), Limit(60)])
    age_band = SelectField(
        _l("Age"), [Sometimes()], choices=[SelectChoice(*band) for band in BANDS], default="under_16"
    )
    conduct = BooleanField(_l("Rules signed"))
    guardian = BooleanField(_l("Parents agree"))
    photo_website = BooleanField(_l("Photo: website"))
    photo_press = BooleanField(_l("Photo: press"))
    photo_social = BooleanField(_l("Photo: social media"))

    def pupil(self) -> Pupil:
        papers = [kind for kind in PAPERS if kind in self and self[kind].data]
        if "conduct" in papers:
            papers.append("house_rules")
        return Pupil(self.pseudonym.data, self.age_band.data, papers)


class GroupForm(Form):
    name = Line(_l("Name of the class or group"), [Required(), Limit(120)])
    pupils = FieldList(FormField(PupilForm), min_entries=10, max_entries=LARGEST_GROUP)

    def add_lines(self, number: int) -> None:
        for _line in range(min(number, LARGEST_GROUP - len(self.pupils.entries))):
            self.pupils.append_entry()

    def rows(self) -> list[Any]:
        return [entry for entry in self.pupils.entries if entry.form.pseudonym.data]

    def given(self) -> list[Pupil]:
        return [entry.form.pupil() for entry in self.rows()]

    def refuse_row(self, field: str, message: str) -> None:
        """`pupils-3` is the fourth of the lines that have a pseudonym."""
        name, _sign, number = field.partition("-")
        if name == "pupils" and number.isdigit():
            row = self.rows()[int(number)].form.pseudonym
            row.errors = [*row.errors, message]
            self.form_errors.append(_("“%(name)s”: %(message)s", name=row.data, message=message))
        else:
            refuse(self, field, message)


class WalkInForm(Form):
    pseudonym = Line(
        _l("Pseudonym"), [Required(), Limit(60)], description=_l("A name for the badge, not the real one.")
    )
    age_band = SelectField(
        _l("Age"), [Sometimes()], choices=[SelectChoice(*band) for band in reversed(BANDS)], default="adult"
    )
    conduct = BooleanField(
        _l("Code of conduct and house rules are signed on paper"),
        [Required(_l("Please have it signed first: nobody takes part without."))],
    )
    guardian = BooleanField(_l("Under 18: the agreement of the parents or guardians is here on paper"))
    photo_website = BooleanField(_l("Photos on the website of the city"))
    photo_press = BooleanField(_l("Photos for the press"))
    photo_social = BooleanField(_l("Photos in the social media of the city"))

    def papers(self) -> list[str]:
        return ["house_rules", *(kind for kind in PAPERS if kind in self and self[kind].data)]
