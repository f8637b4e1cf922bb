"""A table of events, read twice: the first time it makes them, the second time nothing."""

from datetime import UTC, datetime

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.i18n import speaking
from ideenlab.core.jobs import JOBS
from ideenlab.core.tables import Unreadable, csv_line
from ideenlab.events.actions import fingerprint, import_events, preview_events
from ideenlab.events.models import Event, Venue
from ideenlab.events.queries import all_events, table_columns, table_rows
from tests.factories import a_partner, a_person, a_sign_up, a_topic, an_edition, an_event

HEAD = "Nummer;Titel;Datum;Beginn;Ende;Ort;Adresse;Barrierefrei;Plätze;Anmeldung;Themenfeld;Partner;Spalte X\r\n"
ROWS = (
    "A1;Löten für Anfänger;14.09.2027;10:00;12:00;Kubikraum;Große Straße 1;ja;12;hier;{topic};{partner};egal\r\n"
    'A2;"Abend ""offen""";2027-09-15;2027-09-15 19:00;16.09.2027 01:00 Uhr;KUBIKRAUM;;nein;;;;;\r\n'
)


@pytest.fixture
def week(app):
    edition = an_edition(starts_on=datetime(2027, 9, 13).date(), ends_on=datetime(2027, 9, 17).date())
    return edition, a_topic(edition, title="Kultur"), a_partner(title="Zoo Osnabrück")


def read(edition, text, tmp_path, encoding="utf-8"):
    path = tmp_path / "tabelle.csv"
    path.write_bytes(text.encode(encoding))
    return preview_events(path, edition=edition)


def stored(edition, text, tmp_path, **more):
    with transaction():
        db.session.add(edition)
        return import_events(None, edition=edition, preview=read(edition, text, tmp_path, **more), publish=True)


def test_a_table_becomes_events_and_a_second_time_changes_nothing(week, tmp_path):
    edition, topic, partner = week
    text = HEAD + ROWS.format(topic="KULTUR", partner="zoo osnabrueck")
    preview = read(edition, text, tmp_path)
    assert [row.outcome for row in preview.rows] == ["new", "new"]
    assert (preview.refused, preview.left_alone) == ([], ["Spalte X"])
    assert all_events(edition) == []
    assert stored(edition, text, tmp_path) == {"new": 2, "changed": 0, "same": 0}
    first, second = all_events(edition)
    assert (first.title, first.partner_id, first.topic_id) == ("Löten für Anfänger", partner.id, topic.id)
    assert (first.starts_at, first.ends_at) == (
        datetime(2027, 9, 14, 8, tzinfo=UTC), datetime(2027, 9, 14, 10, tzinfo=UTC)
    )  # fmt: skip
    assert (first.places, first.sign_up, first.is_accessible, first.state) == (12, "here", True, "published")
    assert (second.title, second.ends_at) == ('Abend "offen"', datetime(2027, 9, 15, 23, tzinfo=UTC))
    assert first.venue_id == second.venue_id
    assert [venue.title for venue in db.session.query(Venue).order_by(Venue.id)] == ["Kubikraum"]
    before = [(event.revision, event.changed_at) for event in all_events(edition)]
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        assert stored(edition, text, tmp_path, encoding=encoding) == {"new": 0, "changed": 0, "same": 2}
    assert [(event.revision, event.changed_at) for event in all_events(edition)] == before


