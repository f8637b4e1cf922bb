"""Forms about what stands around an idea: pictures, people who write along, tags."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField

from ideenlab.accounts.models import PSEUDONYM_LENGTH
from ideenlab.core.forms import Form, Limit, Line, Required, Sometimes
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.ideas.actions.images import LONGEST_ALT
from ideenlab.ideas.actions.tags import LONGEST_TAG, MOST_TAGS
from ideenlab.ideas.models import IdeaImage


class ImagesForm(Form):
    """The pictures of an idea: words for each that is there, and one more."""

    file = FileField(_l("Choose a picture"), validators=[Sometimes()])
    alt = Line(_l("What does the picture show?"), validators=[Sometimes(), Limit(LONGEST_ALT)])
    decorative = BooleanField(_l("The picture only decorates and needs no description."))

    @classmethod
    def of(cls, images: Sequence[IdeaImage]) -> "ImagesForm":
        """With a description for each of these pictures: `alt_<id>` and `decorative_<id>`."""
        fields: dict[str, Any] = {}
        for number, image in enumerate(images, 1):
            fields[f"alt_{image.id}"] = Line(
                _("What does picture %(number)s show?", number=number), validators=[Sometimes(), Limit(LONGEST_ALT)],
                default=image.alt,
            )  # fmt: skip
            fields[f"decorative_{image.id}"] = BooleanField(
                _("Picture %(number)s only decorates.", number=number), default=not image.alt
            )
        form: ImagesForm = type("ImagesForm", (cls,), fields)()
        return form


class CoAuthorForm(Form):
    pseudonym = Line(
        _l("Pseudonym of the person"), validators=[Required(), Limit(PSEUDONYM_LENGTH)],
        description=_l("They are told by mail, and named with the idea only when they agree."),
    )  # fmt: skip


class TagsForm(Form):
    tags = Line(
        _l("Tags"), validators=[Limit(MOST_TAGS * (LONGEST_TAG + 2))],
        description=_l("Separated by commas, such as: Barrierefreiheit, Schulweg"),
    )  # fmt: skip

    def titles(self) -> list[str]:
        return [title.strip() for title in (self.tags.data or "").split(",") if title.strip()]


class TagForm(Form):
    title = Line(_l("Tag"), validators=[Required(), Limit(LONGEST_TAG, 2)])
