"""What the author changed since everybody could read it, for whoever releases it."""

from typing import NamedTuple

from ideenlab.core.diff import Change, changes, shortened
from ideenlab.ideas.models import Idea, IdeaImage
from ideenlab.ideas.queries import images_of, versions_of
from ideenlab.moderation.queries.decisions import decision_on
from ideenlab.moderation.queries.things import Thing


class Changed(NamedTuple):
    """Passages of title and text, and short facts; all empty when only the pictures are others."""

    title: list[Change]
    text: list[Change]
    places: list[tuple[str, str]]  # before and after


def change_of(thing: Thing) -> Changed | None:
    """Since the version that was public last; None where nothing public was changed."""
    idea = thing.row
    if not isinstance(idea, Idea) or idea.state != "waiting" or idea.published_at is None or decision_on(thing.key):
        return None
    old = next(iter(versions_of(idea)), None)
    if old is None:
        return None
    around = [
        (old.topic.title if old.topic else "–", idea.topic.title if idea.topic else "–"),
        (old.district.title if old.district else "–", idea.district.title if idea.district else "–"),
        (old.place or "–", idea.place or "–"),
    ]
    return Changed(
        changes(old.title, idea.title) if old.title != idea.title else [],
        shortened(changes(old.text, idea.text)) if old.text != idea.text else [],
        [(before, after) for before, after in around if before != after],
    )


def pictures_of(thing: Thing) -> list[IdeaImage]:
    return images_of(thing.row) if isinstance(thing.row, Idea) else []
