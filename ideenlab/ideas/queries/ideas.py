from collections.abc import Collection

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload, load_only

from ideenlab.accounts.models import Person
from ideenlab.city.models import District
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.ideas.models import Call, Idea, IdeaVersion, Support

VERSIONS = 10  # on one page


# The statements of the hottest pages are put together once: that took longer than running them
_WHOLE = (
    select(Idea)
    .where(Idea.id == bindparam("idea_id"))
    .options(
        joinedload(Idea.call, innerjoin=True),
        joinedload(Idea.topic),
        joinedload(Idea.status),
        joinedload(Idea.district).defer(District.outline),
        joinedload(Idea.thread, innerjoin=True),
        joinedload(Idea.author).load_only(Person.pseudonym).lazyload(Person.roles),
    )
)
_TO_SUPPORT = (
    select(Idea)
    .where(Idea.id == bindparam("idea_id"))
    .options(
        load_only(
            Idea.state,
            Idea.call_id,
            Idea.author_id,
            Idea.part_count,
            Idea.support_count,
            Idea.against_count,
            Idea.unsure_count,
        ),
        joinedload(Idea.call, innerjoin=True),
    )
)


def get_idea(idea_id: int) -> Idea:
    """With its call, topic, district and the name of its author in one query."""
    return _one(_WHOLE, idea_id)


def get_idea_to_support(idea_id: int) -> Idea:
    """With its call; the rest of it comes when it is asked for."""
    return _one(_TO_SUPPORT, idea_id)


def _one(statement: "Select[Idea]", idea_id: int) -> Idea:
    if not 0 < idea_id <= LARGEST_ID:
        raise NotFound
    idea = db.session.scalar(statement, {"idea_id": idea_id})
    if idea is None:
        raise NotFound
    return idea


def find_idea_of_thread(thread_id: int) -> Idea | None:
    return db.session.scalar(select(Idea).where(Idea.thread_id == thread_id).options(joinedload(Idea.call)))


def versions_of(idea: Idea, before: int | None = None) -> list[IdeaVersion]:
    """How the idea read before, latest first: a page of them and two more, from a revision on."""
    of_idea = select(IdeaVersion).where(IdeaVersion.idea_id == idea.id)
    if before is not None:
        of_idea = of_idea.where(IdeaVersion.revision <= before)
    places = joinedload(IdeaVersion.topic), joinedload(IdeaVersion.district).defer(District.outline)
    return list(db.session.scalars(of_idea.options(*places).order_by(IdeaVersion.revision.desc()).limit(VERSIONS + 2)))


def has_supported(person: Person | None, idea: Idea) -> bool:
    return person is not None and db.session.get(Support, (idea.id, person.id)) is not None


def supported_among(person: Person | None, idea_ids: Collection[int]) -> set[int]:
    """Which of these ideas the person supports."""
    if person is None or not idea_ids:
        return set()
    own = select(Support.idea_id).where(Support.person_id == person.id, Support.idea_id.in_(idea_ids))
    return set(db.session.scalars(own))


def find_same_draft(person: Person, call: Call, *, title: str, text: str) -> Idea | None:
    """A draft of this person that says exactly the same."""
    same = Idea.author_id == person.id, Idea.call_id == call.id, Idea.title == title, Idea.text == text
    return db.session.scalars(select(Idea).where(*same, Idea.state == "draft").order_by(Idea.id)).first()


def drafts_of(person: Person) -> list[Idea]:
    """What the person began and did not publish, last changed first."""
    own = select(Idea).where(Idea.author_id == person.id, Idea.state == "draft").options(joinedload(Idea.call))
    return list(db.session.scalars(own.order_by(Idea.changed_at.desc(), Idea.id.desc())))


def ideas_of(person: Person) -> list[Idea]:
    """What the person gave, drafts aside, latest first."""
    own = select(Idea).where(Idea.author_id == person.id, Idea.state != "draft").options(joinedload(Idea.call))
    return list(db.session.scalars(own.order_by(Idea.published_at.desc(), Idea.id.desc())))


def latest_ideas(limit: int) -> list[Idea]:
    """The newest of the whole house, for those who moderate."""
    newest = Idea.published_at.desc(), Idea.id.desc()
    return _with_authors(select(Idea).where(Idea.state == "published").order_by(*newest).limit(limit))


def hidden_ideas(limit: int) -> list[Idea]:
    return _with_authors(select(Idea).where(Idea.state == "hidden").order_by(Idea.id.desc()).limit(limit))


def _with_authors(ideas: "Select[Idea]") -> list[Idea]:
    return list(db.session.scalars(ideas.options(joinedload(Idea.author).lazyload(Person.roles))))


def ideas_of_threads(thread_ids: Collection[int]) -> dict[int, Idea]:
    """Which idea each discussion belongs to."""
    found = db.session.scalars(select(Idea).where(Idea.thread_id.in_(thread_ids)))
    return {idea.thread_id: idea for idea in found}
