import pytest

from ideenlab.core.db import db, transaction
from ideenlab.mail.models import Mail
from ideenlab.notifications.actions import tell
from tests.factories import a_person


def mails():
    db.session.rollback()
    return db.session.query(Mail).order_by(Mail.id).all()


@pytest.mark.parametrize(
    ("language", "subject", "link"),
    [("de", "Ihr Konto ist fertig", "http://localhost/anmelden"), ("en", "Your account is ready", "http://localhost/en/anmelden")],
)  # fmt: skip
def test_people_are_told_in_their_language_with_links_to_us(app, language, subject, link):
    person = a_person(language=language, pseudonym="Eva <b>")
    with transaction():
        tell(person, "accounts/guardian_agreed")
    [mail] = mails()
    assert (mail.recipient, mail.subject) == (person.email, subject)
    assert "Eva <b>" in mail.text
    assert link in mail.text.split()


def test_the_same_thing_is_told_once(app):
    person = a_person()
    for _time in range(2):
        with transaction():
            tell(person, "accounts/guardian_agreed", once_key="agreed")
    assert len(mails()) == 1


@pytest.mark.parametrize("values", [{"email": None}, {"state": "closed"}])
def test_who_cannot_or_must_not_be_written_to_is_not(app, values):
    with transaction():
        tell(a_person(**values), "accounts/guardian_agreed")
    assert mails() == []


def test_what_is_refused_tells_nobody(app):
    person = a_person()
    try:
        with transaction():
            tell(person, "accounts/guardian_agreed")
            raise ValueError
    except ValueError:
        assert mails() == []
