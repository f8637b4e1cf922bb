from datetime import timedelta

import pytest

from ideenlab.accounts.actions import issue_token, start_sign_in
from ideenlab.accounts.models import SignIn
from ideenlab.accounts.queries import (
    administrators,
    find_code,
    find_people,
    find_person,
    find_person_by_email,
    find_person_by_pseudonym,
    find_sign_in,
    find_token,
    get_person,
    people_with_roles,
    sign_ins_of,
)
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotFound
from tests.factories import a_person

DAY = timedelta(days=1)


def test_people_are_found_by_number_address_and_pseudonym(app):
    person = a_person(pseudonym="Nächtliche Eule", email="eva@example.org")
    assert find_person(person.id) is get_person(person.id) is person
    assert find_person_by_email("eva@example.org") is person
    assert find_person_by_pseudonym("NAECHTLICHE EULE") is person
    assert find_person_by_email("eve@example.org") is None


@pytest.mark.parametrize("number", [0, -1, 99999, 2**31, 10**30])
def test_a_number_nobody_has_is_not_found(app, number):
    assert find_person(number) is None
    with pytest.raises(NotFound):
        get_person(number)


def test_organisers_find_people_by_a_part_of_the_name_or_the_whole_address(app):
    a_person(pseudonym="Unbestätigte Eule", state="unconfirmed")
    second, first = a_person(pseudonym="Waldeule", email="w@example.org"), a_person("juror", pseudonym="Eulenspiegel")
    assert find_people("eule") == [first, second]
    assert find_people("W@EXAMPLE.org") == [second]
    assert find_people("example") == find_people("%") == find_people("_") == []
    assert find_people("") == people_with_roles() == [first]
    assert find_people("eule", limit=1) == [first]


def test_only_active_administrators_count(app):
    boss = a_person("administrator", "juror")
    a_person("administrator", state="closed")
    assert [role.person_id for role in administrators()] == [boss.id]


def test_a_sign_in_that_has_run_out_or_whose_owner_is_gone_is_none(app):
    person = a_person()
    with transaction():
        secret = start_sign_in(person, device="")
    assert find_sign_in(secret) is not None
    with transaction():
        db.session.query(SignIn).update({"expires_at": now()})
    assert find_sign_in(secret) is None
    with transaction():
        db.session.query(SignIn).update({"expires_at": now() + DAY})
        person.state = "closed"
    assert find_sign_in(secret) is None


def test_finding_a_sign_in_with_its_roles_costs_one_query(app, count_queries):
    person = a_person("juror", "moderator")
    with transaction():
        secret = start_sign_in(person, device="")
    db.session.remove()
    assert count_queries(lambda: find_sign_in(secret).person.has_role("moderator")) == 1


def test_sign_ins_are_listed_the_latest_first(app):
    person, stranger = a_person(), a_person()
    with transaction():
        for device in ("old", "new"):
            start_sign_in(person, device=device)
        db.session.flush()
        db.session.query(SignIn).filter_by(device="old").update({"last_seen_at": now() - DAY})
        start_sign_in(stranger, device="foreign")
    assert [sign_in.device for sign_in in sign_ins_of(person)] == ["new", "old"]


def test_a_token_is_found_for_its_purpose_until_it_is_used_or_has_run_out(app):
    person = a_person()
    with transaction():
        secret = issue_token(person, purpose="password", address="a@x.de")
    token = find_token(secret, purpose="password")
    assert (token.person, token.address) == (person, "a@x.de")
    assert find_token(secret, purpose="confirm") is None
    assert find_token("", purpose="password") is None
    with transaction():
        token.used_at = now()
    assert find_token(secret, purpose="password") is None
    with transaction():
        token.used_at, token.expires_at = None, now()
    assert find_token(secret, purpose="password") is None


def test_a_code_needs_the_browser_that_asked(app):
    person = a_person()
    with transaction():
        issue_token(person, purpose="sign_in", address="a@x.de", secret="browser:12345678")
    assert find_code("browser", "12345678", purpose="sign_in") is not None
    assert find_code("other", "12345678", purpose="sign_in") is None
    assert find_code("", "browser:12345678", purpose="sign_in") is None
    assert find_code("browser", "12345678", purpose="fresh") is None
