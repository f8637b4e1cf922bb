"""The kinds of things that can be moderated: one entry each, and no other place to change for a new one.

An entry names rules and actions of the room where the thing lives, and how it is loaded: see `Kind`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.actions import take_pseudonym
from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_take_pseudonym
from ideenlab.comments import rules as comments
from ideenlab.comments.actions import lock_discussion, unlock_discussion
from ideenlab.comments.models import Comment
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import local_path
from ideenlab.core.text import excerpt
from ideenlab.ideas import actions as idea_actions
from ideenlab.ideas import rules as ideas
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import ideas_of_threads
from ideenlab.moderation.queries.kinds_of_teams import NOTICES, PROTOTYPES, TEAM_TEXTS, TEAMS
from ideenlab.moderation.queries.things import Deed, Key, Kind, Thing
from ideenlab.notifications.actions import forget_notices


def _ideas(numbers: Collection[int]) -> Iterable[Thing]:
    authors = joinedload(Idea.author).selectinload(Person.roles)
    chosen = select(Idea).where(Idea.id.in_(numbers)).options(authors, joinedload(Idea.call), joinedload(Idea.thread))
    for idea in db.session.scalars(chosen):
        yield Thing(
            IDEAS, idea.id, idea, idea.title, idea.text, idea.text_html, idea.state,
            idea.published_at or idea.changed_at, idea.author, "ideas.idea", {"idea_id": idea.id},
            idea=idea,
        )  # fmt: skip


def _hide_idea(who: Person, idea: Idea, why: str) -> None:
    idea_actions.hide_idea(who, idea=idea, reason=why)


IDEAS = Kind(
    table="ideas",
    slug="idee",
    name=lambda: _("Idea"),
    load=_ideas,
    shown=("published", "withdrawn", "merged"),
    deeds={
        "hidden": Deed(ideas.may_hide_idea, _hide_idea),
        "refused": Deed(ideas.may_hide_idea, _hide_idea),
        "restored": Deed(ideas.may_restore_idea, lambda who, idea, _why: idea_actions.restore_idea(who, idea=idea)),
        "released": Deed(ideas.may_release_idea, lambda who, idea, _why: idea_actions.release_idea(who, idea=idea)),
        "change_asked": Deed(
            ideas.may_ask_for_change,
            lambda who, idea, why: idea_actions.ask_for_change(who, idea=idea, reason=why),
        ),
        "locked": Deed(
            lambda who, idea: comments.may_lock_thread(who, idea.thread),
            lambda who, idea, why: lock_discussion(who, thread=idea.thread, reason=why),
        ),
        "unlocked": Deed(
            lambda who, idea: comments.may_unlock_thread(who, idea.thread),
            lambda who, idea, _why: unlock_discussion(who, thread=idea.thread),
        ),
    },
    forget=lambda thing: forget_notices(thing.row),
    is_titled=True,
)


def _comments(numbers: Collection[int]) -> Iterable[Thing]:
    authors = joinedload(Comment.author).selectinload(Person.roles)
    found = db.session.scalars(select(Comment).where(Comment.id.in_(numbers)).options(authors)).all()
    ideas_of = ideas_of_threads({comment.thread_id for comment in found})
    for comment in found:
        if idea := ideas_of.get(comment.thread_id):
            yield Thing(
                COMMENTS, comment.id, comment, excerpt(comment.text, 80), comment.text, comment.text_html,
                comment.state, comment.created_at, comment.author, "ideas.idea",
                {"idea_id": idea.id}, f"comment-{comment.id}", idea,
            )  # fmt: skip


def _hide_comment(who: Person, comment: Comment, why: str) -> None:
    idea_actions.hide_comment_on_idea(who, comment=comment, reason=why)


def _forget_comment(thing: Thing) -> None:
    assert thing.idea is not None
    path = local_path("ideas.idea", idea_id=thing.idea.id, anchor=f"comment-{thing.id}")
    forget_notices(thing.idea, path=path)


COMMENTS = Kind(
    table="comments",
    slug="kommentar",
    name=lambda: _("Comment"),
    load=_comments,
    shown=("visible",),
    deeds={
        "hidden": Deed(comments.may_hide_comment, _hide_comment),
        "refused": Deed(comments.may_hide_comment, _hide_comment),
        "restored": Deed(
            comments.may_restore_comment,
            lambda who, comment, _why: idea_actions.restore_comment_on_idea(who, comment=comment),
        ),
        "released": Deed(
            comments.may_release_comment,
            lambda who, comment, _why: idea_actions.release_comment_on_idea(who, comment=comment),
        ),
    },
    forget=_forget_comment,
)


def _people(numbers: Collection[int]) -> Iterable[Thing]:
    for person in db.session.scalars(select(Person).where(Person.id.in_(numbers))):
        yield Thing(
            PEOPLE, person.id, person, person.pseudonym, person.pseudonym, "", person.state, person.created_at, person,
            "moderation.person", {"person_id": person.id},
        )  # fmt: skip


PEOPLE = Kind(
    table="people",
    slug="person",
    name=lambda: _("Person"),
    load=_people,
    shown=("active",),
    deeds={"hidden": Deed(may_take_pseudonym, lambda who, person, _why: take_pseudonym(who, person=person))},
    forget=lambda _thing: None,
)


KINDS = {kind.table: kind for kind in (IDEAS, COMMENTS, PEOPLE, TEAMS, TEAM_TEXTS, PROTOTYPES, NOTICES)}


def things_of(keys: Iterable[Key]) -> dict[Key, Thing]:
    """All these things with few queries. What is no longer there is missing."""
    numbers = defaultdict(set)
    for table, number in keys:
        numbers[table].add(number)
    return {thing.key: thing for table, some in numbers.items() for thing in KINDS[table].load(some)}


def find_thing(table: str, number: int) -> Thing | None:
    if table not in KINDS or not 0 < number <= LARGEST_ID:
        return None
    return next(iter(KINDS[table].load([number])), None)


def get_thing(slug: str, number: int) -> Thing:
    """By the word that stands in addresses: `idee`, `kommentar`."""
    table = next((table for table, kind in KINDS.items() if kind.slug == slug), "")
    thing = find_thing(table, number)
    if thing is None:
        raise NotFound
    return thing


def hidden_things(limit: int) -> list[Thing]:
    """What is out of sight of the kinds that have no list of their own for it."""
    numbers = {kind: list(kind.hidden(limit)) for kind in KINDS.values()}
    return [thing for kind, some in numbers.items() if some for thing in kind.load(some)]
