import json

import pytest

from ideenlab.city.actions import (
    LONGEST_OUTLINE,
    add_district,
    edit_district,
    import_districts,
    move_district,
    remove_district,
)
from ideenlab.city.queries import city_map, districts
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from tests.city.test_maths import SQUARE, polygon
from tests.factories import a_district, a_person, an_idea


def titles():
    db.session.rollback()
    return [district.title for district in districts()]


def test_districts_are_added_at_the_end_and_put_in_order(app):
    organiser = a_person("organiser")
    with transaction():
        made = [add_district(organiser, title=title) for title in (" Altstadt ", "Hafen", "Nord")]
    assert [district.slug for district in made] == ["altstadt", "hafen", "nord"]
    with transaction():
        move_district(organiser, district=made[2], up=True)
    assert titles() == ["Altstadt", "Nord", "Hafen"]
    with transaction():
        move_district(organiser, district=made[0], up=True)
        move_district(organiser, district=made[0], up=False)
    assert titles() == ["Nord", "Altstadt", "Hafen"]


def test_only_organisers_change_districts(app):
    district, citizen = a_district(), a_person("moderator")
    for deed in (
        lambda: add_district(citizen, title="Hafen"),
        lambda: edit_district(citizen, district=district, title="Hafen", outline=""),
        lambda: move_district(citizen, district=district, up=True),
        lambda: remove_district(citizen, district=district),
    ):
        with pytest.raises(NotAllowed, match="Nur die Organisation"), transaction():
            deed()


@pytest.mark.parametrize(
    ("title", "outline", "field", "sentence"),
    [
        ("x", "", "title", "Ein Name hat 2 bis 80 Zeichen."),
        ("x" * 81, "", "title", "Ein Name hat 2 bis 80 Zeichen."),
        ("ALTSTADT", "", "title", "Einen Stadtteil mit diesem Namen gibt es schon."),
        ("Hafen", "nichts", "outline", "Das ist kein GeoJSON: Der Text ist nicht lesbar."),
        ("Hafen", "x" * (LONGEST_OUTLINE + 1), "outline", "Dieser Umriss ist zu lang."),
        ("Hafen", '{"type": "Point"}', "outline", "Bitte geben Sie ein Polygon oder ein MultiPolygon an."),
        ("Hafen", polygon(SQUARE[:3]), "outline", "Jeder Ring braucht mindestens vier Punkte"),
        ("Hafen", polygon([[0, 0], [90, 0], [90, 9], [0, 0]]), "outline", "Bitte geben Sie Länge und Breite in Grad"),
    ],
)
def test_what_cannot_be_a_district_is_refused_at_its_field(app, title, outline, field, sentence):
    a_district(title="Altstadt")
    with pytest.raises(Invalid, match=sentence) as refusal, transaction():
        add_district(a_person("organiser"), title=title, outline=outline)
    assert refusal.value.field == field
    assert titles() == ["Altstadt"]


def test_a_district_that_ideas_name_stays(app):
    district, organiser = a_district(title="Altstadt"), a_person("organiser")
    idea = an_idea(district_id=district.id)
    with pytest.raises(Invalid, match="„Altstadt“ kann nicht entfernt werden: Ideen nennen"), transaction():
        remove_district(organiser, district=district)
    with transaction():
        idea.district_id = None
    with transaction():
        remove_district(organiser, district=district)
    assert titles() == []


def test_a_collection_is_imported_once(app):
    squares = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": {"name": name}, "geometry": json.loads(polygon(SQUARE))}
            for name in ("Altstadt", "Hafen")
        ],
    }
    a_district(title="altstadt")
    with transaction():
        assert import_districts(json.dumps(squares)) == (1, 1)
    with transaction():
        assert import_districts(json.dumps(squares)) == (0, 0)
    assert titles() == ["altstadt", "Hafen"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[]", "Das ist keine GeoJSON-Sammlung von Stadtteilen."),
        ("{}", "Das ist keine GeoJSON-Sammlung von Stadtteilen."),
        ('{"features": [{"properties": {}, "geometry": {}}]}', "Eintrag 1 hat keinen Namen."),
        ('{"features": [{"properties": null}]}', "Das ist keine GeoJSON-Sammlung von Stadtteilen."),
    ],
)
def test_a_file_that_is_no_collection_is_refused(app, text, sentence):
    with pytest.raises(Invalid, match=sentence), transaction():
        import_districts(text)


def test_the_map_holds_all_outlines_and_nothing_far_away(app):
    assert city_map() is None
    a_district(outline="")
    a_district(outline="not readable any more")
    assert city_map() is None
    first, second = a_district(west=8.0), a_district(west=8.1)
    sheet = city_map()
    assert [part.id for part in sheet.parts] == [first.id, second.id]
    assert sheet.holds(52_220_000, 8_120_000)
    assert not sheet.holds(52_220_000, 9_000_000)
    assert not sheet.holds(8_120_000, 52_220_000)
