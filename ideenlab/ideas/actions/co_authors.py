"""Writing an idea together: asked, agreed or declined, left."""

from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person_by_pseudonym
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.models import MOST_CO_AUTHORS, CoAuthor, Idea
from ideenlab.ideas.queries import find_co_author, invitations_sent, times_asked
from ideenlab.ideas.rules import may_answer_invitation, may_invite, may_leave_idea, may_remove_co_author
from ideenlab.notifications.actions import tell

MOST_ASKED = 10  # people for one idea, those who declined or left included
MOST_A_DAY = 20  # by one author over all ideas


def invite_co_author(author: Person, *, idea: Idea, pseudonym: str) -> CoAuthor:
    """Ask somebody to write along. Nobody else sees it before they agree."""
    at = now()
    require(may_invite(author, idea, at))
    person = find_person_by_pseudonym(pseudonym)
    if person is None or person.state != "active":
        raise Invalid(_("Nobody here has this pseudonym. Please look how it is written."), field="pseudonym")
    if person.id == author.id:
        raise Invalid(_("This is your own pseudonym."), field="pseudonym")
    if known := find_co_author(person, idea):
        raise Invalid(_why_not_again(known.state, person.pseudonym), field="pseudonym")
    if times_asked(idea) >= MOST_ASKED:
        raise Invalid(_("For one idea you can ask at most %(most)s people.", most=MOST_ASKED), field="pseudonym")
    if invitations_sent(author, at - timedelta(days=1)) >= MOST_A_DAY:
        raise Invalid(_("You have asked many people today. Please go on tomorrow."), field="pseudonym")
    _count(idea, 1)
    asked = CoAuthor(idea_id=idea.id, person_id=person.id, invited_at=at)
    db.session.add(asked)
    record(author, "ideas.co_author_invited", idea)
    tell(person, "ideas/invited", idea=idea, author=author)
    db.session.flush()
    return asked


def _why_not_again(state: str, name: str) -> str:
    return {
        "invited": _("%(name)s is invited already.", name=name),
        "accepted": _("%(name)s writes along already.", name=name),
        "declined": _("%(name)s does not want to write along.", name=name),
        "gone": _("%(name)s wrote along before and does no longer.", name=name),
    }[state]


def answer_invitation(person: Person, *, idea: Idea, accepts: bool) -> None:
    """Agree, and be named with the idea, or decline, and never be asked for it again."""
    require(may_answer_invitation(person, idea, now()))
    _change_state(person, idea, "invited", "accepted" if accepts else "declined")
    if not accepts:
        _count(idea, -1)
    record(person, "ideas.co_author_accepted" if accepts else "ideas.co_author_declined", idea)
    if idea.author:
        tell(idea.author, "ideas/invitation_answered", idea=idea, name=person.pseudonym, accepts=accepts)
    db.session.flush()


def leave_idea(person: Person, *, idea: Idea) -> None:
    """No longer write along. What was written stays."""
    require(may_leave_idea(person, idea))
    _take_away(idea, person)
    record(person, "ideas.co_author_left", idea)
    db.session.flush()


def remove_co_author(author: Person, *, idea: Idea, person: Person) -> None:
    """Take an invitation back, or end the writing together."""
    require(may_remove_co_author(author, idea))
    _take_away(idea, person)
    record(author, "ideas.co_author_removed", idea)
    db.session.flush()


def _take_away(idea: Idea, person: Person) -> None:
    known = find_co_author(person, idea)
    if known is None or known.state not in ("invited", "accepted"):
        raise Conflict(_("This person does not write along any more."))
    _change_state(person, idea, known.state, "gone")
    _count(idea, -1)


def _change_state(person: Person, idea: Idea, before: str, after: str) -> None:
    """Only once, whoever else does the same at this moment."""
    mine = CoAuthor.idea_id == idea.id, CoAuthor.person_id == person.id, CoAuthor.state == before
    changed = db.session.execute(
        update(CoAuthor).where(*mine).values(state=after, answered_at=now()),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("This invitation was answered before."))
    if known := find_co_author(person, idea):
        db.session.refresh(known)


def _count(idea: Idea, step: int) -> None:
    """The database has the last word on how many."""
    new = Idea.co_author_count + step
    changed = db.session.execute(
        update(Idea).where(Idea.id == idea.id, new >= 0, new <= MOST_CO_AUTHORS).values(co_author_count=new),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Invalid(_("At most %(most)s people can write along.", most=MOST_CO_AUTHORS), field="pseudonym")
    db.session.refresh(idea, ["co_author_count"])
