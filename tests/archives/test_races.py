from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.archives.actions import archive_hackathon, thank_everybody, write_note
from ideenlab.archives.models import AfterNote
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.models import Entry
from ideenlab.mail.models import Mail
from ideenlab.prototypes.models import Prototype
from tests.archives.test_views import over
from tests.factories import a_person, a_registration
from tests.jury.world import handed_in
from tests.teams.test_races import all_at_once


def test_people_are_thanked_once_and_nobody_overwrites_a_note_unseen(app):
    hackathon, writer = over(200), a_person()
    prototype = handed_in(hackathon, writer).id
    guest = a_registration(hackathon).person.email
    number, people = hackathon.id, [a_person("organiser").id for _number in range(4)]

    def at_once(deed):
        return all_at_once(app, [lambda person=person: deed(db.session.get(Person, person)) for person in people])

    def found():
        return db.session.get(Hackathon, number)

    assert at_once(lambda who: thank_everybody(who, hackathon=found(), text="Danke!")) == 1
    assert db.session.scalar(select(func.count()).where(Mail.recipient == guest)) == 1

    def note(who):
        return write_note(
            who, prototype=db.session.get(Prototype, prototype), months=6, text=f"Von {who.pseudonym}", revision=0
        )

    assert at_once(note) == 1
    assert [each.revision for each in db.session.scalars(select(AfterNote))] == [1]
    assert at_once(lambda who: archive_hackathon(who, hackathon=found())) == 1
    assert db.session.scalar(select(func.count()).where(Entry.deed == "archives.archived")) == 1
