from datetime import timedelta

from ideenlab.assignments.queries import answer_of, seats_of, skills_in
from ideenlab.assignments.rules import may_accept_seat, may_propose, may_wish, why_in_words
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.i18n import speaking
from tests.assignments.world import proposed, sent
from tests.factories import a_hackathon, a_person, a_registration, a_team

HOUR = timedelta(hours=1)


def test_wishes_are_open_until_a_proposal_is_sent_and_again_after_its_time(app):
    hackathon, assignment = proposed(2)
    person = seats_of(assignment)[0].registration.person
    assert may_wish(person, hackathon, now())
    with transaction():
        assignment.sent_at, assignment.answer_until = now(), now() + HOUR
    assert "Ein Vorschlag ist verschickt" in may_wish(person, hackathon, now()).reason
    assert "Bis" in may_propose(a_person("organiser"), hackathon, now()).reason
    assert may_wish(person, hackathon, now() + HOUR)
    assert may_propose(a_person("organiser"), hackathon, now() + HOUR)


def test_the_answer_of_a_seat_is_asked_of_the_clock_and_of_the_registration(app):
    _hackathon, assignment = sent(5)
    seats = seats_of(assignment)
    with transaction():
        seats[0].answer, seats[1].answer = "accepted", "declined"
        seats[2].registration.in_team = True
        seats[3].registration.state = "cancelled"
    assert [answer_of(seat, now()) for seat in seats] == ["accepted", "declined", "elsewhere", "gone", "waiting"]
    end = assignment.answer_until
    assert [answer_of(seats[4], end - timedelta(seconds=1)), answer_of(seats[4], end)] == ["waiting", "lapsed"]
    person = seats[4].registration.person
    assert may_accept_seat(person, seats[4], end - timedelta(seconds=1))
    assert "Sie konnten bis" in may_accept_seat(person, seats[4], end).reason


def test_why_nobody_may_propose(app):
    organiser = a_person("organiser")
    rows = [
        (a_person(), a_hackathon(), "Organisation"), (organiser, a_hackathon(archived_at=now()), "archiviert"),
        (organiser, a_hackathon(open_windows=()), "Die Teams stehen seit"), (organiser, a_hackathon(), ""),
    ]  # fmt: skip
    for person, hackathon, words in rows:
        verdict = may_propose(person, hackathon, now())
        assert (bool(verdict), words in verdict.reason) == (not words, True)


def test_who_has_a_team_reads_that_instead_of_accepting(app):
    hackathon, assignment = sent(2)
    seat = seats_of(assignment)[0]
    other = a_registration(hackathon)
    team = a_team(hackathon, a_person(), name="Parkfinder")
    assert "jemand anderen" in may_accept_seat(other.person, seat, now()).reason
    assert team.member_count == 1


def test_reasons_are_sentences_in_the_language_of_the_reader(app):
    reasons = [
        ("organisers", []), ("friends", [1, 2]), ("wish", [2]), ("lacks", ["Löten"]), ("brings", ["Design"]),
        ("no_wish", []), ("needed", [1]), ("needed", [2]), ("gap", []), ("new", []),
    ]  # fmt: skip
    german = why_in_words(reasons, {1: "Ada"})
    assert german[1:4] == [
        "Sie haben sich gegenseitig gewünscht: Ada.", "Es ist Ihr zweiter Wunsch.",
        "Was Sie können, fehlt dem Team: Löten.",
    ]  # fmt: skip
    assert len(set(german)) == len(reasons)
    assert why_in_words([("friends", [3])], {1: "Ada"}) == []
    with speaking("en"):
        assert why_in_words([("wish", [1])], {}) == ["It is your first wish."]


def test_skills_are_compared_without_case_and_accents():
    assert skills_in("Löten, löten; Design.\n , Zeichnen und Gestalten") == {
        "loeten": "löten", "design": "Design", "zeichnen und gestalten": "Zeichnen und Gestalten",
    }  # fmt: skip
