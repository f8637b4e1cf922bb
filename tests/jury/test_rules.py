"""Who may do what, when, and the sentence when not."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.jury.models import Ballot, JuryAssignment, JuryRound, JuryRoundPrototype, JuryRules, Recusal
from ideenlab.jury.queries import figures_of, find_seat
from ideenlab.jury.rules import (
    may_accept_invitation,
    may_import_ballots,
    may_invite_juror,
    may_lead_jury,
    may_preview_ranking,
    may_publish,
    may_reopen_ballot,
    may_score,
    may_see_ballot,
    may_see_result,
    may_set_rules,
)  # fmt: skip
from ideenlab.pitches.models import Pitch
from tests.factories import a_hackathon, a_person, a_prototype, a_team, saved
from tests.jury.world import (
    DAY,
    a_juror,
    close_scoring,
    handed_in,
    published,
    save,
    scored_hackathon,
    submitted,
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_english(app):
    with app.test_request_context("/", environ_overrides={"ideenlab.language": "en"}):
        yield


def test_a_juror_may_score_while_scoring_is_open(app):
    hackathon = scored_hackathon()
    assert may_score(a_juror(hackathon).person, handed_in(hackathon), now())


def test_others_are_not_on_the_jury(app):
    hackathon, other = scored_hackathon(), scored_hackathon()
    prototype = handed_in(hackathon)
    nobody = "You are not on the jury of this hackathon."
    for person in (
        a_person(), a_person("organiser"), a_person("juror"), a_juror(other).person,
        a_juror(hackathon, removed_at=now()).person,
    ):  # fmt: skip
        assert may_see_ballot(person, prototype).reason == nobody
        assert may_score(person, prototype, now()).reason == nobody


def test_nobody_scores_their_own_team(app):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon)
    own = handed_in(hackathon, juror.person)
    assert may_score(juror.person, own, now()).reason == "This is your own team. Nobody scores their own team."


def test_a_draft_is_not_scored(app):
    hackathon = scored_hackathon()
    draft = a_prototype(a_team(hackathon))
    assert may_score(a_juror(hackathon).person, draft, now()).reason == "This prototype was not handed in."


def test_nothing_is_scored_without_criteria(app):
    hackathon = a_hackathon(open_windows=("scoring",))
    found = may_score(a_juror(hackathon).person, handed_in(hackathon), now())
    assert found.reason == "The criteria of the jury are not set yet."


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (timedelta(days=-3), "Scoring begins on "),
        (timedelta(days=-2), ""),
        (timedelta(days=2) - timedelta(microseconds=1), ""),
        (timedelta(days=2), "Scoring ended on "),
    ],
)
def test_scoring_has_a_beginning_and_an_end(app, moment, reason):
    at = now()
    hackathon = scored_hackathon()
    with transaction():
        hackathon.scoring_from, hackathon.scoring_until = at - 2 * DAY, at + 2 * DAY
    found = may_score(a_juror(hackathon).person, handed_in(hackathon), at + moment)
    assert bool(found) is (not reason)
    assert found.reason.startswith(reason)


def test_scoring_without_dates_is_not_planned(app):
    hackathon = scored_hackathon()
    with transaction():
        hackathon.scoring_from = hackathon.scoring_until = None
    found = may_score(a_juror(hackathon).person, handed_in(hackathon), now())
    assert found.reason == "This is not planned here."


def test_a_published_result_ends_scoring_whatever_the_dates_say(app):
    hackathon = scored_hackathon()
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    submitted(juror, prototype, 4, 4, 4)
    published(hackathon)
    with transaction():
        hackathon.scoring_until = now() + DAY
    expected = "The result is fixed. Ballots stay as they are."
    assert may_score(juror.person, prototype, now()).reason == expected
    assert may_import_ballots(hackathon).reason == expected


def test_a_ballot_can_be_taken_back_until_the_close(app):
    hackathon = scored_hackathon()
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    assert may_reopen_ballot(juror.person, prototype, now()).reason == "This ballot is still open."
    save(juror, prototype, 4)
    assert may_reopen_ballot(juror.person, prototype, now()).reason == "This ballot is still open."
    submitted(juror, prototype, 4, 4, 4)
    assert may_reopen_ballot(juror.person, prototype, now())
    close_scoring(hackathon)
    assert may_reopen_ballot(juror.person, prototype, now()).reason.startswith("Scoring ended on ")


@pytest.mark.parametrize(
    ("roles", "allowed"),
    [((), False), (("juror",), False), (("moderator",), False), (("organiser",), True), (("administrator",), True)],
)
def test_organisers_lead_the_jury(app, roles, allowed):
    hackathon = scored_hackathon()
    person = a_person(*roles)
    close_scoring(hackathon)
    found = [may_lead_jury(person), may_set_rules(person, hackathon), may_preview_ranking(person, hackathon, now())]
    assert [bool(verdict) for verdict in found] == [allowed] * 3
    if not allowed:
        assert {verdict.reason for verdict in found} == {"This is for organisers."}
        assert may_invite_juror(person, hackathon, now()).reason == "This is for organisers."
        assert may_publish(person, hackathon, figures_of(hackathon), now()).reason == "This is for organisers."


def test_rules_are_fixed_with_the_first_ballot(app):
    hackathon = scored_hackathon()
    organiser = a_person("organiser")
    assert may_set_rules(organiser, hackathon)
    save(a_juror(hackathon), handed_in(hackathon), 4)
    reason = "The jury has begun to score. The rules change only as a new version, with a reason for everybody."
    assert may_set_rules(organiser, hackathon).reason == reason


def test_nobody_who_could_know_points_chooses_who_has_scored(app):
    hackathon = scored_hackathon()
    organiser = a_person("organiser")
    assert may_invite_juror(organiser, hackathon, now())
    submitted(a_juror(hackathon), handed_in(hackathon), 4, 4, 4)
    close_scoring(hackathon)
    assert may_invite_juror(organiser, hackathon, now()).reason == "Scoring is over. The jury stays as it is."
    published(hackathon)
    assert may_invite_juror(organiser, hackathon, now()).reason == "The result is published. The jury stays as it is."


def test_points_are_hidden_from_organisers_while_they_can_change(app):
    hackathon = scored_hackathon()
    organiser = a_person("organiser")
    found = may_preview_ranking(organiser, hackathon, now())
    assert found.reason.startswith("Points stay hidden, also from you, until scoring ends on ")
    with transaction():
        hackathon.scoring_until = None
    found = may_preview_ranking(organiser, hackathon, now())
    assert found.reason == "Points stay hidden, also from you, until scoring ends."


def publishing(hackathon):
    return may_publish(a_person("organiser"), hackathon, figures_of(hackathon), now()).reason


def test_publishing_waits_for_the_end_the_date_and_a_ranking(app):
    hackathon = scored_hackathon(quorum=2)
    prototype = handed_in(hackathon)
    jurors = [a_juror(hackathon) for _ in range(3)]
    submitted(jurors[0], prototype, 4, 4, 4)
    assert publishing(hackathon).startswith("Points stay hidden")
    close_scoring(hackathon)
    assert publishing(hackathon) == "No prototype has enough ballots yet."
    with transaction():
        hackathon.publication_from = now() + DAY
    assert publishing(hackathon).startswith("This opens on ")
    with transaction():
        hackathon.publication_from = None
    assert publishing(hackathon) == "This is not planned here."
    with transaction():
        hackathon.scoring_until = now() + DAY
    submitted(jurors[1], prototype, 4, 4, 4)
    close_scoring(hackathon)
    assert publishing(hackathon) == ""
    published(hackathon)
    assert publishing(hackathon) == "There is a result already, and it stays as it is."


def test_nothing_is_published_without_criteria(app):
    hackathon = a_hackathon(open_windows=("publication",))
    assert publishing(hackathon) == "There are no criteria."


def test_a_result_is_seen_when_it_is_published(app):
    hackathon = scored_hackathon()
    with transaction():
        hackathon.publication_from = now() + DAY
    expected = "The result is not published yet. Publication is planned from "
    assert may_see_result(hackathon).reason.startswith(expected)
    with transaction():
        hackathon.publication_from = None
    assert may_see_result(hackathon).reason == "The result is not published yet."
    submitted(a_juror(hackathon), handed_in(hackathon), 4, 4, 4)
    published(hackathon)
    assert may_see_result(hackathon)


def test_an_invitation_ends_with_the_membership(app):
    hackathon = scored_hackathon()
    assert may_accept_invitation(a_juror(hackathon, code_hash="x"))
    gone = "This invitation is no longer valid."
    assert may_accept_invitation(a_juror(hackathon, code_hash="x", removed_at=now())).reason == gone
    assert may_accept_invitation(a_juror(hackathon)).reason == gone
    closed = a_juror(hackathon, a_person("juror", state="closed"), code_hash="x")
    assert may_accept_invitation(closed).reason == "This account is closed."


def test_ballots_can_be_imported_before_publication(app):
    assert may_import_ballots(scored_hackathon())


def test_every_seat_that_may_not_score_says_why(app):
    hackathon = scored_hackathon()
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    team = prototype.team_id

    def reason():
        return may_score(juror.person, prototype, now()).reason

    recusal = saved(Recusal(juror=juror, team_id=team, state="dismissed"))
    assert reason() == ""
    with transaction():
        recusal.state = "declared"
    assert reason() == "There is a conflict of interest between you and this team. You see no ballot for its prototype."
    assert may_see_ballot(juror.person, prototype).reason == reason()
    with transaction():
        recusal.state = "dismissed"
        db.session.get(JuryRules, hackathon.id).panel = "plan"
    assert reason() == "This prototype is not on your list. Other members of the jury score it."
    saved(JuryAssignment(juror=juror, prototype=prototype))
    assert reason() == ""
    saved(Pitch(hackathon=hackathon, prototype=prototype, position=1, starts_at=now(), state="absent"))
    assert reason() == "This team did not present. It is not scored."
    assert may_see_ballot(juror.person, prototype)


def test_a_later_round_is_open_by_itself_and_only_for_its_prototypes(app):
    hackathon = scored_hackathon()
    juror, inside, outside = a_juror(hackathon), handed_in(hackathon), handed_in(hackathon)
    submitted(juror, inside, 4, 4, 4)
    close_scoring(hackathon)
    second = saved(JuryRound(hackathon=hackathon, number=2, kind="second", reason="Demo fiel aus",
                             prototypes=[JuryRoundPrototype(prototype=inside)]))  # fmt: skip
    assert may_score(juror.person, inside, now())
    assert may_score(juror.person, outside, now()).reason.startswith("Scoring ended on ")
    save(juror, inside, 1)
    seat = find_seat(juror.person, inside)
    assert (seat.round_number, seat.ballot.round, seat.ballot.state) == (2, 2, "open")
    assert [b.state for b in db.session.scalars(select(Ballot).order_by(Ballot.round))] == ["submitted", "open"]
    with transaction():
        second.closed_at = now()
    assert may_score(juror.person, inside, now()).reason.startswith("This round of ballots closed on ")
    assert find_seat(juror.person, inside).ballot.round == 2


def test_a_ballot_of_rules_that_were_changed_is_to_be_confirmed(app):
    hackathon = scored_hackathon()
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    submitted(juror, prototype, 4, 4, 4)
    assert find_seat(juror.person, prototype).current_version_confirmed
    with transaction():
        db.session.get(JuryRules, hackathon.id).version = 2
    assert not find_seat(juror.person, prototype).current_version_confirmed
