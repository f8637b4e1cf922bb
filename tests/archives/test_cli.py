from ideenlab.archives.actions import write_note
from ideenlab.archives.queries import due_notes
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.jobs import JOBS, run_job
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_hackathon, a_person
from tests.jury.world import handed_in


def over(days=1, **values):
    return a_hackathon(starts_at=now() - (days + 1) * DAY, ends_at=now() - days * DAY, **values)


def mails():
    return sorted((mail.recipient, mail.subject) for mail in db.session.query(Mail))


def test_team_and_organisers_are_reminded_once_of_what_is_missing(app):
    member, other, organiser = a_person(), a_person(), a_person("organiser")
    hackathon = over(190)
    handed_in(hackathon, member, team="Die Vergesslichen")
    written = handed_in(hackathon, other)
    with transaction():
        write_note(other, prototype=written, months=6, text="Läuft.", revision=0)
    for _time in range(2):
        assert run_job(app, JOBS["archives.remind"])
    assert [to for to, _subject in mails()] == sorted([member.email, organiser.email])
    handed_in(over(10), a_person())  # too early
    handed_in(over(280), a_person())  # too long ago for the first, too early for the second
    handed_in(over(190, rehearsal_of_id=hackathon.id), a_person())
    with transaction():
        assert [due.prototype.team.name for due in due_notes(now())] == ["Die Vergesslichen"]
