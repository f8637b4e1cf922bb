"""Ideas and what was said about them, as everybody can read it on the pages."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.answers.models import Answer, Office
from ideenlab.city.models import District
from ideenlab.comments.models import Comment
from ideenlab.core.db import db
from ideenlab.core.errors import Gone, Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.paging import Page
from ideenlab.ideas.models import Call, CoAuthor, Idea, IdeaTag, Status, Tag
from ideenlab.ideas.queries import Wanted, find_call, get_idea, list_ideas
from ideenlab.ideas.rules import may_read_text, may_see_idea
from ideenlab.opendata.queries.paging import cut, insist_on_cursor, page_of
from ideenlab.programme.models import Topic


class IdeaRow(NamedTuple):
    """An idea with the names of everything it belongs to."""

    id: int
    title: str
    text: str
    state: str
    origin: str
    label: str
    place: str
    latitude: int | None
    longitude: int | None
    support_count: int
    against_count: int
    unsure_count: int
    comment_count: int
    published_at: datetime | None
    changed_at: datetime
    answered_at: datetime | None
    merged_into_id: int | None
    author: str | None
    call: str
    call_title: str
    support_mode: str
    topic: str | None
    topic_title: str | None
    district: str | None
    district_title: str | None
    status: str | None
    status_title: str | None
    status_title_en: str | None


class AnswerRow(NamedTuple):
    id: int
    text: str
    signed: str
    office: str | None
    published_at: datetime
    corrected_at: datetime | None


class Around(NamedTuple):
    """What stands around ideas, by the number of each."""

    tags: Mapping[int, Sequence[tuple[str, str]]]
    co_authors: Mapping[int, Sequence[str]]
    answers: Mapping[int, Sequence[AnswerRow]]


OWN = (
    "id", "title", "text", "state", "origin", "label", "place", "latitude", "longitude", "support_count",
    "against_count", "unsure_count", "comment_count", "published_at", "changed_at", "answered_at", "merged_into_id",
)  # fmt: skip
ROWS: Any = (
    select(
        *(getattr(Idea, name) for name in OWN), Person.pseudonym, Call.slug, Call.title, Call.support_mode,
        Topic.slug, Topic.title, District.slug, District.title, Status.slug, Status.title, Status.title_en,
    )
    .join(Call, Call.id == Idea.call_id)
    .outerjoin(Person, Person.id == Idea.author_id)
    .outerjoin(Topic, Topic.id == Idea.topic_id)
    .outerjoin(District, District.id == Idea.district_id)
    .outerjoin(Status, Status.id == Idea.status_id)
)  # fmt: skip
BY_SLUG = {"topic": Topic.slug, "district": District.slug, "status": Status.slug}


def page_of_ideas(filters: Mapping[str, Any], *, order: str, cursor: str, limit: int) -> Page[IdeaRow]:
    """Published ideas by the order in which they were given. `filters` as in the address; `q` searches in one call."""
    call = _call_of(filters)
    if filters.get("q"):
        return _found(call, filters, cursor)
    chosen = ROWS.where(Idea.state == "published", *_conditions(filters))
    if call:
        chosen = chosen.where(Idea.call_id == call.id)
    rows = _rows(cut(chosen, Idea.id, order=order, cursor=cursor, limit=limit))
    return page_of(rows, [row.id for row in rows], order=order, limit=limit)


def _rows(statement: Any) -> list[IdeaRow]:
    return [IdeaRow(*row) for row in db.session.execute(statement)]


def _call_of(filters: Mapping[str, Any]) -> Call | None:
    slug = filters.get("call")
    if not slug:
        if filters.get("q"):
            raise Invalid(_("A search goes through one call: please give “call” too."), field="call")
        return None
    call = find_call(slug)
    if call is None:
        raise Invalid(_("There is no such call."), field="call")
    return call


def _conditions(filters: Mapping[str, Any]) -> list[Any]:
    found = [column == filters[name] for name, column in BY_SLUG.items() if filters.get(name)]
    if filters.get("tag"):
        tagged = select(IdeaTag.idea_id).join(Tag, Tag.id == IdeaTag.tag_id).where(Tag.slug == filters["tag"])
        found.append(Idea.id.in_(tagged))
    if filters.get("origin"):
        found.append(Idea.origin == filters["origin"])
    if filters.get("answered") is not None:
        found.append(Idea.answered_at.is_not(None) if filters["answered"] else Idea.answered_at.is_(None))
    if filters.get("since"):
        found.append(Idea.published_at >= filters["since"])
    return found


def _found(call: Call | None, filters: Mapping[str, Any], cursor: str) -> Page[IdeaRow]:
    """As the search on the page: the newest first, in pages of its length."""
    others = sorted(name for name in filters if name not in ("call", "q") and filters[name] is not None)
    if others:
        raise Invalid(_("A search cannot be narrowed further."), field=others[0])
    assert call is not None
    insist_on_cursor(cursor, kinds=("found", "similar"))
    page = list_ideas(call, wanted=Wanted(), text=filters["q"], cursor=cursor or None)
    numbers = [card.id for card in page.rows]
    rows = {row.id: row for row in _rows(ROWS.where(Idea.id.in_(numbers)))} if numbers else {}
    return Page([rows[number] for number in numbers if number in rows], page.next)


def read_idea(idea_id: int) -> IdeaRow:
    """One that everybody can read. What its author took back is gone, what nobody may see is not there."""
    idea = get_idea(idea_id)
    if idea.state == "withdrawn":
        raise Gone
    if not may_see_idea(None, idea) or not may_read_text(None, idea):
        raise NotFound
    return row_of(idea.id)


def row_of(idea_id: int) -> IdeaRow:
    """Of an idea in any state: for its author."""
    return _rows(ROWS.where(Idea.id == idea_id))[0]


def around(numbers: Sequence[int]) -> Around:
    """In three statements for all of them."""
    tags, writers, answers = defaultdict(list), defaultdict(list), defaultdict(list)
    if numbers:
        for number, *tag in db.session.execute(_tags(numbers)):
            tags[number].append(tuple(tag))
        for number, pseudonym in db.session.execute(_writers(numbers)):
            writers[number].append(pseudonym)
        for number, *answer in db.session.execute(_answers(numbers)):
            answers[number].append(AnswerRow(*answer))
    return Around(tags, writers, answers)


def _tags(numbers: Iterable[int]) -> Any:
    tags = select(IdeaTag.idea_id, Tag.slug, Tag.title).join(Tag, Tag.id == IdeaTag.tag_id)
    return tags.where(IdeaTag.idea_id.in_(numbers)).order_by(Tag.slug)


def _writers(numbers: Iterable[int]) -> Any:
    agreed = select(CoAuthor.idea_id, Person.pseudonym).join(Person, Person.id == CoAuthor.person_id)
    agreed = agreed.where(CoAuthor.idea_id.in_(numbers), CoAuthor.state == "accepted")
    return agreed.order_by(Person.pseudonym_folded, Person.id)


def _answers(numbers: Iterable[int]) -> Any:
    said = select(
        Answer.idea_id, Answer.id, Answer.text, Answer.signed, Office.name, Answer.published_at, Answer.corrected_at
    ).outerjoin(Office, Office.id == Answer.office_id)
    said = said.where(Answer.idea_id.in_(numbers), Answer.state == "published")
    return said.order_by(Answer.published_at, Answer.id)


class CommentRow(NamedTuple):
    id: int
    parent_id: int | None
    text: str
    stance: str
    for_count: int
    against_count: int
    created_at: datetime
    edited_at: datetime | None
    author: str | None


COMMENTS = select(
    Comment.id, Comment.parent_id, Comment.text, Comment.stance, Comment.for_count, Comment.against_count,
    Comment.created_at, Comment.edited_at, Person.pseudonym,
).outerjoin(Person, Person.id == Comment.author_id)  # fmt: skip


def comment_row(comment_id: int) -> CommentRow:
    """Of a comment in any state: for its author."""
    return CommentRow(*db.session.execute(COMMENTS.where(Comment.id == comment_id)).one())


def page_of_comments(idea_id: int, *, order: str, cursor: str, limit: int) -> Page[CommentRow]:
    """What is visible below an idea that everybody can read."""
    read_idea(idea_id)
    chosen = COMMENTS.where(
        Comment.thread_id == select(Idea.thread_id).where(Idea.id == idea_id).scalar_subquery()
    ).where(Comment.state == "visible")
    rows = [CommentRow(*row) for row in db.session.execute(
        cut(chosen, Comment.id, order=order, cursor=cursor, limit=limit)
    )]  # fmt: skip
    return page_of(rows, [row.id for row in rows], order=order, limit=limit)
