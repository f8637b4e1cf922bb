"""All at once on a barrier: one team is founded, and no team grows beyond its limit."""

from ideenlab.accounts.models import Person
from ideenlab.assignments.actions import accept_seat
from ideenlab.assignments.models import Seat
from ideenlab.assignments.queries import seats_of
from ideenlab.core.db import db
from ideenlab.teams.models import Membership, Team
from tests.assignments.world import sent
from tests.teams.test_races import all_at_once, joining


def accepting(person_id, seat_id):
    return lambda: accept_seat(db.session.get(Person, person_id), seat=db.session.get(Seat, seat_id))


def test_a_whole_table_accepts_at_once_and_somebody_twice(app):
    hackathon, assignment = sent(4, team_size_min=2, team_size_max=4)
    jobs = [accepting(seat.registration.person_id, seat.id) for seat in seats_of(assignment)]
    hackathon_id = hackathon.id
    assert all_at_once(app, [*jobs, *jobs]) == 4
    (team,) = db.session.query(Team).filter_by(hackathon_id=hackathon_id).all()
    assert (team.member_count, db.session.query(Membership).filter_by(team_id=team.id).count()) == (4, 4)


def test_the_last_place_is_taken_by_code_or_by_proposal(app):
    hackathon, assignment = sent(4, team_size_min=2, team_size_max=4)
    first, *others = seats_of(assignment)
    all_at_once(app, [accepting(first.registration.person_id, first.id)])
    team = db.session.query(Team).filter_by(hackathon_id=hackathon.id).one()
    ways = [accepting(seat.registration.person_id, seat.id) for seat in others]
    ways += [joining(seat.registration.person_id, hackathon.id, team.code) for seat in others]
    team_id = team.id
    assert all_at_once(app, ways) == 3
    db.session.expire_all()
    assert db.session.get_one(Team, team_id).member_count == 4
    assert db.session.query(Membership).filter_by(team_id=team_id).count() == 4
