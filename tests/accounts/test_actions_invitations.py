import pytest

from ideenlab.accounts.actions import issue_token, person_for_invitation, start_sign_in
from ideenlab.accounts.queries import find_sign_in, find_token
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from tests.factories import a_person


def test_who_is_invited_becomes_an_active_person_without_a_password(app):
    with transaction():
        person = person_for_invitation(" Juror@Example.ORG ", pseudonym="Dr. Ada")
    assert (person.email, person.pseudonym, person.state, person.password_hash) == (
        "juror@example.org", "Dr. Ada", "active", None,
    )  # fmt: skip


def test_who_has_an_account_keeps_it(app):
    known = a_person(email="known@example.org", pseudonym="Known", password_hash="kept")
    with transaction():
        assert person_for_invitation("known@example.org", pseudonym="Other") is known
    assert (known.pseudonym, known.password_hash) == ("Known", "kept")


def test_a_taken_pseudonym_gets_a_number(app):
    a_person(pseudonym="Ada")
    with transaction():
        person = person_for_invitation("second@example.org", pseudonym="ADA")
    assert person.pseudonym.startswith("ADA ")


def test_what_a_stranger_set_up_with_a_foreign_address_is_dropped(app):
    person = a_person(email="victim@example.org", state="unconfirmed", password_hash="of the attacker")
    with transaction():
        link = issue_token(person, purpose="confirm", address="victim@example.org")
    with transaction():
        assert person_for_invitation("victim@example.org", pseudonym="Juror") is person
    assert person.password_hash is None
    assert find_token(link, purpose="confirm") is None


@pytest.mark.parametrize("email", ["", "nobody", "a@x.de,b@y.de"])
def test_an_invitation_needs_one_address(app, email):
    with pytest.raises(Invalid), transaction():
        person_for_invitation(email, pseudonym="Juror")


def test_nobody_is_invited_into_a_closed_account(app):
    a_person(email="gone@example.org", state="closed")
    with pytest.raises(Invalid), transaction():
        person_for_invitation("gone@example.org", pseudonym="Juror")


def test_a_sign_in_is_found_by_its_secret_alone(app):
    person = a_person()
    with transaction():
        secret = start_sign_in(person, device="Firefox", second_factor=True)
    sign_in = find_sign_in(secret)
    assert sign_in.person is person
    assert sign_in.second_factor_at is not None
    assert secret not in (sign_in.secret_hash, sign_in.device)
    assert find_sign_in("") is None
    assert find_sign_in(sign_in.secret_hash) is None


@pytest.mark.parametrize("state", ["unconfirmed", "waiting_for_guardian", "closed"])
def test_only_active_people_are_signed_in(app, state):
    person = a_person(state=state)
    with pytest.raises(NotAllowed), transaction():
        start_sign_in(person, device="")
    assert db.session.is_active
