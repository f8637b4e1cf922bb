from datetime import timedelta

from ideenlab.accounts.actions import issue_token, start_sign_in
from ideenlab.accounts.models import FailedTry, Person, SignIn, Token
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.privacy.actions import retain
from tests.factories import a_person

DAY = timedelta(days=1)


def test_what_nobody_needs_any_more_goes_and_the_rest_stays(app):
    keep = [
        a_person(), a_person(state="unconfirmed", created_at=now() - 6 * DAY), a_person(created_at=now() - 900 * DAY),
        a_person(state="waiting_for_guardian", created_at=now() - 29 * DAY),
    ]  # fmt: skip
    old = a_person(state="unconfirmed", created_at=now() - 8 * DAY)
    a_person(state="waiting_for_guardian", created_at=now() - 31 * DAY)
    with transaction():
        issue_token(old, purpose="confirm", address=old.email)
        issue_token(keep[0], purpose="password", address=keep[0].email)
        issue_token(keep[0], purpose="address", address="x@example.org")
        start_sign_in(keep[0], device="kept")
        start_sign_in(keep[0], device="old")
        db.session.flush()
        db.session.query(Token).filter_by(purpose="address").update({"expires_at": now() - 2 * DAY})
        db.session.query(SignIn).filter_by(device="old").update({"expires_at": now() - DAY})
        for age in (0, 3):
            db.session.add(FailedTry(account_key="k", network="n", wider_network="w", at=now() - age * DAY))
    with transaction():
        numbers = retain()
    assert {name for name, number in numbers.items() if number == 1} == {
        "unconfirmed accounts", "accounts without a guardian", "links and codes", "sign-ins", "failed tries",
    }  # fmt: skip
    assert {person.id for person in db.session.query(Person)} == {person.id for person in keep}
    assert [sign_in.device for sign_in in db.session.query(SignIn)] == ["kept"]
    assert [token.purpose for token in db.session.query(Token)] == ["password"]
