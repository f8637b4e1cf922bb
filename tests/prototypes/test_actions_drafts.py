"""What a team writes about its prototype, alone and two at once, and what it must hold before it is handed in."""

import json

import pytest
from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid
from ideenlab.hackathons.models import REQUIRABLE
from ideenlab.history.models import Entry
from ideenlab.prototypes.actions import Clash, DraftText, hand_in, save_draft
from ideenlab.prototypes.queries import challenges_of_prototype, find_prototype_of, fingerprint, written_fields
from ideenlab.prototypes.rules import label_of, missing_from, required_of
from ideenlab.prototypes.rules.complete import FIELDS
from tests.factories import a_challenge, a_hackathon

pytestmark = pytest.mark.usefixtures("in_english")
FIRST = {"title": "Parkfinder", "pitch": "Freie Plätze", "description": "Eine Karte."}


def save(person, team, seen=None, revision=0, **texts):
    with transaction():
        return save_draft(person, team=team, text=DraftText(**texts), revision=revision, seen=seen)


def prints(team):
    return {name: fingerprint(value) for name, value in written_fields(find_prototype_of(team)).items()}


def test_fields_that_only_one_of_two_people_changed_are_both_kept(person, team):
    save(person, team, revision=1, **FIRST)
    seen = prints(team)
    save(person, team, seen, **{**FIRST, "title": "Radfinder"})
    both = save(person, team, seen, **{**FIRST, "ai_use": "Keine", "licence": "MIT"})
    kept = written_fields(both)
    assert (kept["title"], kept["ai_use"], kept["licence"]) == ("Radfinder", "Keine", "MIT")


def test_a_field_that_both_changed_is_told_to_the_second_and_kept_as_it_is(person, team):
    save(person, team, revision=1, **FIRST)
    seen = prints(team)
    save(person, team, seen, **{**FIRST, "title": "Radfinder"})
    with pytest.raises(Clash) as refused:
        save(person, team, seen, **{**FIRST, "title": "Busfinder", "pitch": "Anders"})
    assert (refused.value.mine, refused.value.stored) == ([("Title", "Busfinder")], [("Title", "Radfinder")])
    assert written_fields(find_prototype_of(team))["pitch"] == "Freie Plätze"
    again = save(person, team, prints(team), **{**FIRST, "title": "Busfinder", "pitch": "Anders"})
    assert (again.title, again.pitch) == ("Busfinder", "Anders")


def test_a_save_whose_answer_was_lost_can_be_repeated(person, team):
    save(person, team, revision=1, **FIRST)
    seen = prints(team)
    once = save(person, team, seen, **{**FIRST, "title": "Radfinder"}).revision
    assert save(person, team, seen, **{**FIRST, "title": "Radfinder"}).revision == once


def test_a_page_that_saves_by_itself_does_not_fill_the_history(person, team):
    for number in range(5):
        with transaction():
            save_draft(person, team=team, text=DraftText(title=f"Titel {number}"), revision=number + 1, by_itself=True)
    assert db.session.scalar(select(func.count()).select_from(Entry).where(Entry.deed == "prototypes.saved")) == 1


def test_a_prototype_answers_challenges_of_its_own_hackathon(person, team):
    two, one, draft, foreign = (
        a_challenge(hackathon, position=position, published_at=published)
        for hackathon, position, published in (
            (team.hackathon, 1, now()), (team.hackathon, 2, now()), (team.hackathon, 3, None), (a_hackathon(), 1, now())
        )
    )  # fmt: skip
    prototype = save(person, team, revision=1, challenges=(one.id, two.id))
    assert challenges_of_prototype(prototype) == [two, one]
    for forbidden in (draft, foreign):
        with pytest.raises(Invalid, match="cannot be chosen"):
            save(person, team, revision=2, challenges=(forbidden.id,))
    with transaction():
        one.withdrawn_at = now()
    assert challenges_of_prototype(save(person, team, revision=2, challenges=(one.id,))) == [one]
    assert challenges_of_prototype(save(person, team, revision=3)) == []


def test_all_that_was_written_is_part_of_the_version(person, team):
    challenge = a_challenge(team.hackathon, position=1, title="Aufgabe 1")
    texts = {**FIRST, "licence": "Hausgemacht 1.0", "prior_work": "Ein Plan", "ai_use": "Übersetzt"}
    save(person, team, revision=1, challenges=(challenge.id,), **texts)
    with transaction():
        content = json.loads(hand_in(person, team=team, revision=2).content)
    assert {name: content[name] for name in texts} == texts
    assert content["challenges"] == [{"id": challenge.id, "title": "Aufgabe 1"}]


def test_what_organisers_want_filled_in_is_asked_for_at_hand_in(person, team):
    with transaction():
        team.hackathon.required_fields = " ".join(["nonsense", *REQUIRABLE])
    assert required_of(team.hackathon) == list(FIELDS)
    assert len(FIELDS) == len(REQUIRABLE) + 1, "each word that organisers tick is a field of a prototype"
    prototype = save(person, team, revision=1, ai_use="Keine", code_url="https://example.org/x")
    assert missing_from(prototype) == [name for name in FIELDS if name not in ("ai_use", "code_url")]
    with pytest.raises(Invalid, match="Title, In one sentence, Description, Challenges, Licence"), transaction():
        hand_in(person, team=team, revision=2)
    with transaction():
        team.hackathon.required_fields = ""
    assert missing_from(prototype) == ["title"]
    assert len({label_of(name) for name in FIELDS}) == len(FIELDS)
