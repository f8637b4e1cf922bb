"""Ten at once, on a barrier, each in a session of its own: what the database holds afterwards is what counts."""

from threading import Barrier, Thread

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.hackathons.actions import cancel_registration
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.teams.actions import (
    accept_invitation,
    accept_request,
    ask_to_join,
    dissolve_team,
    found_team,
    invite_person,
    join_team,
    leave_team,
)
from ideenlab.teams.models import Approach, Membership, Team
from tests.factories import a_hackathon, a_person, a_registration, a_team

AT_ONCE = 10
ROUNDS = 3
REFUSALS = (Conflict, Invalid, NotAllowed)


def all_at_once(app, jobs):
    """How often it went well; any other fault than a refusal fails the test."""
    barrier, done, faults = Barrier(len(jobs)), [], []

    def work(job):
        with app.app_context():
            try:
                barrier.wait()
                with transaction():
                    job()
                done.append(job)
            except REFUSALS:
                pass
            except Exception as fault:
                faults.append(fault)
            finally:
                db.session.remove()

    db.session.rollback()
    threads = [Thread(target=work, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert faults == []
    return len(done)


def joining(person_id, hackathon_id, code):
    return lambda: join_team(
        db.session.get(Person, person_id), hackathon=db.session.get(Hackathon, hackathon_id), code=code
    )


def rows_of(team):
    return db.session.query(Membership).filter_by(team_id=team.id).count()


def test_the_last_place_of_a_team_is_given_once(app):
    for number in range(ROUNDS):
        hackathon = a_hackathon(team_size_max=3)
        team = a_team(hackathon, a_person(), a_person(), code=f"ABCD234{number}")
        people = [a_registration(hackathon).person_id for _number in range(AT_ONCE)]
        assert all_at_once(app, [joining(person, hackathon.id, team.code) for person in people]) == 1
        assert (team.member_count, rows_of(team)) == (3, 3)
        assert db.session.query(Registration).filter_by(hackathon_id=hackathon.id, in_team=True).count() == 3


def test_the_last_place_is_given_once_however_people_come(app):
    """By code, by a request that a member accepts, by an invitation: one of them all is in."""
    for number in range(ROUNDS):
        hackathon = a_hackathon(team_size_max=3)
        team = a_team(hackathon, a_person(), a_person(), code=f"ABCD234{number}")
        team_id, lead_id = team.id, team.lead_id
        people = [a_registration(hackathon).person_id for _number in range(9)]
        approaches = []
        with transaction():
            for place, person in enumerate(people[:6]):
                whom = db.session.get(Person, person)
                if place < 3:
                    made = ask_to_join(whom, team=team, sentence="Bitte", role="")
                else:
                    made = invite_person(team.lead, team=team, person=whom, sentence="")
                approaches.append(made.id)

        def answering(place, person, approaches=approaches, lead_id=lead_id):
            def answer():
                approach = db.session.get(Approach, approaches[place])
                if place < 3:
                    accept_request(db.session.get(Person, lead_id), approach=approach)
                else:
                    accept_invitation(db.session.get(Person, person), approach=approach)

            return answer

        jobs = [answering(place, person) for place, person in enumerate(people[:6])]
        jobs += [joining(person, hackathon.id, team.code) for person in people[6:]]
        assert all_at_once(app, jobs) == 1
        team = db.session.get(Team, team_id)
        assert (team.member_count, rows_of(team)) == (3, 3)
        assert db.session.query(Approach).filter_by(team_id=team_id, state="accepted").count() <= 1
        assert db.session.query(Registration).filter_by(hackathon_id=hackathon.id, in_team=True).count() == 3


def test_the_lead_stays_with_a_member_when_half_the_team_leaves_at_once(app):
    for _number in range(ROUNDS):
        team = a_team(a_hackathon(team_size_max=AT_ONCE), *[a_person() for _number in range(AT_ONCE)])
        people = [row.person_id for row in db.session.query(Membership).filter_by(team_id=team.id)]
        jobs = [
            lambda person=person, team_id=team.id: leave_team(
                db.session.get(Person, person), team=db.session.get(Team, team_id)
            )
            for person in people[:7]
        ]
        jobs.append(
            lambda person=people[0], team_id=team.id: dissolve_team(
                db.session.get(Person, person), team=db.session.get(Team, team_id)
            )
        )
        all_at_once(app, jobs)
        left = [row.person_id for row in db.session.query(Membership).filter_by(team_id=team.id)]
        assert (team.member_count, bool(team.dissolved_at)) == (len(left), not left)
        assert team.lead_id in (left or [None])


def test_one_person_joins_one_team_from_ten_windows(app):
    for number in range(ROUNDS):
        hackathon = a_hackathon()
        teams = [a_team(hackathon, a_person(), code=f"TEAM{number}{i}AB") for i in range(AT_ONCE)]
        person = a_registration(hackathon).person_id
        assert all_at_once(app, [joining(person, hackathon.id, team.code) for team in teams]) == 1
        assert db.session.query(Membership).filter_by(person_id=person).count() == 1
        assert all(team.member_count == rows_of(team) for team in teams)


def test_one_name_is_given_once(app):
    for _number in range(ROUNDS):
        hackathon = a_hackathon()
        people = [a_registration(hackathon).person_id for _number in range(AT_ONCE)]
        jobs = [
            lambda person=person, hackathon_id=hackathon.id: found_team(
                db.session.get(Person, person), hackathon=db.session.get(Hackathon, hackathon_id), name="Einmal"
            )
            for person in people
        ]
        assert all_at_once(app, jobs) == 1
        assert db.session.query(Team).filter_by(hackathon_id=hackathon.id).count() == 1


def test_nobody_is_in_a_team_without_a_place(app):
    """Joining and cancelling at the same moment: one of the two is refused."""
    for number in range(ROUNDS):
        hackathon = a_hackathon()
        team = a_team(hackathon, a_person(), code=f"ABCD234{number}")
        person = a_registration(hackathon).person_id

        def cancel(person=person, hackathon_id=hackathon.id):
            cancel_registration(db.session.get(Person, person), hackathon=db.session.get(Hackathon, hackathon_id))

        jobs = [joining(person, hackathon.id, team.code), cancel] * (AT_ONCE // 2)
        assert all_at_once(app, jobs) == 1
        registration = db.session.query(Registration).filter_by(person_id=person).one()
        assert registration.in_team == (registration.state == "registered")
        assert hackathon.registered_count == 1 + registration.in_team
        assert team.member_count == rows_of(team) == 1 + registration.in_team


def test_when_all_leave_at_once_the_team_is_dissolved_once(app):
    for _number in range(ROUNDS):
        team = a_team(a_hackathon(team_size_max=AT_ONCE), *[a_person() for _number in range(AT_ONCE)])
        people = [row.person_id for row in db.session.query(Membership).filter_by(team_id=team.id)]
        jobs = [
            lambda person=person, team_id=team.id: leave_team(
                db.session.get(Person, person), team=db.session.get(Team, team_id)
            )
            for person in people
        ]
        assert all_at_once(app, jobs) == AT_ONCE
        assert (team.member_count, rows_of(team), bool(team.dissolved_at)) == (0, 0, True)