def test_each_refusal_says_its_line_and_why(week, tmp_path):
    edition, _topic, _partner = week
    rows = {
        "A;T;28.03.2027;02:30;04:00": "set forward",
        "B;T;31.10.2027;02:30;04:00": "twice",
        "C;T;31.02.2027;10:00;12:00": "does not exist",
        "D;T;14.09.2027;12:00;10:00": "after the beginning",
        ";T;14.09.2027;10:00;12:00": "no number",
        "F;;14.09.2027;10:00;12:00": "title",
        "G;T;14.09.2027;10:00": "4 cells",
        "H;" + "T" * 121 + ";14.09.2027;10:00;12:00": "120",
        "I;T;14.09.2027;25:00;12:00": "23:59",
        "J;T;14.09.2027;10:00;12:00": "",
        "J;U;14.09.2027;10:00;12:00": "line 11",
    }
    with speaking("en"):
        preview = read(edition, "Nummer;Titel;Datum;Von;Bis\n" + "".join(f"{row}\n" for row in rows), tmp_path)
    assert [row.external_id for row in preview.rows] == ["J"]
    expected = [(line, word) for line, word in enumerate(rows.values(), 2) if word]
    assert [line for line, _reason in preview.refused] == [line for line, _word in expected]
    reasons = [(reason, word) for (_line, reason), (_same, word) in zip(preview.refused, expected, strict=True)]
    assert [pair for pair in reasons if pair[1] not in pair[0]] == []
    more = read(edition, "nr,titel,beginn,ende,thema,partner,format,plätze\n"
                "A,T,2027-09-14 10:00,2027-09-14 12:00,Xx,,,\n"
                "B,T,2027-09-14 10:00,2027-09-14 12:00,,Yy,,\nC,T,2027-09-14 10:00,2027-09-14 12:00,,,Zz,\n"
                "D,T,2027-09-14 10:00,2027-09-14 12:00,,,,１２\n", tmp_path)  # fmt: skip
    assert [line for line, _reason in more.refused] == [2, 3, 4, 5]
    assert all(word in reason for word, (_line, reason) in zip(("Xx", "Yy", "Zz", "１２"), more.refused, strict=True))
    for broken in ("", "Titel;Von\nA;B\n", "Nummer;Titel;Von;Bis\n"):
        with pytest.raises(Unreadable):
            read(edition, broken, tmp_path)


def test_a_changed_hour_moves_the_event_and_tells_who_signed_up(week, tmp_path):
    edition, *_rest = week
    text = "Nummer;Titel;Datum;Von;Bis;Plätze;Anmeldung\nA1;Löten;14.09.2027;10:00;12:00;5;hier\n"
    stored(edition, text, tmp_path)
    (event,) = all_events(edition)
    guest = a_sign_up(event, a_person(), confirmed_at=event.created_at)
    moved = text.replace("10:00", "11:00")
    shown = fingerprint(read(edition, moved, tmp_path))
    assert [row.changed for row in read(edition, moved, tmp_path).rows] == [("starts_at",)]
    assert stored(edition, moved, tmp_path) == {"new": 0, "changed": 1, "same": 0}
    JOBS["events.tell"].work()
    db.session.refresh(event)
    db.session.refresh(guest)
    assert (event.sequence, event.moved_at is not None, guest.told_sequence) == (1, True, 1)
    assert fingerprint(read(edition, moved, tmp_path)) != shown
    with transaction():
        db.session.get_one(Event, event.id).registered_count = 4
    ((line, reason),) = read(edition, text.replace(";5;", ";3;"), tmp_path).refused
    assert line == 2
    assert "4" in reason


def test_what_we_export_can_be_read_in_again_without_a_formula(week, tmp_path):
    edition, topic, partner = week
    event = an_event(
        edition=edition, title="=HYPERLINK(1)", summary="'+1", topic=topic, partner=partner, track="-Bühne",
        description="Erste Zeile\n@zweite", access_notes="'n Aufzug",
    )  # fmt: skip
    cells = [str(cell) for row in table_rows(edition) for cell in row]
    assert "=HYPERLINK(1)" in cells
    text = csv_line(table_columns()) + "".join(csv_line(row) for row in table_rows(edition))
    assert "'=HYPERLINK(1)" in text
    preview = read(edition, text, tmp_path)
    assert [(row.outcome, row.event, row.changed) for row in preview.rows] == [("same", event, ())]
