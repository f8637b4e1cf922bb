from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from ideenlab.accounts.models import Person
from ideenlab.core.forms import Email, Form, Limit, Line, Required, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.hackathons.actions import Details
from ideenlab.hackathons.models import Hackathon, Question, Registration
from ideenlab.hackathons.rules import PHOTOS, asked_consents, is_minor

ADULT_FIELDS, MINOR_FIELDS = ("legal_name",), ("guardian_name", "guardian_email")
FIELDS_OF_CONSENTS = {"conduct": "code_of_conduct"}  # the others are named like the consent
TOLD = ("legal_name", "guardian_name", "guardian_email", "skills", "wishes", "diet", "access_needs")


class RegistrationForm(Form):
    legal_name = Line(
        _l("First and last name"), [Limit(120)],
        description=_l("For the list at the door and your certificate. Only organisers see it."),
    )  # fmt: skip
    guardian_name = Line(_l("Name of a parent or guardian"), [Required(), Limit(120)])
    guardian_email = Email(
        _l("E-mail address of this parent or guardian"), [Required(), Limit(254)],
        description=_l("You are under 18. We write to them and ask whether they agree."),
    )  # fmt: skip
    skills = Line(
        _l("What can you contribute?"), [Limit(300)],
        description=_l("For example drawing, programming, soldering, asking good questions. Only organisers see this."),
    )  # fmt: skip
    wishes = Text(
        _l("What would you like to do?"), [Limit(500)],
        description=_l("For example a subject, a challenge, people you would like to work with."),
    )  # fmt: skip
    diet = Line(
        _l("What do you not eat?"), [Limit(300)],
        description=_l("For example vegan, no nuts. Only organisers see this."),
    )  # fmt: skip
    access_needs = Line(
        _l("What do you need to take part well?"), [Limit(300)],
        description=_l("For example a seat for a wheelchair, sign language, a quiet room. Only organisers see this."),
    )  # fmt: skip
    code_of_conduct = BooleanField(
        _l("I treat everybody with respect, and I follow the house rules and the directions of the organisers."),
        [Required(_l("Please agree, so that everybody feels safe at the hackathon."))],
    )
    house_rules = BooleanField(
        _l("I have read the house rules and follow them."),
        [Required(_l("Please agree, so that everybody feels safe at the hackathon."))],
    )
    photo_website = BooleanField(_l("Photos that show me may be on the website of the city."))
    photo_press = BooleanField(_l("Photos that show me may be given to the press."))
    photo_social = BooleanField(_l("Photos that show me may be in the social media of the city."))

    question_names: tuple[tuple[int, str], ...] = ()

    def details(self) -> Details:
        told = {name: self[name].data or "" for name in TOLD if name in self}
        return Details(**told, answers={number: self[name].data or "" for number, name in self.question_names})

    def consents(self) -> list[str]:
        names = {kind: FIELDS_OF_CONSENTS.get(kind, kind) for kind in ("conduct", "house_rules", *PHOTOS)}
        return [kind for kind, name in names.items() if name in self and self[name].data]

    def photos(self) -> list[Any]:
        return [self[kind] for kind in PHOTOS if kind in self]

    def questions(self) -> list[Any]:
        return [self[name] for _number, name in self.question_names]


def registration_form(
    person: Person, hackathon: Hackathon, questions: Sequence[Question], *, kept: Registration | None = None,
    answers: Mapping[int, str] | None = None,
) -> RegistrationForm:  # fmt: skip
    """The form with what this hackathon asks this person. With `kept` it is about a change: consents are not asked."""
    names = tuple((question.id, f"question_{question.id}") for question in questions)
    asked = {f"question_{question.id}": _field_of(question) for question in questions}
    cls: Any = type("RegistrationForm", (RegistrationForm,), {**asked, "question_names": names})
    values = {f"question_{number}": text for number, text in (answers or {}).items()}
    given = {name: getattr(kept, name) for name in TOLD} if kept else {"guardian_email": person.guardian_email}
    form: RegistrationForm = cls(data={**given, **values})
    for name in _left_out(person, hackathon, changes=kept is not None):
        del form[name]
    return form


def _left_out(person: Person, hackathon: Hackathon, *, changes: bool) -> list[str]:
    left_out = list(ADULT_FIELDS if is_minor(person) else MINOR_FIELDS)
    asked = set() if changes else set(asked_consents(hackathon))
    if is_minor(person):
        asked -= set(PHOTOS)  # their guardian is asked
    for kind in ("conduct", "house_rules", *PHOTOS):
        if kind not in asked:
            left_out.append(FIELDS_OF_CONSENTS.get(kind, kind))
    return left_out


def _field_of(question: Question) -> Any:
    required = [Required()] if question.is_required else []
    given: dict[str, Any] = {"description": question.hint}
    if question.kind == "text":
        return Text(question.text, [*required, Limit(1000)], **given)
    if question.kind == "yes_no":
        choices = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
        return RadioField(question.text, [*required, OneOfThem()], choices=choices, validate_choice=False, **given)
    choices = [
        SelectChoice("", _("Please choose")),
        *(SelectChoice(line, line) for line in question.choices.splitlines()),
    ]
    return SelectField(question.text, required, choices=choices, **given)


class OneOfThem:
    """An answer that is on the list, or none."""

    def __call__(self, form: Any, field: Any) -> None:
        if field.data and field.data not in [choice.value for choice in field.choices]:
            raise ValidationError(_("Please choose one of the answers."))


class GuardianForm(Form):
    """What a parent or guardian agrees to."""

    guardian = BooleanField(
        _l("As a parent or guardian I agree that my child takes part."),
        [Required(_l("Without your agreement your child cannot take part."))],
    )
    photo_website = BooleanField(_l("Photos that show my child may be on the website of the city."))
    photo_press = BooleanField(_l("Photos that show my child may be given to the press."))
    photo_social = BooleanField(_l("Photos that show my child may be in the social media of the city."))

    def photos(self) -> list[str]:
        return [kind for kind in PHOTOS if self[kind].data]


class GuardianAnswerForm(Form):
    """One click: what it is about, and which way."""

    kind = RadioField("", [Required()], choices=[SelectChoice(kind, kind) for kind in ("guardian", *PHOTOS)])
    agree = RadioField("", [Required()], choices=[SelectChoice("yes", "yes"), SelectChoice("no", "no")])
