import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.assignments.actions import (
    accept_seat,
    decline_seat,
    make_proposal,
    move_seat,
    object_to_seat,
    places_for,
    put_aside,
    save_wishes,
    send_proposal,
)
from ideenlab.assignments.models import FriendWish
from ideenlab.assignments.queries import (
    answer_of,
    find_assignment,
    find_seat,
    mutual_friends,
    people_without_team,
    reasons_of,
    seats_for,
    seats_of,
    wished_challenges,
    wished_friends,
)
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.mail.models import Mail
from ideenlab.teams.actions import join_team, leave_team
from ideenlab.teams.queries import find_team_of, members_of
from tests.assignments.world import proposed, sent, wishing
from tests.factories import a_challenge, a_hackathon, a_person, a_registration, a_team

HOUR = timedelta(hours=1)


def words(seat):
    return [word for word, _values in reasons_of(seat)]


def test_wishes_are_kept_in_their_order_and_only_mutual_friends_count(app):
    hackathon = a_hackathon()
    first, second = a_challenge(hackathon), a_challenge(hackathon)
    ada, bo = (a_registration(hackathon, a_person(pseudonym=name)) for name in ("Ada", "Bo"))
    with transaction():
        save_wishes(ada.person, hackathon=hackathon, challenges=[second, first], friends=["bo", "Bo"])
    assert (list(wished_challenges(ada)), list(wished_friends(ada))) == ([second, first], [bo.person])
    assert mutual_friends(hackathon) == {}
    with transaction():
        save_wishes(bo.person, hackathon=hackathon, challenges=[], friends=["Ada"])
    assert mutual_friends(hackathon) == {ada.person_id: {bo.person_id}, bo.person_id: {ada.person_id}}
    with transaction():
        save_wishes(ada.person, hackathon=hackathon, challenges=[first], friends=[])
    assert (list(wished_challenges(ada)), mutual_friends(hackathon)) == ([first], {})
    for friends in (["Niemand"], ["Ada"]):
        with pytest.raises(Invalid), transaction():
            save_wishes(ada.person, hackathon=hackathon, challenges=[], friends=friends)
    for _person in range(6):
        a_person(pseudonym=f"Freund {_person}")
    with pytest.raises(Invalid), transaction():
        save_wishes(ada.person, hackathon=hackathon, challenges=[], friends=[f"Freund {n}" for n in range(6)])


def test_everybody_without_a_team_gets_a_seat_with_reasons(app):
    hackathon = a_hackathon(team_size_min=2, team_size_max=2)
    challenge = a_challenge(hackathon)
    team = a_team(hackathon, a_person(), challenge=challenge)
    ada, bo, cy = (a_registration(hackathon, skills=skill) for skill in ("Löten", "Design", ""))
    absent = a_registration(hackathon, no_show_at=now())
    wishing(ada, friends=[bo.person])
    wishing(bo, friends=[ada.person])
    wishing(cy, challenges=[challenge])
    with transaction():
        assignment = make_proposal(a_person("organiser"), hackathon=hackathon, seed=5)
    seats = {seat.registration_id: seat for seat in seats_of(assignment)}
    assert seats.keys() == {ada.id, bo.id, cy.id} - {absent.id}
    assert (seats[cy.id].team, seats[ada.id].team, seats[ada.id].table) == (team, None, seats[bo.id].table)
    assert words(seats[cy.id]) == ["wish", "needed"]
    assert json.loads(seats[ada.id].reasons) == [["friends", [bo.person_id]], ["brings", ["Löten"]], ["new", []]]
    assert find_seat(ada.person, hackathon) is None


def test_a_new_proposal_takes_the_place_of_the_one_before_until_people_are_answering(app):
    hackathon, first = proposed(4)
    organiser = a_person("organiser")
    with transaction():
        second = make_proposal(organiser, hackathon=hackathon, seed=2)
    assert (find_assignment(hackathon), first.ended_at is not None) == (second, True)
    with transaction():
        send_proposal(organiser, assignment=second, until=now() + HOUR)
    with pytest.raises(NotAllowed), transaction():
        make_proposal(organiser, hackathon=hackathon, seed=3)
    with pytest.raises(NotAllowed), transaction():
        save_wishes(seats_of(second)[0].registration.person, hackathon=hackathon, challenges=[], friends=[])
    with transaction():
        put_aside(organiser, assignment=second)
    with transaction():
        assert make_proposal(organiser, hackathon=hackathon, seed=3).number == 3


def test_a_person_is_moved_by_hand_and_two_organisers_do_not_overwrite_each_other(app):
    hackathon, assignment = proposed(6, team_size_min=2, team_size_max=3)
    full = a_team(hackathon, a_person(), a_person(), a_person())
    organiser, seat = a_person("organiser"), seats_of(assignment)[0]
    keys = [place.key for place in places_for(seat)]
    assert (str(seat.table) in keys, f"team-{full.id}" in keys, "new" in keys) == (False, False, True)
    before = seat.table
    with transaction():
        move_seat(organiser, seat=seat, place="new", seen=before)
    assert (seat.table, words(seat)) == (3, ["organisers", "new"])
    with pytest.raises(Conflict), transaction():
        move_seat(organiser, seat=seat, place=str(before), seen=before)
    other = next(one for one in seats_of(assignment) if one.table == before)
    for place in (str(next(one.table for one in seats_of(assignment) if one.table not in (before, 3))), "team-0"):
        with pytest.raises(Invalid), transaction():
            move_seat(organiser, seat=other, place=place, seen=before)


