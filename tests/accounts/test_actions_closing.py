"""Who is gone holds nothing that others wait for."""

import pytest

from ideenlab.accounts.actions import close_account, reopen_account
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.models import Registration
from ideenlab.history.models import Entry
from ideenlab.jury.models import Ballot
from ideenlab.mail.models import Mail
from ideenlab.mentors.actions import take_help_request
from ideenlab.teams.actions import ask_to_join, mark_handed_in
from ideenlab.teams.queries import find_team_of, members_of
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_registration, a_team
from tests.jury.world import a_juror
from tests.mentors.world import a_help_request, a_mentor


@pytest.fixture
def boss(app):
    return a_person("administrator")


def close(boss, person):
    with transaction():
        close_account(boss, person=person)


def subjects(person):
    return [mail.subject for mail in db.session.query(Mail).filter_by(recipient=person.email).order_by(Mail.id)]


def test_the_place_goes_to_who_waits_longest(boss):
    hackathon = a_hackathon(title="Hase")
    gone, over = a_registration(hackathon, diet="vegan"), a_registration(a_hackathon(ends_at=now() - DAY))
    over.person_id = gone.person_id
    waiting = a_registration(hackathon, state="waiting", ticket_code=None)
    asked = a_registration(a_hackathon(), gone.person, state="requested", ticket_code=None)
    with transaction():
        hackathon.places = hackathon.registered_count = 1
    close(boss, gone.person)
    assert [row.state for row in (gone, asked, over, waiting)] == ["cancelled", "cancelled", "registered", "offered"]
    assert (gone.diet, hackathon.registered_count) == ("", 1)
    assert subjects(waiting.person) == ["Ein Platz ist für Sie frei: Hase"]
    assert subjects(gone.person) == []
    with transaction():
        reopen_account(boss, person=gone.person)
    assert gone.state == "cancelled"


def test_the_team_goes_on_with_another_lead(boss):
    hackathon = a_hackathon()
    lead, second, third = a_person(), a_person(), a_person()
    team = a_team(hackathon, lead, second, third, name="Eins")
    close(boss, lead)
    assert (team.lead, team.member_count, list(members_of(team))) == (second, 2, [second, third])
    assert subjects(second) == subjects(third) == [f"{lead.pseudonym} hat Ihr Team verlassen"]
    row = db.session.query(Registration).filter_by(person_id=lead.id).one()
    assert (row.state, row.in_team) == ("cancelled", False)


def test_an_empty_team_dissolves_unless_it_has_handed_in(boss):
    hackathon = a_hackathon()
    alone, author, asking = a_person(), a_person(), a_registration(hackathon).person
    empty, done = a_team(hackathon, alone), a_team(hackathon, author)
    with transaction():
        ask_to_join(asking, team=empty, sentence="", role="")
        approach = ask_to_join(asking, team=done, sentence="", role="")
        mark_handed_in(done)
    for person in (asking, alone, author):
        close(boss, person)
    assert (bool(empty.dissolved_at), approach.state) == (True, "withdrawn")
    assert (done.dissolved_at, done.lead, find_team_of(author, hackathon)) == (None, author, done)
    states = {row.person_id: row.state for row in db.session.query(Registration)}
    assert states == {asking.id: "cancelled", alone.id: "cancelled", author.id: "registered"}


def test_what_is_over_keeps_its_people_and_what_is_archived_all(boss):
    person, other = a_person(), a_person()
    over = a_team(a_hackathon(ends_at=now() - DAY), person, other)
    archived = a_team(a_hackathon(archived_at=now()), person, other)
    juror = a_juror(archived.hackathon, person)
    close(boss, person)
    assert (list(members_of(over)), over.lead) == ([person, other], other)
    assert (list(members_of(archived)), archived.lead, juror.removed_at) == ([person, other], person, None)


def test_teams_hear_that_their_mentor_is_gone(boss):
    hackathon, member = a_hackathon(), a_person()
    mentor = a_mentor(hackathon)
    request = a_help_request(a_team(hackathon, member), member)
    with transaction():
        take_help_request(mentor.person, request=request)
    close(boss, mentor.person)
    assert (bool(mentor.ended_at), request.state, request.mentor_id) == (True, "open", None)
    assert subjects(member)[-1] == "Ihr Team wartet wieder auf Hilfe"


def test_a_juror_without_a_ballot_is_off_the_jury_and_other_ballots_count(boss):
    hackathon = a_hackathon()
    idle, busy = a_juror(hackathon), a_juror(hackathon, invitation_hash="x", code_hash="y")
    prototype = a_prototype(a_team(hackathon))
    with transaction():
        db.session.add(Ballot(juror=busy, prototype=prototype, state="submitted", revision=1))
    for juror in (idle, busy):
        close(boss, juror.person)
    assert (bool(idle.removed_at), busy.removed_at, busy.invitation_hash, busy.code_hash) == (True, None, None, None)


def test_the_history_says_what_became_of_it(boss):
    team = a_team(a_hackathon(), a_person())
    person = team.lead
    close(boss, person)
    deeds = [entry.deed for entry in db.session.query(Entry).order_by(Entry.id)]
    assert deeds == ["accounts.closed", "teams.left", "teams.dissolved", "hackathons.cancelled_with_account"]
