"""Where an idea belongs: district, words, pin; and how it was before."""

import pytest
from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid
from ideenlab.ideas.actions import Whereabouts, edit_idea, give_idea
from ideenlab.ideas.models import IdeaVersion
from tests.factories import a_call, a_district, a_person, an_idea

WORDS = {"title": "Bänke an der Hase", "text": "Mehr Bänke an der Hase.", "topic": None}
HERE = (52_220_000, 8_020_000)


def give(where):
    with transaction():
        return give_idea(a_person(), call=a_call(), where=where, **WORDS)


def test_an_idea_has_district_words_and_a_pin(app):
    district = a_district(west=8.0, south=52.2)
    idea = give(Whereabouts(district, " vor der\nBücherei ", *HERE))
    assert (idea.district_id, idea.place, idea.latitude, idea.longitude) == (district.id, "vor der Bücherei", *HERE)


@pytest.mark.parametrize(
    ("pin", "sentence"),
    [
        ((52_220_000, 9_000_000), "außerhalb der Stadt"),
        ((8_020_000, 52_220_000), "außerhalb der Stadt"),
        ((999_999_999, 8_020_000), "außerhalb der Stadt"),
        ((-52_220_000, 8_020_000), "außerhalb der Stadt"),
    ],
)
def test_a_pin_outside_the_city_is_refused(app, pin, sentence):
    a_district(west=8.0, south=52.2)
    with pytest.raises(Invalid, match=sentence) as refusal:
        give(Whereabouts(None, "", *pin))
    assert refusal.value.field == "place"


def test_without_a_map_there_is_no_pin(app):
    with pytest.raises(Invalid, match="noch keine Karte"):
        give(Whereabouts(None, "", *HERE))


def test_half_a_pin_is_none(app):
    assert give(Whereabouts(None, "", HERE[0], None)).latitude is None


def test_a_place_too_long_is_refused(app):
    with pytest.raises(Invalid, match="höchstens 200 Zeichen"):
        give(Whereabouts(None, "x" * 201))


def test_the_place_before_a_change_is_kept(app):
    old, new = a_district(), a_district(west=8.05)
    idea = an_idea(district_id=old.id, place="am Markt", latitude=HERE[0], longitude=HERE[1])
    words = {"title": idea.title, "text": idea.text, "topic": None}
    with transaction():
        edit_idea(idea.author, idea=idea, revision=1, where=Whereabouts(new, "am Dom"), **words)
    (before,) = db.session.scalars(select(IdeaVersion))
    assert (before.district_id, before.place, before.latitude, before.longitude) == (old.id, "am Markt", *HERE)
    assert (idea.district_id, idea.place, idea.latitude, idea.revision) == (new.id, "am Dom", None, 2)


def test_nothing_new_is_no_version(app):
    district = a_district()
    idea = an_idea(district_id=district.id, place="am Markt", latitude=HERE[0], longitude=HERE[1])
    words = {"title": idea.title, "text": idea.text, "topic": None}
    for where in (None, Whereabouts(district, "am Markt", *HERE)):
        with transaction():
            edit_idea(idea.author, idea=idea, revision=1, where=where, **words)
    assert idea.revision == 1
    assert list(db.session.scalars(select(IdeaVersion))) == []


def test_a_pin_that_was_taken_stays_when_the_outlines_are_drawn_anew(app):
    a_district(west=8.5)
    idea = an_idea(latitude=HERE[0], longitude=HERE[1])
    words = {"title": "Ein neuer Titel", "text": idea.text, "topic": None}
    with transaction():
        edit_idea(idea.author, idea=idea, revision=1, where=Whereabouts(None, "", *HERE), **words)
    assert (idea.latitude, idea.title) == (HERE[0], "Ein neuer Titel")
