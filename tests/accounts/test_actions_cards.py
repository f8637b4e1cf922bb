from datetime import timedelta

import pytest

from ideenlab.accounts.actions import new_card, person_without_address, redeem_card
from ideenlab.accounts.models import Token
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from tests.factories import a_person


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def test_a_card_signs_in_as_often_as_wanted_until_a_new_one_is_made(app):
    person = run(person_without_address, pseudonym=" Fuchs ", age_band="under_16")
    first = run(new_card, person)
    assert (person.pseudonym, person.email, person.state) == ("Fuchs", None, "active")
    for typed in (first, first.lower(), f" {first[:4]}-{first[4:8]} - {first[8:]}"):
        assert redeem_card(typed) is person
    second = run(new_card, person)
    assert (redeem_card(first), redeem_card(second)) == (None, person)
    assert second not in {token.secret_hash for token in db.session.query(Token)}
    with transaction():
        db.session.query(Token).filter_by(purpose="card").one().expires_at = now() - timedelta(seconds=1)
    assert redeem_card(second) is None
    assert redeem_card("") is None


def test_whoever_has_a_mailbox_or_a_role_has_no_card(app):
    for person in (a_person(), a_person("organiser", email=None)):
        with pytest.raises(NotAllowed):
            run(new_card, person)
    holder = run(person_without_address, pseudonym="Dachs", age_band="adult")
    code = run(new_card, holder)
    with transaction():
        holder.email = "dachs@example.org"
    assert redeem_card(code) is None


def test_two_people_never_have_one_name(app):
    a_person(pseudonym="Fuchs")
    for name in ("fuchs", "admin", " "):
        with pytest.raises(Invalid) as refused:
            run(person_without_address, pseudonym=name, age_band="adult")
        assert refused.value.field == "pseudonym"
