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
from ideenlab.core.clock import now
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import local_path
from ideenlab.core.text import excerpt
from ideenlab.ideas import actions as idea_actions
from ideenlab.ideas import rules as ideas
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import ideas_of_threads
from ideenlab.moderation.queries.things import Deed, Key, Kind, Thing
from ideenlab.notifications.actions import forget_notices
from ideenlab.prototypes import rules as prototypes
from ideenlab.prototypes.actions import hide_prototype, restore_prototype
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import content_of, hidden_prototypes, latest_hand_in, numbers_of_prototypes_of
from ideenlab.teams import rules as teams
from ideenlab.teams.actions import hide_notice, hide_team_name, restore_notice, restore_team_name
from ideenlab.teams.models import BoardNotice, Team
from ideenlab.teams.queries import hidden_notices, members_of_teams, numbers_of_teams_of, teams_with_hidden_names


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


def _teams(numbers: Collection[int]) -> Iterable[Thing]:
    members = members_of_teams(numbers)
    for team in db.session.scalars(select(Team).where(Team.id.in_(numbers))):
        state = "gone" if team.dissolved_at else "hidden" if team.hidden_at else "visible"
        yield Thing(
            TEAMS, team.id, team, team.name, team.hidden_name or team.name, "", state, team.created_at, None,
            "teams.team", {"team_id": team.id}, owners=tuple(members.get(team.id, ())),
        )  # fmt: skip


TEAMS = Kind(
    table="teams",
    slug="team",
    name=lambda: _("Name of a team"),
    load=_teams,
    shown=("visible",),
    deeds={
        "hidden": Deed(teams.may_hide_team_name, lambda who, team, _why: hide_team_name(who, team=team)),
        "restored": Deed(teams.may_restore_team_name, lambda who, team, _why: restore_team_name(who, team=team)),
    },
    forget=lambda _thing: None,  # the action writes the new name into notices
    owned_by=numbers_of_teams_of,
    hidden=teams_with_hidden_names,
)


def _prototypes(numbers: Collection[int]) -> Iterable[Thing]:
    team = joinedload(Prototype.team)
    found = db.session.scalars(select(Prototype).where(Prototype.id.in_(numbers)).options(team)).all()
    members = members_of_teams({prototype.team_id for prototype in found})
    for prototype in found:
        if hand_in := latest_hand_in(prototype):
            content = content_of(hand_in)
            yield Thing(
                PROTOTYPES, prototype.id, prototype, hand_in.title,
                "\n".join([content["pitch"], content["description"]]), hand_in.description_html,
                "hidden" if prototype.hidden_at else "visible", hand_in.handed_in_at, None, "prototypes.prototype",
                {"prototype_id": prototype.id}, owners=tuple(members.get(prototype.team_id, ())),
            )  # fmt: skip


PROTOTYPES = Kind(
    table="prototypes",
    slug="prototyp",
    name=lambda: _("Page of a prototype"),
    load=_prototypes,
    shown=("visible",),
    deeds={
        "hidden": Deed(
            prototypes.may_hide_prototype, lambda who, prototype, _why: hide_prototype(who, prototype=prototype)
        ),
        "restored": Deed(
            prototypes.may_restore_prototype, lambda who, prototype, _why: restore_prototype(who, prototype=prototype)
        ),
    },
    forget=lambda thing: forget_notices(thing.row),
    owned_by=numbers_of_prototypes_of,
    hidden=hidden_prototypes,
    is_titled=True,
    may_see=lambda reader, prototype: prototypes.may_see_prototype(reader, prototype, now()),
)


def _notices(numbers: Collection[int]) -> Iterable[Thing]:
    around = (joinedload(BoardNotice.hackathon), joinedload(BoardNotice.person).selectinload(Person.roles))
    for notice in db.session.scalars(select(BoardNotice).where(BoardNotice.id.in_(numbers)).options(*around)):
        yield Thing(
            NOTICES, notice.id, notice, _("Notice of %(name)s", name=notice.person.pseudonym),
            "\n".join([notice.text, notice.skills]).strip(), "",
            "hidden" if notice.hidden_at else "gone" if notice.closed_at else "visible", notice.created_at,
            notice.person, "teams.board", {"slug": notice.hackathon.slug},
        )  # fmt: skip


NOTICES = Kind(
    table="board_notices",
    slug="aushang",
    name=lambda: _("Notice on the board"),
    load=_notices,
    shown=("visible",),
    deeds={
        "hidden": Deed(teams.may_hide_notice, lambda who, notice, _why: hide_notice(who, notice=notice)),
        "restored": Deed(teams.may_restore_notice, lambda who, notice, _why: restore_notice(who, notice=notice)),
    },
    forget=lambda _thing: None,
    hidden=hidden_notices,
    may_see=lambda reader, notice: teams.may_see_board(reader, notice.hackathon),
)

KINDS = {kind.table: kind for kind in (IDEAS, COMMENTS, PEOPLE, TEAMS, PROTOTYPES, NOTICES)}


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
