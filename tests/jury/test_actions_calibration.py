"""The example everybody scores for practice: shown as a spread without names, counted nowhere."""

from fractions import Fraction

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.jury.actions import (
    close_example,
    remove_criterion,
    remove_example,
    score_example,
    set_example,
    undo_change,
)
from ideenlab.jury.queries import (
    calibrated_jurors,
    calibration_scores_of,
    criteria_of,
    figures_of,
    find_calibration,
    is_frozen,
    rules_of,
    spread_of,
)
from tests.factories import a_person
from tests.jury.world import a_juror, handed_in, scored_hackathon


def practise(juror, *points):
    hackathon = juror.hackathon
    half_points = {c: int(p * 2) for c, p in zip(criteria_of(hackathon), points, strict=False)}
    with transaction():
        score_example(juror.person, hackathon=hackathon, half_points=half_points)


@pytest.fixture
def hackathon(app):
    found = scored_hackathon("2", "1")
    with transaction():
        set_example(a_person("organiser"), hackathon=found, title="Vorjahr", description="", url="")
    return found


def test_the_spread_counts_nowhere(hackathon):
    prototype, jurors = handed_in(hackathon), [a_juror(hackathon) for _ in range(3)]
    for juror, points in zip(jurors, [(4.5, 1), (2,), (2, 3)], strict=True):
        practise(juror, *points)
    practise(jurors[0], 5, 1)  # once more, in place of the first
    first, second = spread_of(hackathon, criteria_of(hackathon))
    assert (first.values, first.middle, first.number) == ([(Fraction(2), 2), (Fraction(5), 1)], Fraction(2), 3)
    assert (second.values, second.middle) == ([(Fraction(1), 1), (Fraction(3), 1)], Fraction(2))
    assert calibrated_jurors(hackathon) == 3
    (entry,) = figures_of(hackathon).entries
    assert (entry.prototype.id, entry.standing.ballots, is_frozen(hackathon)) == (prototype.id, 0, False)


def test_practice_ends_and_can_be_taken_away(hackathon):
    juror, organiser = a_juror(hackathon), a_person("organiser")
    practise(juror, 4, 4)
    with transaction():
        close_example(organiser, hackathon=hackathon)
    with pytest.raises(NotAllowed):
        practise(juror, 1, 1)
    assert list(calibration_scores_of(juror).values()) == [8, 8]
    with transaction():
        remove_example(organiser, hackathon=hackathon)
    assert (find_calibration(hackathon), calibration_scores_of(juror)) == (None, {})
    with pytest.raises(NotAllowed):
        practise(juror, 1, 1)


def test_a_criterion_that_comes_back_finds_what_was_given_for_practice(hackathon):
    organiser, first = a_person("organiser"), criteria_of(hackathon)[0]
    practise(a_juror(hackathon), 4.5, 2)
    with transaction():
        remove_criterion(organiser, criterion=first, revision=rules_of(hackathon).revision)
    assert [each.number for each in spread_of(hackathon, criteria_of(hackathon))] == [1]
    with transaction():
        undo_change(organiser, hackathon=hackathon, revision=rules_of(hackathon).revision)
    assert [each.middle for each in spread_of(hackathon, criteria_of(hackathon))] == [Fraction(9, 2), Fraction(2)]


def test_only_the_jury_practises_and_only_organisers_set_it(hackathon):
    outsider, foreign = a_person("juror"), criteria_of(scored_hackathon())[0]
    juror = a_juror(hackathon)
    with pytest.raises(NotAllowed), transaction():
        score_example(outsider, hackathon=hackathon, half_points={})
    with pytest.raises(NotAllowed), transaction():
        close_example(juror.person, hackathon=hackathon)
    for half_points in ({foreign: 4}, {criteria_of(hackathon)[0]: 11}, {criteria_of(hackathon)[0]: -1}):
        with pytest.raises(Invalid), transaction():
            score_example(juror.person, hackathon=hackathon, half_points=half_points)
    with pytest.raises(Invalid), transaction():
        set_example(a_person("organiser"), hackathon=hackathon, title="X", description="", url="http://127.0.0.1/")
    db.session.rollback()
    assert find_calibration(hackathon).title == "Vorjahr"


def test_the_pages_of_the_practice(client, hackathon):
    juror, organiser = a_juror(hackathon, name="Jutta Juror"), a_person("organiser")
    room = f"/organisation/hackathons/{hackathon.slug}/jury/probe"
    page, first = f"/jury/hackathon/{hackathon.slug}/probe", criteria_of(hackathon)[0]
    client.sign_in(juror.person)
    assert page in client.get("/jury").text
    assert client.post(page, data={f"points-{first.id}": "NaN"}).status_code == 422
    assert client.post(page, data={f"points-{first.id}": "3.5"}).status_code == 303
    assert "Höchster Wert" not in client.get(page).text
    client.sign_in(organiser)
    assert "1 von 1 Person hat bewertet" in client.get(room).text
    assert client.post(room, data={"title": ""}).status_code == 422
    client.post(f"{room}/beenden")
    assert "Jutta Juror" not in client.get(room).text
    client.sign_in(juror.person)
    seen = client.get(page).text
    assert "Höchster Wert" in seen
    assert "3,5: 1-mal" in seen
