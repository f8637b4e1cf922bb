"""Roles are given and taken, never claimed; accounts are closed and reopened."""

from ideenlab.accounts.actions.closing import give_everything_back
from ideenlab.accounts.actions.letters import write_to_person
from ideenlab.accounts.actions.sign_ins import end_sign_ins
from ideenlab.accounts.actions.tokens import kill_tokens
from ideenlab.accounts.models import Person, Role
from ideenlab.accounts.queries import administrators
from ideenlab.accounts.rules import may_close_account, may_give_role, may_reopen_account, may_take_role
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.history.actions import record


def give_role(actor: Person | None, *, person: Person, name: str) -> None:
    """`actor` None: somebody at the command line of the server."""
    require(may_give_role(actor, person=person, name=name))
    person.roles.append(Role(name=name))
    record(actor, "accounts.role_given", person, note=name)
    write_to_person(person, "role_given", role=name)
    db.session.flush()


def take_role(actor: Person | None, *, person: Person, name: str) -> None:
    """Take a role; what its owner had open with it is closed at once."""
    administrators(locked=True)
    require(may_take_role(actor, person=person, name=name))
    person.roles = [role for role in person.roles if role.name != name]
    end_sign_ins(person)
    record(actor, "accounts.role_taken", person, note=name)
    db.session.flush()


def close_account(actor: Person | None, *, person: Person) -> None:
    """Nobody signs in here any more, and others get what was kept for this person."""
    administrators(locked=True)
    require(may_close_account(actor, person=person))
    person.state = "closed"
    kill_tokens(person)
    end_sign_ins(person)
    record(actor, "accounts.closed", person)
    db.session.flush()
    give_everything_back(person)


def reopen_account(actor: Person | None, *, person: Person) -> None:
    require(may_reopen_account(actor, person=person))
    person.state = "active"
    record(actor, "accounts.reopened", person)
    db.session.flush()
