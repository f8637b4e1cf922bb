"""What would become of the things of somebody who leaves, in numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select

from ideenlab.accounts.models import Person
from ideenlab.attendance.models import LIVING
from ideenlab.comments.models import Comment
from ideenlab.core.db import Model, db
from ideenlab.events.models import SignUp
from ideenlab.files.models import StoredFile
from ideenlab.hackathons.models import Registration
from ideenlab.ideas.models import CoAuthor, Idea, Support
from ideenlab.jury.models import Ballot, Juror
from ideenlab.mail.models import Mail
from ideenlab.notifications.models import Notice
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Membership


class IdeaFates(NamedTuple):
    """Numbers of ideas: those that are deleted, those that stay without words, those that stay without a name."""

    goes: list[int]
    wordless: list[int]
    stays: list[int]


@dataclass(frozen=True)
class Belongings:
    """How many of each somebody has."""

    ideas: dict[str, IdeaFates]  # by way
    comments: int
    supports: int
    teams: int
    prototypes: int
    ballots: int
    places: int
    files: int
    messages: int


def ideas_by_fate(person: Person, *, way: str) -> IdeaFates:
    built_on, talked_about = _built_on(person), _talked_about(person)
    rows = select(Idea.id, Idea.state, built_on.label("built_on"), talked_about.label("talked_about"))
    fates = IdeaFates([], [], [])
    for number, state, is_built_on, is_talked_about in db.session.execute(
        rows.where(Idea.author_id == person.id).order_by(Idea.id)
    ):
        shown = state in ("published", "merged")
        if shown and (is_built_on or way == "nameless"):
            fates.stays.append(number)
        elif is_built_on or is_talked_about:
            fates.wordless.append(number)
        else:
            fates.goes.append(number)
    return fates


def _built_on(person: Person) -> ColumnElement[bool]:
    """Others support it, the city has answered, a challenge or another idea has grown out of it, others wrote along."""
    others = exists().where(Support.idea_id == Idea.id, Support.person_id != person.id)
    written_along = exists().where(CoAuthor.idea_id == Idea.id, CoAuthor.state == "accepted")
    return or_(others, written_along, *(exists().where(column == Idea.id) for column in _grown_out()))


def _grown_out() -> Iterator[Any]:
    """Whatever the database would not let go with an idea, and dots on paper: answers, challenges, joined ideas."""
    for table in Model.metadata.sorted_tables:
        for column in table.columns:
            of_ideas = [key for key in column.foreign_keys if key.column.table is Idea.__table__]
            holds = table.name != "idea_images" and any(key.ondelete != "CASCADE" for key in of_ideas)
            if holds or (of_ideas and table.name == "dot_counts"):
                yield (table.alias("part") if table is Idea.__table__ else table).c[column.name]


def _talked_about(person: Person) -> ColumnElement[bool]:
    of_others = or_(Comment.author_id.is_(None), Comment.author_id != person.id)
    return exists().where(Comment.thread_id == Idea.thread_id, of_others)


def belongings_of(person: Person) -> Belongings:
    mine = Membership.person_id == person.id
    places = _count(Registration, Registration.person_id == person.id, Registration.state.in_(LIVING))
    return Belongings(
        ideas={way: ideas_by_fate(person, way=way) for way in ("everything", "nameless")},
        comments=_count(Comment, Comment.author_id == person.id, Comment.state != "withdrawn"),
        supports=_count(Support, Support.person_id == person.id),
        teams=_count(Membership, mine),
        prototypes=_count(Prototype, Prototype.team_id.in_(select(Membership.team_id).where(mine))),
        ballots=_count(Ballot, Ballot.juror_id.in_(select(Juror.id).where(Juror.person_id == person.id))),
        places=places + _count(SignUp, SignUp.person_id == person.id, SignUp.state.in_(LIVING)),
        files=_count(StoredFile, StoredFile.owner_id == person.id),
        messages=_count(Notice, Notice.person_id == person.id) + _count(Mail, Mail.recipient == person.email),
    )  # fmt: skip


def _count(model: type[Model], *where: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0
