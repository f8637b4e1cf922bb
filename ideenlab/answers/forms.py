from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, SelectField

from ideenlab.answers.actions.drafts import LONGEST_ANSWER, LONGEST_NAME, Wording
from ideenlab.answers.actions.published import LONGEST_REASON
from ideenlab.answers.actions.statuses import LONGEST_STATUS
from ideenlab.answers.models import Answer
from ideenlab.answers.queries import offices, staff, statuses
from ideenlab.core.forms import Email, Form, Limit, Line, Required, Sometimes, Text
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.forms import OnlyButton, read_revision
from ideenlab.ideas.models import Status
from ideenlab.ideas.queries import status_name

__all__ = [
    "AnswerForm",
    "ChosenStatusForm",
    "CorrectionForm",
    "OfficeForm",
    "OnlyButton",
    "StatusForm",
    "WithdrawalForm",
]


class _Revised(Form):
    revision = HiddenField()

    def known_revision(self) -> int:
        return read_revision(self.revision.data)


class AnswerForm(_Revised):
    """Words, and what goes with them. The choices are those there are now."""

    text = Text(
        _l("Text of the answer"), validators=[Sometimes(), Limit(LONGEST_ANSWER)],
        description=_l("What does the city do, when, and why? You can use **bold**, *italic*, lists and links."),
    )  # fmt: skip
    status = SelectField(
        _l("Status of the idea"), default="", description=_l("The idea gets it when the answer is published.")
    )
    office = SelectField(
        _l("Office"), default="", description=_l("Stands under the answer. An office with an address is told.")
    )
    signed = Line(
        _l("Name"), validators=[Limit(LONGEST_NAME)],
        description=_l("As you want to show it, such as “A. Weber”. Without a name only the office stands there."),
    )  # fmt: skip
    assigned_to = SelectField(_l("Who writes it?"), default="", description=_l("They find it under “Assigned to me”."))

    @classmethod
    def of(cls, answer: Answer | None = None) -> "AnswerForm":
        kept: dict[str, Any] = {}
        if answer is not None:
            kept = {
                "text": answer.text, "signed": answer.signed, "revision": str(answer.revision),
                "status": str(answer.status_id or ""), "office": str(answer.office_id or ""),
                "assigned_to": str(answer.assigned_to_id or ""),
            }  # fmt: skip
        form = cls(**kept)
        form.status.choices = [("", _("stays as it is")), *_choices(statuses(), _named)]
        form.office.choices = [("", _("none")), *_choices(offices(), lambda one: one.name)]
        form.assigned_to.choices = [("", _("nobody in particular")), *_choices(staff(), lambda one: one.pseudonym)]
        return form

    def wording(self) -> Wording:
        return Wording(
            text=self.text.data or "", signed=self.signed.data or "", status=_chosen(statuses(), self.status.data),
            office=_chosen(offices(), self.office.data), assigned_to=_chosen(staff(), self.assigned_to.data),
        )  # fmt: skip


def _choices(things: Sequence[Any], name: Any) -> list[tuple[str, str]]:
    return [(str(thing.id), name(thing)) for thing in things]


def _named(status: Status) -> str:
    return status_name(status.title, status.title_en)


def _chosen(things: Sequence[Any], typed: str | None) -> Any:
    return next((thing for thing in things if str(thing.id) == typed), None)


class CorrectionForm(_Revised):
    text = Text(_l("Text of the answer"), validators=[Required(), Limit(LONGEST_ANSWER)])
    signed = Line(_l("Name"), validators=[Limit(LONGEST_NAME)])


class WithdrawalForm(_Revised):
    reason = Text(
        _l("Reason"), validators=[Required(), Limit(LONGEST_REASON)],
        description=_l("Everybody reads it in place of the answer."),
    )  # fmt: skip


class ChosenStatusForm(Form):
    status = SelectField(_l("New status"), validators=[Required()])

    @classmethod
    def now(cls) -> "ChosenStatusForm":
        form = cls()
        form.status.choices = _choices(statuses(), _named)
        return form


class StatusForm(Form):
    title = Line(_l("Name of the status"), validators=[Required(), Limit(LONGEST_STATUS)])
    title_en = Line(
        _l("Name in English"), validators=[Limit(LONGEST_STATUS)],
        description=_l("Shown on English pages. Without one the name above stands there."),
    )  # fmt: skip
    is_final = BooleanField(_l("The city is done with the idea"))

    def wording(self) -> dict[str, Any]:
        return {"title": self.title.data, "is_final": self.is_final.data, "title_en": self.title_en.data or ""}


class OfficeForm(Form):
    name = Line(_l("Name of the office"), validators=[Required(), Limit(LONGEST_NAME)])
    email = Email(
        _l("E-mail address"), description=_l("Only for messages from here. It is never shown to the public.")
    )  # fmt: skip
