"""What is swept when somebody is erased is what named them, and nothing else."""

from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment
from ideenlab.core.db import db, transaction
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import comment_on_idea, give_idea, publish_idea
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.mail.actions import queue_mail
from ideenlab.mail.models import Mail
from ideenlab.privacy.actions import erase_person
from tests.factories import a_call, a_person


def test_a_name_or_an_address_chosen_to_do_harm_does_none(app):
    """`CC BY`, `https` and `max@…` stand in what was written to and about others."""
    theirs = "mad.max@example.org"
    other = a_person(email=theirs)
    number = other.id
    with transaction():
        idea = give_idea(other, call=a_call(), title="Bänke am Fluss", text="Wir brauchen sie alle.", topic=None)
        publish_idea(other, idea=idea, agrees_to_licence=True)
        said = comment_on_idea(other, idea=idea, parent=None, text="Mehr bei post@https.de und @https")
        comment = said.id
    for name, address in (("CC", "max@example.org"), ("https", "x@example.org")):
        rogue = a_person(pseudonym=name, email=address)
        with transaction():
            queue_mail(recipient=theirs, subject="https hilft", text=f"https kommt: https://x.de/{name}\n")
        with transaction():
            erase_person(None, person=rogue, way="everything")
    notes = select(Entry.note).where(Entry.deed == "ideas.published")
    assert (db.session.scalar(notes), db.session.get(Person, number).email) == (LICENCE, theirs)
    mails = db.session.execute(select(Mail.recipient, Mail.subject, Mail.text).order_by(Mail.id.desc())).all()
    assert mails[0] == (theirs, "[gelöscht] hilft", "[gelöscht] kommt: https://x.de/https\n")
    assert {mail.recipient for mail in mails} == {theirs}
    assert db.session.get(Comment, comment).text == "Mehr bei post@https.de und @https"
