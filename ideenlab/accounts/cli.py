import json

import click
from flask import Blueprint

from ideenlab.accounts import actions
from ideenlab.accounts.models import ROLES, Person
from ideenlab.accounts.queries import find_person_by_email, people_with_roles
from ideenlab.core.db import transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.core.text import normalise_email

blueprint = Blueprint("accounts_cli", __name__, cli_group="accounts")


def _known(address: str) -> Person:
    email = normalise_email(address)
    person = find_person_by_email(email) if email else None
    if person is None:
        raise click.ClickException(f"Nobody has the address {address}. People sign up at /registrieren first.")
    return person


@blueprint.cli.command("grant")
@click.argument("address")
@click.argument("role", type=click.Choice(ROLES))
def grant(address: str, role: str) -> None:
    """Give the person with this ADDRESS a ROLE."""
    with transaction():
        person = _known(address)
        try:
            actions.give_role(None, person=person, name=role)
        except NotAllowed as refused:
            raise click.ClickException(str(refused)) from None
        name = person.pseudonym
    click.echo(f"{name} is {role} now.")


@blueprint.cli.command("revoke")
@click.argument("address")
@click.argument("role", type=click.Choice(ROLES))
def revoke(address: str, role: str) -> None:
    """Take a ROLE from the person with this ADDRESS and sign them out everywhere."""
    with transaction():
        person = _known(address)
        try:
            actions.take_role(None, person=person, name=role)
        except NotAllowed as refused:
            raise click.ClickException(str(refused)) from None
        name = person.pseudonym
    click.echo(f"{name} is no longer {role}.")


@blueprint.cli.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON list instead of lines.")
def list_people(*, as_json: bool) -> None:
    """List the people who have a role."""
    people = [(person, sorted(role.name for role in person.roles)) for person in people_with_roles()]
    if as_json:
        rows = [{"email": one.email, "pseudonym": one.pseudonym, "roles": roles} for one, roles in people]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for person, roles in people:
        click.echo(f"{person.email}\t{person.pseudonym}\t{', '.join(roles)}")


@blueprint.cli.command("reset-second-factor")
@click.argument("address")
def reset_second_factor(address: str) -> None:
    """Let somebody who lost app and recovery codes set up the second step anew. Make sure first who it is."""
    with transaction():
        person = _known(address)
        actions.forget_second_factor(person)
        actions.end_sign_ins(person)
    click.echo("The second step is forgotten; it is asked for at the next sign-in where a role needs it.")
