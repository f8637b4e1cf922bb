import json

import pytest

from ideenlab.accounts.actions import start_sign_in
from ideenlab.accounts.queries import find_sign_in
from ideenlab.core.db import db, transaction
from tests.factories import a_person


@pytest.fixture
def run(app):
    def run(*words):
        db.session.rollback()
        result = app.test_cli_runner().invoke(args=["accounts", *words])
        return result.exit_code, result.output

    return run


def test_a_role_is_given_and_taken_at_the_command_line(app, run):
    a_person("administrator")
    person = a_person(email="eva@example.org", pseudonym="Eva")
    assert run("grant", "EVA@Example.org", "moderator") == (0, "Eva is moderator now.\n")
    db.session.refresh(person)
    assert [role.name for role in person.roles] == ["moderator"]
    with transaction():
        secret = start_sign_in(person, device="")
    assert run("revoke", "eva@example.org", "moderator") == (0, "Eva is no longer moderator.\n")
    assert find_sign_in(secret) is None


@pytest.mark.parametrize("words", [("grant", "nobody@example.org", "juror"), ("revoke", "no address", "juror")])
def test_nobody_with_this_address_is_said_in_one_line(run, words):
    status, output = run(*words)
    assert status == 1
    assert output.startswith("Error: Nobody has the address")


def test_what_the_rules_refuse_is_refused_here_too(run):
    a_person("administrator", email="boss@example.org")
    status, output = run("revoke", "boss@example.org", "administrator")
    assert (status, output.count("\n")) == (1, 1)
    assert run("grant", "boss@example.org", "king")[0] == 2


def test_everybody_with_a_role_is_listed(run):
    a_person(email="citizen@example.org")
    a_person("juror", "moderator", email="zoe@example.org", pseudonym="Zoe")
    a_person("organiser", email="ada@example.org", pseudonym="Ada")
    assert run("list") == (0, "ada@example.org\tAda\torganiser\nzoe@example.org\tZoe\tjuror, moderator\n")
    output = run("list", "--json")[1]
    assert json.loads(output)[0] == {"email": "ada@example.org", "pseudonym": "Ada", "roles": ["organiser"]}


def test_a_lost_second_step_is_forgotten_after_somebody_made_sure(run):
    person = a_person("organiser", email="lost@example.org", totp_secret="A" * 32)
    assert run("reset-second-factor", "lost@example.org")[0] == 0
    db.session.refresh(person)
    assert person.totp_secret is None
