from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.queries import (
    count_without_team,
    find_registration,
    free_slug,
    get_hackathon,
    hackathons,
    is_registered,
    next_deadline,
    people_in_teams_of,
    registered_hackathon_ids,
    registrations_of,
    stage_of,
    status_of,
    windows_of,
)
from tests.factories import DAY, a_hackathon, a_person, a_registration, a_team


def test_hackathons_are_ordered_by_their_beginning_newest_first(app):
    first, second = a_hackathon(starts_at=now() - 9 * DAY), a_hackathon(starts_at=now())
    third = a_hackathon(starts_at=now() - 20 * DAY)
    assert hackathons() == [second, first, third]


@pytest.mark.parametrize("slug", ["", "nichts", "\x00", "../etc", "a" * 5000, "HACK", "a--b", "%00", "１"])
def test_an_address_nobody_has_is_not_found(app, slug):
    a_hackathon(slug="hack")
    with pytest.raises(NotFound):
        get_hackathon(slug)


def test_a_cancelled_place_is_none(app):
    hackathon, person = a_hackathon(), a_person()
    a_registration(hackathon, person, state="cancelled")
    assert find_registration(person, hackathon) is None
    assert not is_registered(person, hackathon)
    assert registered_hackathon_ids(person) == set()


def test_people_without_a_team_stand_first(app):
    hackathon = a_hackathon()
    member, alone = a_person(), a_person()
    a_team(hackathon, member)
    a_registration(hackathon, alone)
    a_registration(hackathon, state="cancelled")
    assert [registration.person for registration in registrations_of(hackathon)] == [alone, member]
    assert count_without_team(hackathon) == 1
    assert people_in_teams_of(hackathon) == [member]
    assert registered_hackathon_ids(alone) == {hackathon.id}


def test_the_next_deadline_is_the_first_end_among_open_windows(app):
    hackathon = a_hackathon(teams_until=now() + DAY)
    assert next_deadline(hackathon, now())[0] == "teams"
    assert next_deadline(hackathon, now() + 2 * DAY)[0] in ("registration", "submission")
    assert next_deadline(hackathon, now() + 20 * DAY) is None


def test_windows_know_whether_they_are_done_now_or_to_come(app):
    time = now()
    hackathon = a_hackathon(
        open_windows=("teams",), submission_from=time + DAY, submission_until=time + 2 * DAY, scoring_from=None,
        scoring_until=None, publication_from=time + 3 * DAY, publication_until=None,
    )  # fmt: skip
    states = [(name, state) for name, state, _begin, _end in windows_of(hackathon, time)]
    assert states == [("registration", "done"), ("teams", "now"), ("submission", ""), ("publication", "")]


def test_the_end_of_a_window_does_not_belong_to_it(app):
    end = now()
    hackathon = a_hackathon(registration_until=end)
    states = {name: state for name, state, _begin, _end in windows_of(hackathon, end)}
    before = {name: state for name, state, _begin, _end in windows_of(hackathon, end - timedelta(microseconds=1))}
    assert (before["registration"], states["registration"]) == ("now", "done")


def test_addresses_are_made_from_titles_and_never_taken_twice(app):
    a_hackathon(slug="fuer-alle")
    a_hackathon(slug="fuer-alle-3")
    assert free_slug("Für alle!") == "fuer-alle-2"
    assert free_slug("neu", taken={"neu"}) == "neu-2"
    assert free_slug("😀") == "hackathon"
    assert len(free_slug("ü" * 120)) <= 60


def test_a_hackathon_is_past_when_its_result_is_out(app):
    time = now()
    over = a_hackathon(starts_at=time - 2 * DAY, ends_at=time, publication_from=None, publication_until=None)
    scored = a_hackathon(starts_at=time - 2 * DAY, ends_at=time - DAY, publication_from=time + DAY)
    assert (stage_of(over, time), stage_of(over, time - DAY), stage_of(over, time - 3 * DAY)) == (
        "past", "running", "coming",
    )  # fmt: skip
    assert (stage_of(scored, time), stage_of(scored, time + DAY)) == ("running", "past")


def test_the_status_is_what_a_visitor_can_do_or_see_now(app):
    time = now()
    dates = {"starts_at": time - 2 * DAY, "ends_at": time + DAY, "publication_from": time + 2 * DAY}
    found = [a_hackathon(open_windows=(name,), **dates) for name in ("registration", "teams", "submission", "scoring")]
    assert [status_of(each, time) for each in found] == ["registration", "teams", "submission", "scoring"]
    found[0].registered_count = found[0].places
    assert status_of(found[0], time) != "registration"
    found[3].scoring_until = time + DAY
    assert status_of(found[3], time + DAY) == "waiting"
    assert status_of(found[3], time + 2 * DAY) == "past"
