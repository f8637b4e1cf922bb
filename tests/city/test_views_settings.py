"""The pages of settings: look beforehand, save, and find it everywhere."""

from datetime import date, timedelta

from ideenlab.city.actions import change_settings
from ideenlab.core.db import transaction
from ideenlab.core.security import city
from tests.factories import a_person


def test_a_colour_is_looked_at_measured_and_then_worn_by_every_page(app, client):
    client.sign_in(a_person("administrator"))
    page = client.get("/organisation/stadt/aussehen")
    form = {"seen": _seen(page), "city_accent": "#8a1c4a"}
    preview = client.post("/organisation/stadt/aussehen", data={**form, "do": "preview"})
    assert preview.status_code == 422
    assert "Vorschau – noch nicht gespeichert" in preview.text
    assert "nötig sind 4,5 zu 1" in preview.text
    assert 'href="/organisation/stadt/farbprobe.css?farbe=8a1c4a"' in preview.text
    sample = client.get("/organisation/stadt/farbprobe.css?farbe=8a1c4a")
    assert (sample.status_code, sample.mimetype, "#8a1c4a" in sample.text) == (200, "text/css", True)
    assert client.get("/organisation/stadt/farbprobe.css?farbe=}body{").status_code == 404
    assert city().city_accent == ""
    assert client.post("/organisation/stadt/aussehen", data=form).status_code == 303
    assert '<link rel="stylesheet" href="/stadt.css?farbe=8a1c4a">' in client.get("/en/impressum").text
    css = client.get("/stadt.css?farbe=8a1c4a")
    assert "--kern-color-action-default: #8a1c4a" in css.text
    assert client.get("/stadt.css", headers={"If-None-Match": css.headers["ETag"]}).status_code == 304


def _seen(page):
    return page.text.split('name="seen"')[1].split('value="')[1].split('"')[0]


def test_a_pale_colour_is_refused_with_its_ratio_and_a_proposal(app, client):
    client.sign_in(a_person("administrator"))
    page = client.get("/organisation/stadt/aussehen")
    refused = client.post("/organisation/stadt/aussehen", data={"seen": _seen(page), "city_accent": "#ffcc00"})
    assert refused.status_code == 422
    assert "1,37 zu 1" in refused.text
    assert city().city_accent == ""


def test_the_name_of_the_city_stands_on_every_page_and_english_can_be_left_out(app, client):
    with transaction():
        given = {
            "city_name": "Neustadt am Meer", "city_claim": "Wind von vorn", "city_languages": "de", "bundesland": "sh",
            "city_zone": "Europe/Berlin",
        }  # fmt: skip
        change_settings(None, group="allgemein", given=given)
    page = client.get("/")
    assert "– Neustadt am Meer</title>" in page.text
    assert "Wind von vorn" in page.text
    assert 'hreflang="en"' not in page.text
    moved = client.get("/en/impressum")
    assert (moved.status_code, moved.location) == (302, "/impressum")
    client.sign_in(a_person(language="en"))
    assert ">English<" not in client.get("/konto").text


def test_the_accessibility_statement_holds_all_that_the_law_wants(app, client):
    today = date.today() - timedelta(days=2)
    with transaction():
        change_settings(None, group="allgemein", given={"city_name": "Teststadt", "bundesland": "he",
                                                        "city_zone": "Europe/Berlin"})  # fmt: skip
        change_settings(
            None, group="kontakt", given={"city_email": "ideen@example.org", "city_address": "Weg 1\n12345 Ort"}
        )
        change_settings(
            None, group="barrierefreiheit",
            given={"conformance": "partly", "conformance_method": "self", "statement_made_on": today.isoformat(),
                   "statement_checked_on": today.isoformat()},
        )  # fmt: skip
    page = client.get("/barrierefreiheit").text
    for needed in (
        "HessBGG", "Durchsetzungs- und Überwachungsstelle für barrierefreie Informationstechnik", "teilweise",
        "selbst bewertet", "innerhalb von 42 Tagen", "/barriere-melden", "ideen@example.org", "zuletzt am",
    ):  # fmt: skip
        assert needed in page, needed
    with transaction():
        given = {"conformance": "full", "land_statute": "Neues Gesetz (NG)", "land_enforcement": "Neue Stelle, Kassel"}
        change_settings(None, group="barrierefreiheit", given={**given, "land_checked_on": today.isoformat()})
    corrected = client.get("/barrierefreiheit").text
    assert ("Neues Gesetz (NG)" in corrected, "Neue Stelle, Kassel" in corrected, "HessBGG" in corrected) == (
        True, True, False,
    )  # fmt: skip
    with transaction():
        change_settings(None, group="allgemein", given={"city_name": "Teststadt", "bundesland": "sn",
                                                        "city_zone": "Europe/Berlin"})  # fmt: skip
    assert "BfWebG" in client.get("/barrierefreiheit").text
    assert city().land_checked_on == ""
    imprint = client.get("/impressum").text
    assert "Weg 1" in imprint
    assert not any(
        word in client.get(address).text for word in ("TMG", "TTDSG") for address in ("/impressum", "/datenschutz")
    )
