"""The organisers' pages about districts."""

import io

import pytest

from ideenlab.city.queries import districts
from ideenlab.core.db import db
from tests.city.test_maths import SQUARE, polygon
from tests.factories import a_district, a_person, an_idea

LIST = "/organisation/stadtteile"


@pytest.fixture
def organiser(client):
    client.sign_in(a_person("organiser"))
    return client


def kept():
    db.session.rollback()
    return districts()


def test_without_districts_the_page_says_what_to_do(organiser):
    page = organiser.get(LIST).text
    assert "Es gibt noch keinen Stadtteil" in page
    assert f'href="{LIST}/neu"' in page


def test_a_district_is_added_with_a_file(organiser):
    file = (io.BytesIO(polygon(SQUARE).encode()), "altstadt.geojson")
    answer = organiser.post(f"{LIST}/neu", data={"title": "Altstadt", "outline": "", "file": file})
    assert answer.status_code == 303
    page = organiser.get(LIST).text
    assert "„Altstadt“ ist hinzugefügt." in page
    assert 'aria-label="Karte der Stadtteile"' in page
    assert kept()[0].outline.startswith('{"type":"MultiPolygon"')


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Diese Datei ist leer."),
        (b"\xff\xd8\xff\x00\x80", "Das ist kein GeoJSON: Der Text ist nicht lesbar."),
        (b"x" * 500_000, "Dieser Umriss ist zu lang."),
        (b"<svg onload=alert(1)>", "Das ist kein GeoJSON: Der Text ist nicht lesbar."),
    ],
)
def test_a_bad_file_is_refused_and_the_rest_stays_typed(organiser, content, sentence):
    data = {"title": "Altstadt am Fluss", "outline": "", "file": (io.BytesIO(content), "../../<b>.json")}
    answer = organiser.post(f"{LIST}/neu", data=data)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="Altstadt am Fluss"' in answer.text
    assert kept() == []


def test_a_district_is_renamed_and_moved(organiser):
    first, second = a_district(title="Altstadt"), a_district(title="Hafen")
    data = {"title": "Neustadt", "outline": first.outline}
    assert organiser.post(f"{LIST}/{first.id}", data=data).status_code == 303
    assert organiser.post(f"{LIST}/{second.id}/verschieben", data={"richtung": "vor"}).status_code == 303
    assert [district.title for district in kept()] == ["Hafen", "Neustadt"]


def test_a_used_district_says_why_it_stays(organiser):
    district = a_district(title="Altstadt")
    an_idea(district_id=district.id)
    answer = organiser.post(f"{LIST}/{district.id}/entfernen")
    assert answer.status_code == 422
    assert "„Altstadt“ kann nicht entfernt werden" in answer.text
    unused = a_district(title="Hafen")
    assert organiser.post(f"{LIST}/{unused.id}/entfernen").status_code == 303
    assert [each.title for each in kept()] == ["Altstadt"]


def test_numbers_of_no_district_are_not_found(organiser):
    for number in (999, 2**31, 2**63):
        assert organiser.get(f"{LIST}/{number}").status_code == 404
