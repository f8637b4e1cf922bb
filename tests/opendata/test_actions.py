import pytest
from sqlalchemy import select

from ideenlab.accounts.actions import end_sign_ins
from ideenlab.accounts.models import ApiToken
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed, NotFound
from ideenlab.opendata.actions import make_key, note_use, revoke_key
from ideenlab.opendata.queries import find_key, get_key, keys_of
from ideenlab.opendata.rules import MOST_KEYS, SCOPES
from tests.factories import a_person

GOOD = {"name": "Webseite", "scopes": ["ideas:write", "admin"], "days": 7}


def test_only_the_hash_of_a_key_is_kept_and_it_can_be_ended(app):
    person = a_person()
    with transaction():
        key, secret = make_key(person, **GOOD)
        assert key.scopes == "ideas:write"
    kept = db.session.execute(select(ApiToken.__table__)).mappings().one()
    assert secret not in str(dict(kept))
    with transaction():
        found = find_key(secret)
        note_use(found)
        revoke_key(person, key=found)
    assert (keys_of(person), find_key("x" * 43)) == ([], None)
    with pytest.raises(NotFound):
        get_key(a_person(), kept["id"])
    with pytest.raises(NotAllowed), transaction():
        revoke_key(a_person(), key=find_key(secret))
    with transaction():
        _key, secret = make_key(person, **GOOD)
        end_sign_ins(person)  # as after a new password
    assert find_key(secret).revoked_at


@pytest.mark.parametrize("wrong", [{"name": " "}, {"scopes": []}, {"scopes": ["admin"]}, {"days": 0}, {"days": 366}])
def test_what_is_missing_or_too_much_is_refused(app, wrong):
    with pytest.raises(Invalid), transaction():
        make_key(a_person(), **{**GOOD, **wrong})
    assert db.session.scalars(select(ApiToken)).all() == []


def test_nobody_has_more_than_ten_keys(app):
    person = a_person()
    with transaction():
        for _ in range(MOST_KEYS):
            make_key(person, name="x", scopes=SCOPES, days=1)
    with pytest.raises(NotAllowed), transaction():
        make_key(person, name="x", scopes=SCOPES, days=1)
