"""Settings on pages: what may be set, that everybody learns of it, and that nobody writes over anybody."""

from dataclasses import fields, replace
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from ideenlab.city.actions import add_word, change_settings, keep_logo, remove_logo, remove_word
from ideenlab.city.models import CitySetting
from ideenlab.city.queries import glossary, stored_settings, words_to_replace
from ideenlab.city.rules import GROUPS, LAENDER, answer_days
from ideenlab.config import CHANGEABLE, Settings
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.i18n import city_zone, offered
from ideenlab.core.security import base_settings, city
from ideenlab.core.settings import Overlay, over, overlay
from ideenlab.core.storage import storage
from ideenlab.files.actions import draw_picture
from ideenlab.files.models import StoredFile
from ideenlab.history.models import Entry
from tests.factories import a_person

GENERAL = {
    "city_name": "Neustadt", "city_claim": "", "city_languages": "de en", "bundesland": "he",
    "city_zone": "Europe/Berlin", "map_source": "",
}  # fmt: skip
WRONG = [
    ("allgemein", "city_name", "x", "Die Stadt braucht einen Namen."),
    ("allgemein", "city_name", "x" * 61, "höchstens 60 Zeichen"),
    ("allgemein", "city_zone", "Europe/Bonn", "Diese Zeitzone gibt es nicht."),
    ("allgemein", "bundesland", "xx", "Bitte wählen Sie etwas aus der Liste."),
    ("aussehen", "city_accent", "rot", "Bitte geben Sie eine Farbe so an"),
    ("aussehen", "city_accent", "#ffcc00", "ist 1,37 zu 1, nötig sind 4,5 zu 1. Der nächste Ton, der genügt, ist #"),
    ("kontakt", "city_email", "a@b@c", "E-Mail-Adresse"),
    ("fristen", "hours_for_reports", "0", "von 1 bis 720"),
    ("fristen", "hours_for_reports", "1e3", "von 1 bis 720"),
    ("barrierefreiheit", "statement_made_on", "2099-01-01", "Dieser Tag kommt erst noch."),
    ("barrierefreiheit", "sign_video_url", "http://x.de/v", "https://"),
    ("barrierefreiheit", "sign_video_url", "https://stadt.de@evil.example/v", "https://"),
    ("barrierefreiheit", "sign_video_url", 'https://x.de/"><script>', "https://"),
]  # fmt: skip


def stored(group):
    db.session.rollback()
    return stored_settings(GROUPS[group])


def test_a_row_wins_over_the_environment_and_everybody_knows_at_once(app):
    administrator = a_person("administrator")
    other_process = Overlay()
    assert other_process.settings(base_settings()).city_name == city().city_name == "Teststadt"
    with transaction():
        changed = change_settings(
            administrator, group="allgemein",
            given={**GENERAL, "city_languages": "de", "city_zone": "Atlantic/Canary"}, seen=stored("allgemein").mark,
        )  # fmt: skip
    assert changed == ["city_name", "city_languages", "bundesland", "city_zone"]
    assert (city().city_name, city_zone(), list(offered()), answer_days()) == (
        "Neustadt",
        "Atlantic/Canary",
        ["de"],
        42,
    )
    assert other_process.settings(base_settings()).city_name == "Teststadt"  # not yet: it looks every two seconds
    other_process.read_at -= 3
    assert other_process.settings(base_settings()).city_name == "Neustadt"
    entry = db.session.scalars(select(Entry).where(Entry.deed == "city.settings_changed")).one()
    assert (entry.actor_id, entry.note) == (administrator.id, ", ".join(changed))


def test_what_holds_costs_no_statement_of_a_page(app, count_queries):
    overlay().forget()
    assert count_queries(lambda: [city() for _each in range(50)]) == 0