def test_everybody_is_told_why_and_who_found_a_team_meanwhile_is_not(app):
    hackathon, assignment = proposed(5, team_size_min=2, team_size_max=3)
    seats, organiser = seats_of(assignment), a_person("organiser")
    gone, joined = seats[0].registration, seats[1].registration
    team = a_team(hackathon, a_person(), code="ABCD2345")
    with transaction():
        gone.state = "cancelled"
    with transaction():
        join_team(joined.person, hackathon=hackathon, code=team.code)
    before = db.session.query(Mail).count()
    for until in (now(), now() + timedelta(days=99)):
        with pytest.raises(Invalid), transaction():
            send_proposal(organiser, assignment=assignment, until=until)
    with transaction():
        assert send_proposal(organiser, assignment=assignment, until=now() + HOUR) == 3
    mails = db.session.scalars(select(Mail).order_by(Mail.id)).all()[before:]
    people = {seat.registration.person.email for seat in seats_of(assignment)}
    assert ({mail.recipient for mail in mails}, len(people)) == (people, 3)
    assert all("Sie wären ein neues Team." in mail.text for mail in mails)
    with pytest.raises(NotAllowed), transaction():
        send_proposal(organiser, assignment=assignment, until=now() + HOUR)


def test_a_team_that_filled_meanwhile_asks_for_a_new_proposal(app):
    hackathon = a_hackathon(team_size_min=2, team_size_max=2)
    team = a_team(hackathon, a_person(), code="ABCD2345")
    a_registration(hackathon)
    organiser = a_person("organiser")
    with transaction():
        assignment = make_proposal(organiser, hackathon=hackathon, seed=1)
    other = a_registration(hackathon)
    with transaction():
        join_team(other.person, hackathon=hackathon, code=team.code)
    with pytest.raises(Conflict), transaction():
        send_proposal(organiser, assignment=assignment, until=now() + HOUR)


def test_the_first_who_accepts_founds_the_team_and_the_others_come_in(app):
    hackathon, assignment = sent(3, team_size_min=2, team_size_max=3)
    ada, bo, cy = seats_of(assignment)
    a_team(hackathon, name="Tisch 1")
    with transaction():
        team = accept_seat(ada.registration.person, seat=ada)
    assert (team.name, team.lead_id) == ("Tisch 1-2", ada.registration.person_id)
    with transaction():
        assert accept_seat(bo.registration.person, seat=bo) == team
        decline_seat(cy.registration.person, seat=cy)
    assert (len(members_of(team)), find_team_of(cy.registration.person, hackathon)) == (2, None)
    assert [answer_of(seat, now()) for seat in seats_of(assignment)] == ["accepted", "accepted", "declined"]
    for deed in (accept_seat, decline_seat):
        with pytest.raises(NotAllowed), transaction():
            deed(cy.registration.person, seat=cy)
        with pytest.raises(NotAllowed), transaction():
            deed(a_person(), seat=cy)


def test_a_team_that_fell_apart_is_founded_anew(app):
    _hackathon, assignment = sent(2, team_size_min=2, team_size_max=3)
    ada, bo = seats_of(assignment)
    with transaction():
        old = accept_seat(ada.registration.person, seat=ada)
    with transaction():
        leave_team(ada.registration.person, team=old)
    with transaction():
        new = accept_seat(bo.registration.person, seat=bo)
    assert (new.id != old.id, new.lead_id) == (True, bo.registration.person_id)


def test_a_team_is_told_and_may_object_until_somebody_has_accepted(app):
    hackathon = a_hackathon(team_size_min=2, team_size_max=3)
    lead, member = a_person(), a_person()
    team = a_team(hackathon, lead)
    alone = a_registration(hackathon, a_person(pseudonym="Cem"))
    organiser = a_person("organiser")
    with transaction():
        assignment = make_proposal(organiser, hackathon=hackathon, seed=1)
        send_proposal(organiser, assignment=assignment, until=now() + HOUR)
    (seat,) = seats_for(team)
    told = db.session.scalars(select(Mail.text).where(Mail.recipient == lead.email)).one()
    assert ("- Cem" in told, "first wish" in told) == (True, False)
    refused = [(member, seat), (alone.person, seat)]
    _hackathon, other = sent(3, team_size_min=2, team_size_max=3)
    first, second, _third = seats_of(other)
    with transaction():
        accept_seat(first.registration.person, seat=first)
    for who, what in [*refused, (first.registration.person, second)]:  # who founded a new table is no more than others
        with pytest.raises(NotAllowed), transaction():
            object_to_seat(who, seat=what)
    with transaction():
        object_to_seat(lead, seat=seat)
    assert (answer_of(seat, now()), reasons_of(seat)[0]) == ("objected", ("objected", []))
    assert people_without_team(hackathon) == [alone]
    assert (
        "hat gesagt, dass es nicht passt"
        in db.session.scalars(
            select(Mail.text).where(Mail.recipient == alone.person.email).order_by(Mail.id.desc()).limit(1)
        ).one()
    )
    with pytest.raises(NotAllowed, match="anderes Team"), transaction():
        accept_seat(alone.person, seat=seat)
    with pytest.raises(NotAllowed), transaction():
        object_to_seat(lead, seat=seat)


