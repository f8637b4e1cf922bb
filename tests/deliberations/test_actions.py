import pytest

from ideenlab.core.db import transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.deliberations.actions import close_deliberation, open_deliberation, open_second_ballot, write_minute
from ideenlab.deliberations.queries import minutes_of
from ideenlab.jury.actions import close_round
from ideenlab.jury.queries import figures_of, get_round
from tests.deliberations.world import talked_about
from tests.factories import a_person
from tests.jury.world import close_scoring, handed_in, scored_hackathon, submitted


def test_the_talk_begins_when_scoring_has_ended_and_once(app):
    hackathon, _prototypes, _jurors = talked_about(opened=False)
    organiser = a_person("organiser")
    with pytest.raises(NotAllowed, match="wenn die Bewertung beendet ist"), transaction():
        open_deliberation(organiser, hackathon=hackathon)
    close_scoring(hackathon)
    with transaction():
        open_deliberation(organiser, hackathon=hackathon)
    with pytest.raises(NotAllowed, match="schon offen"), transaction():
        open_deliberation(organiser, hackathon=hackathon)


def test_minutes_are_written_by_jury_and_organisers_until_the_talk_is_closed(app):
    hackathon, prototypes, (zora, _mila, _anton) = talked_about()
    organiser = a_person("organiser")
    with transaction():
        write_minute(zora.person, hackathon=hackathon, text="Läuft stabil.", prototype=prototypes["Bienen"])
        write_minute(organiser, hackathon=hackathon, text="Pause bis acht.")
    assert [(line.text, line.prototype) for line in minutes_of(hackathon)] == [
        ("Läuft stabil.", prototypes["Bienen"]), ("Pause bis acht.", None),
    ]  # fmt: skip
    elsewhere = handed_in(scored_hackathon("1"))
    for wrong in ({"text": " "}, {"text": "x", "prototype": elsewhere}):
        with pytest.raises(Invalid), transaction():
            write_minute(zora.person, hackathon=hackathon, **wrong)
    with pytest.raises(NotAllowed, match="für die Jury"), transaction():
        write_minute(a_person("juror"), hackathon=hackathon, text="Ich auch")
    with transaction():
        close_deliberation(organiser, hackathon=hackathon)
    with pytest.raises(NotAllowed, match="geschlossen"), transaction():
        write_minute(zora.person, hackathon=hackathon, text="Noch etwas")


def test_a_second_ballot_stands_in_for_the_first_of_those_who_gave_one(app):
    hackathon, prototypes, (_zora, _mila, anton) = talked_about()
    organiser = a_person("organiser")
    assert [entry.prototype.team.name for entry in figures_of(hackathon).entries] == ["Bienen", "Bäume", "Züge"]
    with transaction():
        open_second_ballot(
            organiser, hackathon=hackathon, prototypes=[prototypes["Bäume"]], reason="Demo erst jetzt gesehen"
        )  # fmt: skip
    with pytest.raises(NotAllowed, match="Bewertungsrunde ist offen"), transaction():
        write_minute(anton.person, hackathon=hackathon, text="x")
    submitted(anton, prototypes["Bäume"], 5)
    with transaction():
        close_round(organiser, jury_round=get_round(hackathon, 2))
    entries = figures_of(hackathon).entries
    assert [(entry.prototype.team.name, entry.standing.ballots) for entry in entries] == [
        ("Bäume", 3), ("Bienen", 3), ("Züge", 3),
    ]  # fmt: skip
