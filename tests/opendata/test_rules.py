from datetime import timedelta

import pytest

from ideenlab.accounts.models import ApiToken, Person
from ideenlab.core.clock import now
from ideenlab.opendata.rules import MOST_KEYS, is_living, may_make_key, may_revoke_key, may_use_key

DAY = timedelta(days=1)


def someone(**values):
    return Person(**{"id": 1, "state": "active", "is_guest": False, "suspended_reason": "", **values})


@pytest.mark.parametrize(
    ("person", "living", "allowed"),
    [
        (someone(), 0, True),
        (someone(), MOST_KEYS, False),
        (someone(is_guest=True), 0, False),
        (someone(suspended_until=now() + DAY), 0, False),
        (someone(suspended_until=now() - DAY), 0, True),
    ],
)
def test_who_may_make_a_key(app, person, living, allowed):
    assert bool(may_make_key(person, now(), living=living)) is allowed


def test_a_key_lives_until_it_is_ended_or_runs_out_or_its_person_leaves(app):
    at = now()
    for values, living in (
        ({}, True), ({"revoked_at": at}, False), ({"expires_at": at}, False),
        ({"person": someone(state="closed")}, False),
    ):  # fmt: skip
        assert is_living(ApiToken(**{"person": someone(), "expires_at": at + DAY, **values}), at) is living, values


def test_a_key_does_what_it_is_for_and_belongs_to_one_person(app):
    key = ApiToken(person_id=1, scopes="comments:write")
    assert may_use_key(key, "comments:write")
    assert "ideas:write" in may_use_key(key, "ideas:write").reason
    assert [bool(may_revoke_key(someone(id=number), key)) for number in (1, 2)] == [True, False]
