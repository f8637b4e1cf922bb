import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, Field, HiddenField, IntegerField, SelectField, SelectMultipleField
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from ideenlab.challenges.models import Challenge
from ideenlab.core.forms import CityTime, Form, Limit, Line, Required, Sometimes, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.prototypes.actions import DraftText
from ideenlab.prototypes.models import LatePermit, Prototype, Screenshot
from ideenlab.prototypes.queries import TEXTS, fingerprint, written_fields
from ideenlab.prototypes.rules import LICENCES, may_link

OWN = "own"
LONGEST_ALT: int = Screenshot.alt.type.length
LONGEST_DESCRIPTION = 10_000
LARGEST_REVISION = 2**31 - 1


def a_link(form: Any, field: Field) -> None:
    if field.data:
        verdict = may_link(field.data)
        if not verdict:
            raise ValidationError(verdict.reason)


class Revision(IntegerField):
    """Which saving the typed text began with. Anything else than a number is an old one."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = min(int(text), LARGEST_REVISION) if text.isascii() and text.isdigit() and len(text) < 20 else 0


class Seen(HiddenField):
    """The fingerprints that a page began with; one that sends none has seen nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = valuelist[0] if valuelist else ""


class DraftForm(Form):
    """A draft may be incomplete; what organisers want of it is marked by `need()`, not insisted on."""

    title = Line(_l("Title"), validators=[Limit(Prototype.title.type.length)])
    pitch = Line(
        _l("In one sentence"), description=_l("Whom does it help, and with what?"),
        validators=[Limit(Prototype.pitch.type.length)],
    )  # fmt: skip
    description = Text(
        _l("Description"), description=_l("What did you build? What works, what does not yet? Markdown is possible."),
        validators=[Limit(LONGEST_DESCRIPTION)],
    )  # fmt: skip
    challenges = SelectMultipleField(
        _l("Challenges"), description=_l("Which of the challenges does your prototype answer?"), coerce=int,
        widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(),
    )  # fmt: skip
    licence = SelectField(
        _l("Licence"), description=_l("What may others do with your work?"), validators=[Optional()]
    )  # fmt: skip
    licence_own = Line(
        _l("Name of the other licence"), validators=[Sometimes(), Limit(Prototype.licence.type.length)]
    )  # fmt: skip
    prior_work = Text(
        _l("What was there before"), description=_l("What did you bring along: code, data, an earlier project?"),
        validators=[Limit(Prototype.prior_work.type.length)],
    )  # fmt: skip
    ai_use = Text(
        _l("What artificial intelligence did"),
        description=_l("Which tools did you use, and what for? “None” is an answer too."),
        validators=[Limit(Prototype.ai_use.type.length)],
    )  # fmt: skip
    code_url = Line(_l("Link to the code"), validators=[Limit(Prototype.code_url.type.length), a_link])
    demo_url = Line(_l("Link to try it"), validators=[Limit(Prototype.demo_url.type.length), a_link])
    video_url = Line(_l("Link to a video"), validators=[Limit(Prototype.video_url.type.length), a_link])
    revision = Revision(default=1)
    seen = Seen()

    @classmethod
    def of(cls, prototype: Prototype | None, challenges: Sequence[Challenge], required: Sequence[str]) -> "DraftForm":
        """Filled with what is written so far, and with the fingerprints of just that."""
        written = written_fields(prototype)
        values = {name: value[0] for controls in map(controls_of, written.items()) for name, value in controls.items()
                  if name != "challenges"}  # fmt: skip
        form = cls(data={
            **values, "challenges": [int(number) for number in written["challenges"].split()],
            "revision": prototype.revision if prototype else 1, "seen": json.dumps(fingerprints(written)),
        })  # fmt: skip
        form.licence.choices = [("", _("Not decided yet")), *zip(LICENCES, LICENCES, strict=True),
                                (OWN, _("Another one"))]  # fmt: skip
        form.challenges.choices = [(challenge.id, challenge.title) for challenge in challenges]
        if not challenges:
            del form.challenges
        for name in required:
            if name in form:
                form[name].flags.required = True
        return form

    def text(self) -> DraftText:
        """What was typed. Where it has no challenges to choose from, the draft's stay: see `left_out`."""
        words = {name: self[name].data or "" for name in TEXTS}
        words["licence"] = (self.licence_own.data or "") if self.licence.data == OWN else words["licence"]
        chosen = self.challenges.data or [] if "challenges" in self else []
        return DraftText(**words, challenges=tuple(chosen))

    def left_out(self) -> list[str]:
        """The fields that cannot be kept as they are, by their names in the draft."""
        names = {"licence" if name == "licence_own" else name for name in self.errors if name}
        return sorted(names if "challenges" in self else names | {"challenges"})

    def fingerprints_seen(self) -> dict[str, str]:
        """Which state of each field the typed text began with; what cannot be read says nothing."""
        try:
            given = json.loads(self.seen.data or "{}") if len(self.seen.data or "") < 2000 else {}
        except (ValueError, RecursionError):
            given = {}
        return {name: value for name, value in given.items() if isinstance(value, str)} if type(given) is dict else {}


def fingerprints(written: Mapping[str, str]) -> dict[str, str]:
    return {name: fingerprint(value) for name, value in written.items()}


def controls_of(field: tuple[str, str]) -> dict[str, list[str]]:
    """The inputs of the form that stand for one field of the draft, with their values."""
    name, value = field
    if name == "licence":
        own = bool(value) and value not in LICENCES
        return {"licence": [OWN if own else value], "licence_own": [value if own else ""]}
    return {name: value.split() if name == "challenges" else [value]}


class ScreenshotsForm(Form):
    """The screenshots of a draft: words for each that is there, and one more."""

    file = FileField(_l("Choose a picture"), validators=[Sometimes()])
    alt = Line(_l("What does the picture show?"), validators=[Sometimes(), Limit(LONGEST_ALT)])
    decorative = BooleanField(_l("The picture only decorates and needs no description."))

    @classmethod
    def of(cls, screenshots: Sequence[Screenshot]) -> "ScreenshotsForm":
        """With a description for each of these pictures: `alt_<id>` and `decorative_<id>`."""
        fields: dict[str, Any] = {}
        for number, screenshot in enumerate(screenshots, 1):
            fields[f"alt_{screenshot.id}"] = Line(
                _("What does picture %(number)s show?", number=number), validators=[Sometimes(), Limit(LONGEST_ALT)],
                default=screenshot.alt,
            )  # fmt: skip
            fields[f"decorative_{screenshot.id}"] = BooleanField(
                _("Picture %(number)s only decorates.", number=number), default=not screenshot.alt
            )
        form: ScreenshotsForm = type("ScreenshotsForm", (cls,), fields)()
        return form


class FilesForm(Form):
    files = MultipleFileField(_l("Files"))


class HandInForm(Form):
    revision = Revision(default=0)


class LatePermitForm(Form):
    team = SelectField(_l("Team"), coerce=int, validators=[Required()])
    until = CityTime(_l("Until"), validators=[Required()])
    reason = Line(
        _l("Why"), description=_l("The team and the other organisers read it."),
        validators=[Required(), Limit(LatePermit.reason.type.length)],
    )  # fmt: skip


class CheckForm(Form):
    checksum = Line(_l("Checksum (SHA-256)"), validators=[Limit(200)])
    file = FileField(_l("Or a file"))
