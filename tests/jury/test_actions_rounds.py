from decimal import Decimal

import pytest

from ideenlab.core.db import transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.jury.actions import close_round, open_round
from ideenlab.jury.queries import find_seat, get_round, open_round_of, rounds_of
from tests.factories import a_person
from tests.jury.world import a_juror, close_scoring, handed_in, scored_hackathon, submitted


def scored(number=3):
    hackathon = scored_hackathon("1")
    prototypes = [handed_in(hackathon, team=f"Team {place}") for place in range(number)]
    juror = a_juror(hackathon)
    for points, prototype in enumerate(prototypes, 2):
        submitted(juror, prototype, points)
    return hackathon, prototypes, juror


def begin(hackathon, prototypes, kind="final", reason="Zwei liegen vorn", **values):
    with transaction():
        return open_round(
            a_person("organiser"), hackathon=hackathon, kind=kind, prototypes=prototypes, reason=reason, **values
        )  # fmt: skip


def test_a_final_is_opened_scored_and_closed_and_the_first_ballots_stay(app):
    hackathon, (first, second, third), juror = scored()
    with pytest.raises(NotAllowed, match="wenn die Bewertung beendet ist"):
        begin(hackathon, [second, third])
    close_scoring(hackathon)
    opened = begin(hackathon, [second, third], carried_over=Decimal("0.3"))
    assert (opened.number, opened.kind, opened.carried_over) == (2, "final", Decimal("0.3"))
    with pytest.raises(NotAllowed, match="Eine Runde ist offen"):
        begin(hackathon, [second, third])
    submitted(juror, second, 5)
    with pytest.raises(NotAllowed):
        submitted(juror, first, 5)
    assert [find_seat(juror.person, prototype).round_number for prototype in (first, second)] == [1, 2]
    with transaction():
        close_round(a_person("organiser"), jury_round=get_round(hackathon, 2))
    assert open_round_of(hackathon) is None
    with pytest.raises(NotAllowed):
        submitted(juror, third, 1)
    with pytest.raises(NotAllowed, match="schon geschlossen"), transaction():
        close_round(a_person("organiser"), jury_round=get_round(hackathon, 2))


def test_a_second_ballot_after_a_final_is_about_its_prototypes(app):
    hackathon, (first, second, third), _juror = scored()
    close_scoring(hackathon)
    begin(hackathon, [second, third])
    with transaction():
        close_round(a_person("organiser"), jury_round=get_round(hackathon, 2))
    with pytest.raises(Invalid, match="Prototypen des Finales"):
        begin(hackathon, [first], kind="second")
    begin(hackathon, [third], kind="second")
    assert [(found.number, found.kind) for found in rounds_of(hackathon)] == [(2, "final"), (3, "second")]


def test_a_round_needs_a_reason_prototypes_of_this_hackathon_and_a_share_between_none_and_all(app):
    hackathon, prototypes, _juror = scored()
    close_scoring(hackathon)
    elsewhere = handed_in(scored_hackathon("1"))
    for wrong in (
        {"reason": " "}, {"prototypes": []}, {"prototypes": prototypes[:1]}, {"prototypes": [prototypes[0], elsewhere]},
        {"kind": "third"}, {"carried_over": Decimal("1.1")}, {"carried_over": Decimal("NaN")},
    ):  # fmt: skip
        with pytest.raises(Invalid):
            begin(hackathon, **{"prototypes": prototypes, **wrong})
    assert list(rounds_of(hackathon)) == []
