from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.ideas.models import CoAuthor, Idea


def co_author_state(person: Person, idea: Idea) -> str | None:
    """How this person stands to the idea; asked of the database only where somebody was invited at all."""
    if not idea.co_author_count:
        return None
    found = db.session.get(CoAuthor, (idea.id, person.id))
    return found.state if found else None


def find_co_author(person: Person, idea: Idea) -> CoAuthor | None:
    return db.session.get(CoAuthor, (idea.id, person.id))


def co_authors_of(idea: Idea) -> list[CoAuthor]:
    """Invited ones and those who agreed, in the order of their invitations."""
    if not idea.co_author_count:
        return []
    named = select(CoAuthor).where(CoAuthor.idea_id == idea.id, CoAuthor.state.in_(("invited", "accepted")))
    with_names = named.options(joinedload(CoAuthor.person).lazyload(Person.roles))
    return list(db.session.scalars(with_names.order_by(CoAuthor.invited_at, CoAuthor.person_id)))


def invitations_of(person: Person) -> list[Idea]:
    """Ideas that wait for this person's answer."""
    return _named_in(person, "invited")


def ideas_written_along(person: Person) -> list[Idea]:
    """Ideas of others that this person writes along with."""
    return _named_in(person, "accepted")


def _named_in(person: Person, state: str) -> list[Idea]:
    ideas = select(Idea).join(CoAuthor, CoAuthor.idea_id == Idea.id).options(joinedload(Idea.call))
    chosen = ideas.where(CoAuthor.person_id == person.id, CoAuthor.state == state)
    open_ones = chosen.where(Idea.state.in_(("draft", "waiting", "published")))
    return list(db.session.scalars(open_ones.order_by(CoAuthor.invited_at.desc(), Idea.id.desc())))


def invitations_sent(author: Person, since: datetime) -> int:
    """How many people the author has asked since this moment, over all their ideas."""
    sent = select(func.count()).select_from(CoAuthor).join(Idea, Idea.id == CoAuthor.idea_id)
    return db.session.scalar(sent.where(Idea.author_id == author.id, CoAuthor.invited_at >= since)) or 0


def times_asked(idea: Idea) -> int:
    """How many people were ever asked, whatever they said."""
    return db.session.scalar(select(func.count()).where(CoAuthor.idea_id == idea.id)) or 0