def test_only_the_administration_changes_settings_and_nobody_writes_over_anybody(app):
    for role in ("organiser", "moderator"):
        with pytest.raises(NotAllowed, match="Nur die Administration"), transaction():
            change_settings(a_person(role), group="allgemein", given=GENERAL)
    first, second = a_person("administrator"), a_person("administrator")
    seen = stored("allgemein").mark
    with transaction():
        change_settings(first, group="allgemein", given=GENERAL, seen=seen)
    with pytest.raises(Conflict) as refusal, transaction():
        change_settings(second, group="allgemein", given={**GENERAL, "city_name": "Altstadt"}, seen=seen)
    assert dict(refusal.value.mine)["city_name"] == "Altstadt"
    assert dict(refusal.value.stored)["city_name"] == "Neustadt"
    assert city().city_name == "Neustadt"


def test_what_cannot_be_set_is_refused_at_its_field(app):
    administrator = a_person("administrator")
    for group, name, value, sentence in WRONG:
        given = {**stored(group).values, name: value}
        with pytest.raises(Invalid, match=sentence) as refusal, transaction():
            change_settings(administrator, group=group, given=given)
        assert refusal.value.field == name
    db.session.rollback()
    assert db.session.scalars(select(CitySetting)).all() == []


def test_a_row_written_by_hand_breaks_nothing(app):
    rows = {"city_zone": "Mars/Olympus", "hours_for_reports": "many", "secret_key": "stolen", "city_claim": "Hallo"}
    rows |= {
        "city_accent": "red}body{",
        "statement_made_on": "soon",
        "sign_video_url": "javascript:1",
        "conformance": "x",
    }
    assert over(base_settings(), rows) == replace(base_settings(), city_claim="Hallo")


def test_every_changeable_setting_stands_on_one_page_and_exists():
    named = [name for names in GROUPS.values() for name in names]
    assert sorted([*named, "city_logo"]) == sorted(CHANGEABLE)
    assert set(CHANGEABLE) <= {field.name for field in fields(Settings)}
    assert len(LAENDER) == 16
    assert all(land.statute and land.enforcement and 14 <= land.days <= 42 for land in LAENDER.values())


def test_a_logo_is_drawn_anew_and_the_old_one_goes(app):
    administrator = a_person("administrator")

    def picture(width):
        source = BytesIO()
        Image.new("RGB", (width, 90), "#123456").save(source, "PNG")
        return draw_picture(source, name="wappen.png")

    for width in (300, 900):
        drawn = picture(width)
        with transaction():
            keep_logo(administrator, drawn=drawn)
    assert list(dict(storage().keys())) == [city().city_logo]
    assert db.session.scalars(select(StoredFile)).one().key == city().city_logo
    with transaction():
        remove_logo(administrator)
    assert [*storage().keys()] == []
    assert city().city_logo == ""


def test_words_are_kept_once_and_found_in_a_text(app):
    organiser = a_person("organiser")
    with transaction():
        add_word(organiser, word="Bürger", instead="Menschen in der Stadt")
        add_word(organiser, word="Teilnehmer*innen", instead="Teilnehmende")
    for word, instead, sentence in [
        ("BÜRGER", "Leute", "schon in der Liste"), ("x", "Leute", "2 bis 60"),
        ("Lehrer", "LEHRER", "welche anderen Wörter"),
    ]:  # fmt: skip
        with pytest.raises(Invalid, match=sentence), transaction():
            add_word(organiser, word=word, instead=instead)
    with pytest.raises(NotAllowed), transaction():
        add_word(a_person("moderator"), word="Lehrer", instead="Lehrkräfte")
    assert words_to_replace("Liebe Bürger, liebe Teilnehmer*innen, das Bürgeramt öffnet.") == [
        ("Bürger", "Menschen in der Stadt"), ("Teilnehmer*innen", "Teilnehmende"),
    ]  # fmt: skip
    with transaction():
        remove_word(organiser, word=glossary()[0])
    assert [word.word for word in glossary()] == ["Teilnehmer*innen"]
