"""Asking to join a team and inviting into it. Nobody is in a team before somebody pressed a button for it."""

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.mailtext import write_mail
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.mail.actions import queue_mail
from ideenlab.notifications.actions import tell
from ideenlab.teams.actions.places import FETCHING, admit, lock_team
from ideenlab.teams.models import Approach, Team
from ideenlab.teams.queries import PURPOSE, find_open_approach, is_member, members_of, open_key_of
from ideenlab.teams.rules import (
    may_accept_invitation,
    may_accept_request,
    may_ask_to_join,
    may_decide_request,
    may_decline_invitation,
    may_invite,
    may_withdraw_approach,
)

LIFETIME = timedelta(days=7)


def ask_to_join(person: Person, *, team: Team, sentence: str, role: str) -> Approach:
    """Ask the members whether one may come. They are told, and any of them answers."""
    lock_team(team)
    require(may_ask_to_join(person, team, now()))
    _end_what_ran_out(team, person)
    approach = Approach(
        team=team, kind="asked", person=person, made_by=person, sentence=clean_line(sentence), role=clean_line(role),
        open_key=open_key_of(team, person),
    )  # fmt: skip
    _keep(approach)
    record(person, "teams.asked", team)
    for member in members_of(team):
        tell(member, "teams/asked", kind="hackathon", team=team, approach=approach, asking=person)
    db.session.flush()
    return approach


def accept_request(member: Person, *, approach: Approach) -> None:
    """Take somebody in who asked. Raises Conflict when the place or the person was taken meanwhile."""
    lock_team(approach.team)
    db.session.refresh(approach)
    require(may_accept_request(member, approach, now()))
    person = approach.person
    assert person is not None
    _answer(approach, "accepted", member)
    admit(person, team=approach.team, deed="teams.request_accepted", by=member, role=approach.role)
    tell(person, "teams/accepted", kind="hackathon", team=approach.team)
    db.session.flush()


def decline_request(member: Person, *, approach: Approach) -> None:
    db.session.refresh(approach)
    require(may_decide_request(member, approach, now()))
    _answer(approach, "declined", member)
    record(member, "teams.request_declined", approach.team)
    if approach.person:
        tell(approach.person, "teams/declined", kind="hackathon", team=approach.team)
    db.session.flush()


def invite_person(member: Person, *, team: Team, person: Person, sentence: str) -> Approach:
    """Invite by pseudonym. Whether they have a place or a team is not said: they see it when they answer."""
    lock_team(team)
    require(may_invite(member, team, now()))
    if is_member(person, team):
        raise Invalid(_("This person is in your team already."), field="pseudonym")
    _end_what_ran_out(team, person)
    waiting = find_open_approach(team, person)
    if waiting:
        asked = _("This person has asked you. You can accept the request on the page of your team.")
        raise Invalid(asked if waiting.kind == "asked" else _("You have invited this person already."),
                      field="pseudonym")  # fmt: skip
    approach = _invitation(member, team, sentence, person=person, open_key=open_key_of(team, person))
    _keep(approach)
    record(member, "teams.invited", team, note=str(person.id))
    tell(person, "teams/invited", kind="hackathon", team=team, approach=approach, inviting=member)
    db.session.flush()
    return approach


def invite_address(member: Person, *, team: Team, email: str, sentence: str) -> Approach:
    """Invite by mail. It is the same whether somebody has an account with this address or not.

    The words of the invitation are read on its page only: nothing typed here goes to a stranger's mailbox.
    """
    lock_team(team)
    require(may_invite(member, team, now()))
    _end_what_ran_out(team, None, email)
    if find_open_approach(team, None, email):
        raise Invalid(_("You have invited this address already."), field="email")
    secret = new_secret()
    approach = _invitation(
        member, team, sentence, email=email, secret_hash=hash_secret(secret, purpose=PURPOSE),
        open_key=open_key_of(team, None, email),
    )  # fmt: skip
    _keep(approach)
    record(member, "teams.invited_address", team)
    subject, text = write_mail("teams/invited_address", team=team, inviting=member, approach=approach, secret=secret)
    queue_mail(recipient=email, subject=subject, text=text)
    db.session.flush()
    return approach


def accept_invitation(person: Person, *, approach: Approach, by_link: bool = False) -> None:
    """Come into the team that has invited one. The link of a mail works once."""
    lock_team(approach.team)
    db.session.refresh(approach)
    require(may_accept_invitation(person, approach, now(), by_link=by_link))
    _answer(approach, "accepted", person)
    admit(person, team=approach.team, deed="teams.invitation_accepted", by=person, role=approach.role)
    db.session.flush()


def decline_invitation(person: Person, *, approach: Approach, by_link: bool = False) -> None:
    db.session.refresh(approach)
    require(may_decline_invitation(person, approach, now(), by_link=by_link))
    _answer(approach, "declined", person)
    if approach.made_by and is_member(approach.made_by, approach.team):
        tell(approach.made_by, "teams/invitation_declined", kind="hackathon", team=approach.team,
             whom=person.pseudonym if approach.person_id else "")  # fmt: skip
    db.session.flush()


def withdraw_approach(person: Person, *, approach: Approach) -> None:
    db.session.refresh(approach)
    require(may_withdraw_approach(person, approach))
    _answer(approach, "withdrawn", person)
    db.session.flush()


def forget_addresses() -> int:
    """End the invitations to addresses that nobody answered in time, and forget the addresses. Gives their number."""
    over = update(Approach).where(Approach.state == "open", Approach.kind == "invited", Approach.expires_at <= now())
    ended = {"state": "withdrawn", "open_key": None, "secret_hash": None, "email": None, "decided_at": now()}
    done = db.session.execute(over.values(**ended).execution_options(synchronize_session="fetch"))
    return int(done.rowcount)  # type: ignore[attr-defined]


def _invitation(member: Person, team: Team, sentence: str, **values: object) -> Approach:
    return Approach(
        team=team, kind="invited", made_by=member, sentence=clean_line(sentence), expires_at=now() + LIFETIME, **values
    )


def _keep(approach: Approach) -> None:
    db.session.add(approach)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("In another window you have just asked the same.")) from error


def _answer(approach: Approach, state: str, person: Person) -> None:
    """Of two answers at once, one counts. What was needed for answering, also a stranger's address, is forgotten."""
    answered = db.session.execute(
        update(Approach)
        .where(Approach.id == approach.id, Approach.state == "open")
        .values(state=state, decided_at=now(), decided_by_id=person.id, open_key=None, secret_hash=None, email=None)
        .execution_options(**FETCHING)
    )
    if not answered.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("This has been answered or withdrawn already."))


def _end_what_ran_out(team: Team, person: Person | None, email: str | None = None) -> None:
    """An invitation that nobody answered in time does not stand in the way of a new one."""
    old = find_open_approach(team, person, email)
    if old and old.expires_at is not None and old.expires_at <= now():
        old.state, old.decided_at, old.open_key, old.secret_hash, old.email = "withdrawn", now(), None, None, None
        db.session.flush()
