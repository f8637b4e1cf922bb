"""Tags: the moderation's words, across topics and calls."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Select, delete, select, update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, slugify
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import Idea, IdeaTag, Tag
from ideenlab.ideas.queries import find_tags, tags_of
from ideenlab.ideas.rules import may_manage_tags, may_tag

LONGEST_TAG: int = Tag.title.type.length
MOST_TAGS = 10


def tag_idea(moderator: Person, *, idea: Idea, titles: Sequence[str]) -> None:
    """Give an idea these tags and no others. Tags that were not there before are made."""
    require(may_tag(moderator, idea))
    wanted = {slug: title for title in titles if clean_line(title) for slug, title in [_checked(title)]}
    if len(wanted) > MOST_TAGS:
        raise Invalid(_("An idea has at most %(most)s tags.", most=MOST_TAGS), field="tags")
    before = {tag.slug: tag for tag in tags_of(idea)}
    known = find_tags(wanted)
    for slug, title in wanted.items():
        if slug not in known:
            known[slug] = Tag(slug=slug, title=title)
            db.session.add(known[slug])
    try:
        with db.session.begin_nested():
            db.session.flush()
            gone = [tag.id for slug, tag in before.items() if slug not in wanted]
            db.session.execute(delete(IdeaTag).where(IdeaTag.idea_id == idea.id, IdeaTag.tag_id.in_(gone)))
            db.session.add_all(IdeaTag(idea_id=idea.id, tag_id=known[slug].id) for slug in wanted if slug not in before)
            idea.tag_count = len(wanted)
    except IntegrityError as problem:
        raise Conflict(_("Somebody else has just changed these tags. Please try again.")) from problem
    added = [known[slug].title for slug in wanted if slug not in before]
    removed = [tag.title for slug, tag in before.items() if slug not in wanted]
    if added or removed:
        note = ", ".join([*(f"+{title}" for title in added), *(f"−{title}" for title in removed)])
        record(moderator, "ideas.tagged", idea, note=note)
    db.session.flush()


def rename_tag(moderator: Person, *, tag: Tag, title: str) -> Tag:
    """Call a tag otherwise. With the name of another one, the two become one; gives back the tag that stays."""
    require(may_manage_tags(moderator))
    slug, title = _checked(title)
    other = find_tags([slug]).get(slug)
    before = tag.title
    if other is not None and other is not tag:
        _move_ideas(tag, other)
        record(moderator, "tags.merged", other, note=before)
        db.session.delete(tag)
    else:
        tag.slug, tag.title = slug, title
        record(moderator, "tags.renamed", tag, note=f"{before} → {title}")
    db.session.flush()
    return other or tag


def _move_ideas(tag: Tag, other: Tag) -> None:
    there = set(db.session.scalars(_having(other)))
    _one_less(_having(tag).intersect(_having(other)))
    here = set(db.session.scalars(_having(tag)))
    db.session.execute(delete(IdeaTag).where(IdeaTag.tag_id == tag.id))
    db.session.add_all(IdeaTag(idea_id=number, tag_id=other.id) for number in sorted(here - there))
    db.session.flush()


def _having(tag: Tag) -> Select[Any]:
    return select(IdeaTag.idea_id).where(IdeaTag.tag_id == tag.id)


def _one_less(idea_ids: Select[Any] | CompoundSelect[Any]) -> None:
    db.session.execute(
        update(Idea).where(Idea.id.in_(idea_ids)).values(tag_count=Idea.tag_count - 1),
        execution_options={"synchronize_session": False},
    )


def delete_tag(moderator: Person, *, tag: Tag) -> None:
    """Take a tag off every idea."""
    require(may_manage_tags(moderator))
    record(moderator, "tags.deleted", tag, note=tag.title)
    _one_less(_having(tag))
    db.session.execute(delete(IdeaTag).where(IdeaTag.tag_id == tag.id))
    db.session.delete(tag)
    db.session.flush()


def _checked(title: str) -> tuple[str, str]:
    title = clean_line(title)
    slug = slugify(title)
    if not 2 <= len(title) <= LONGEST_TAG or len(slug) < 2:
        raise Invalid(_("A tag has 2 to %(most)s characters, letters or digits among them.", most=LONGEST_TAG),
                      field="tags")  # fmt: skip
    return slug, title
