from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotFound
from ideenlab.mail.models import Mail
from ideenlab.mail.queries import get_mail, is_mail_due, latest_mails

MINUTE = timedelta(minutes=1)


def a_mail(**values):
    with transaction():
        mail = Mail(**{"recipient": "a@x.de", "subject": "s", "text": "t", **values})
        db.session.add(mail)
    return mail


@pytest.mark.parametrize(
    ("values", "due"),
    [
        (dict, True), (lambda: {"sent_at": now()}, False), (lambda: {"given_up_at": now()}, False),
        (lambda: {"due_at": now() + MINUTE}, False), (lambda: {"claimed_until": now() + MINUTE}, False),
        (lambda: {"claimed_until": now() - MINUTE}, True),
    ],
)  # fmt: skip
def test_which_mail_is_due(app, values, due):
    a_mail(**values())
    assert is_mail_due() is due


def test_the_latest_mail_comes_first(app):
    first, second = a_mail(created_at=now() - MINUTE), a_mail()
    assert latest_mails() == [second, first]


@pytest.mark.parametrize("number", [0, 1, -1, 2**31, 10**30])
def test_a_mail_that_is_not_there_is_not_found(app, number):
    with pytest.raises(NotFound):
        get_mail(number)