def test_nobody_objects_to_who_has_accepted(app):
    hackathon = a_hackathon(team_size_min=2, team_size_max=3)
    lead = a_person()
    team = a_team(hackathon, lead)
    alone = a_registration(hackathon)
    organiser = a_person("organiser")
    with transaction():
        assignment = make_proposal(organiser, hackathon=hackathon, seed=1)
        send_proposal(organiser, assignment=assignment, until=now() + HOUR)
    (seat,) = seats_for(team)
    with transaction():
        accept_seat(alone.person, seat=seat)
    with pytest.raises(NotAllowed, match="inzwischen geantwortet"), transaction():
        object_to_seat(lead, seat=seat)
    assert len(members_of(team)) == 2


def test_a_team_full_meanwhile_refuses_and_the_answer_stays_open(app):
    hackathon = a_hackathon(team_size_min=2, team_size_max=2)
    team = a_team(hackathon, a_person(), code="ABCD2345")
    late = a_registration(hackathon)
    organiser = a_person("organiser")
    with transaction():
        assignment = make_proposal(organiser, hackathon=hackathon, seed=1)
        send_proposal(organiser, assignment=assignment, until=now() + HOUR)
    quick = a_registration(hackathon)
    with transaction():
        join_team(quick.person, hackathon=hackathon, code=team.code)
    (seat,) = seats_of(assignment)
    with pytest.raises(NotAllowed), transaction():
        accept_seat(late.person, seat=seat)
    assert (answer_of(seat, now()), team.member_count) == ("waiting", 2)


def test_who_does_not_answer_in_time_is_free_again(app):
    hackathon, assignment = sent(2)
    ada, _bo = seats_of(assignment)
    with transaction():
        assignment.answer_until = now()
    assert answer_of(ada, now()) == "lapsed"
    with pytest.raises(NotAllowed), transaction():
        accept_seat(ada.registration.person, seat=ada)
    with transaction():
        again = make_proposal(a_person("organiser"), hackathon=hackathon, seed=9)
    assert (len(seats_of(again)), {seat.answer for seat in seats_of(assignment)}) == (2, {"lapsed"})


def test_what_is_put_aside_holds_no_longer_and_who_waits_is_told(app):
    hackathon, assignment = sent(3, team_size_max=3)
    ada, bo, _cy = seats_of(assignment)
    with transaction():
        team = accept_seat(ada.registration.person, seat=ada)
    before = db.session.query(Mail).count()
    with transaction():
        put_aside(a_person("organiser"), assignment=assignment)
    assert db.session.query(Mail).count() == before + 2
    assert (find_team_of(ada.registration.person, hackathon), find_seat(bo.registration.person, hackathon)) == (
        team,
        None,
    )
    with pytest.raises(NotAllowed), transaction():
        accept_seat(bo.registration.person, seat=bo)


def test_who_may_not(app):
    hackathon, assignment = proposed(3)
    organiser, citizen, seat = a_person("organiser"), a_person(), seats_of(assignment)[0]
    over = a_hackathon(open_windows=("registration",))
    planned = a_hackathon(teams_from=now() + HOUR)
    a_registration(planned)
    with transaction():
        early = make_proposal(organiser, hackathon=planned, seed=1)
    refused = [
        lambda: make_proposal(citizen, hackathon=hackathon, seed=1),
        lambda: make_proposal(organiser, hackathon=over, seed=1),
        lambda: make_proposal(organiser, hackathon=a_hackathon(archived_at=now()), seed=1),
        lambda: move_seat(citizen, seat=seat, place="new", seen=seat.table),
        lambda: send_proposal(citizen, assignment=assignment, until=now() + HOUR),
        lambda: send_proposal(organiser, assignment=early, until=now() + HOUR),
        lambda: put_aside(citizen, assignment=assignment),
        lambda: accept_seat(seat.registration.person, seat=seat),
        lambda: save_wishes(citizen, hackathon=hackathon, challenges=[], friends=[]),
        lambda: save_wishes(a_registration(over).person, hackathon=over, challenges=[], friends=[]),
    ]
    for act in refused:
        with pytest.raises(NotAllowed), transaction():
            act()
    with pytest.raises(Invalid), transaction():
        make_proposal(organiser, hackathon=a_hackathon(), seed=1)
    assert db.session.query(FriendWish).count() == 0
