import csv
import io
import threading

import pytest
from sqlalchemy import func, select

from ideenlab.core.db import db, transaction
from ideenlab.core.jobs import JOBS
from ideenlab.core.search import Posting
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import importing, reading
from ideenlab.ideas.actions.indexing import index_ideas
from ideenlab.ideas.actions.reading import LONGEST_TEXT
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import ideas_to_index, list_ideas
from tests.factories import a_call, a_topic, an_edition, an_idea

HEADER = ["external_id", "created_at", "title", "text", "category", "source_url"]
ROWS = [
    [
        "B1",
        "2017-09-13T08:08:40+02:00",
        "Poller am Wall",
        "Die Poller sind zu eng für Räder.",
        "Wege",
        "https://x.de/1",
    ],
    ["B2", "2017-09-14", "Grüne Welle", "Mit *20* km/h\nzur Arbeit", "Ampeln", ""],
    ["B3", "14.09.2017 18:30", "Straßenbeleuchtung", "Am Kanal ist es dunkel", "", "javascript:alert(1)"],
]


@pytest.fixture
def call(app):
    return a_call(slug="aufruf")


@pytest.fixture
def run(app):
    def invoke(*arguments, code=0):
        result = app.test_cli_runner().invoke(args=["ideas", *map(str, arguments)])
        assert result.exit_code == code, (result.output, result.exception)
        return result.output

    return invoke


@pytest.fixture
def import_(run, tmp_path):
    """Import rows, a text or bytes, and give back what was printed."""

    def invoke(content, *more, code=0):
        if isinstance(content, list):
            content = table(content)
        file = tmp_path / "ideas.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return run("import", file, "--call", "aufruf", *more, code=code)

    return invoke


def table(rows, delimiter=",", header=HEADER):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([header, *rows])
    return out.getvalue()


def stored():
    return db.session.scalars(select(Idea).order_by(Idea.id)).all()


def test_every_row_becomes_a_published_idea(call, import_):
    printed = import_(ROWS)
    first, second, third = stored()
    assert "3 Zeilen gelesen: 3 neue Ideen, 0 schon da, 0 ausgelassen." in printed
    assert (first.title, first.text, first.external_id) == ("Poller am Wall", ROWS[0][3], "B1")
    assert (first.state, first.origin, first.author, first.label) == ("published", "import", None, "Wege")
    assert first.created_at.isoformat() == first.published_at.isoformat() == "2017-09-13T06:08:40+00:00"
    assert first.source_url == "https://x.de/1"
    assert (second.text_html, second.excerpt) == (
        "<p>Mit <em>20</em> km/h<br>\nzur Arbeit</p>\n",
        "Mit 20 km/h zur Arbeit",
    )
    assert third.created_at.isoformat() == "2017-09-14T16:30:00+00:00"  # times without a zone are the city's
    assert third.source_url == ""
    assert len({idea.thread_id for idea in stored()}) == 3
    assert [card.id for card in list_ideas(call, text="beleuchtung").rows] == [third.id]


def test_a_second_import_changes_nothing_and_says_so(call, import_):
    import_(ROWS)
    before = [(idea.id, idea.title, idea.changed_at) for idea in stored()]
    printed = import_(ROWS)
    assert "3 Zeilen gelesen: 0 neue Ideen, 3 schon da, 0 ausgelassen." in printed
    assert "Nichts ändert sich" in printed
    assert [(idea.id, idea.title, idea.changed_at) for idea in stored()] == before
    assert db.session.scalar(select(func.count()).select_from(Entry).where(Entry.deed == "ideas.imported")) == 1


def test_rows_without_a_number_are_known_again_by_what_they_say(call, import_):
    rows = [["", *row[1:]] for row in ROWS]
    import_(rows)
    assert "0 neue Ideen, 3 schon da" in import_(rows)


def test_a_dry_run_stores_nothing(call, import_):
    import_(ROWS[:1])
    printed = import_(ROWS, "--dry-run")
    assert "3 Zeilen gelesen: 2 neue Ideen, 1 schon da" in printed
    assert len(stored()) == 1


def test_the_same_numbers_in_another_call_are_other_ideas(call, import_, run, tmp_path):
    a_call(slug="anderer")
    import_(ROWS)
    assert "3 neue Ideen" in run("import", tmp_path / "ideas.csv", "--call", "anderer")


@pytest.mark.on("sqlite")  # how a file is read is the same for both
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_whatever_an_office_writes_is_recognised(call, import_, encoding, delimiter, line_end):
    rows = [[cell.replace("\n", " ") for cell in row] for row in ROWS]
    import_(table(rows, delimiter).replace("\r\n", line_end).encode(encoding))
    assert [idea.title for idea in stored()] == ["Poller am Wall", "Grüne Welle", "Straßenbeleuchtung"]


def test_columns_are_known_by_german_names(call, import_):
    import_("Nummer;Erstellt am;Betreff;Beschreibung;Kategorie;Quelle\n7;13.09.2017;Bänke;Mehr Bänke;Grün;\n")
    [idea] = stored()
    assert (idea.external_id, idea.title, idea.text, idea.label) == ("7", "Bänke", "Mehr Bänke", "Grün")


def test_columns_can_be_named(call, import_):
    content = "Was;Wozu;Titel\nBänke;Zum Sitzen;Frau\n"
    import_(content, "--map", "title=Was", "--map", "text=wozu")
    [idea] = stored()
    assert (idea.title, idea.text) == ("Bänke", "Zum Sitzen")


def test_categories_become_topics_by_title_or_mapping_else_stay_a_label(app, import_, tmp_path):
    edition = an_edition()
    a_call(slug="aufruf", edition=edition)
    climate, traffic = (
        a_topic(edition, title="Klima", slug="klima"),
        a_topic(edition, title="Mobilität", slug="verkehr"),
    )
    rows = [[str(n), "", f"Idee {n}", f"Text {n}", category, ""] for n, category in enumerate(
        ["KLIMA", "Ampeln", "Wege", "Sonstiges"])]  # fmt: skip
    mapping = tmp_path / "topics.csv"
    mapping.write_text("Kategorie;Thema\nWege;verkehr\n")
    import_(rows, "--topic", "Ampeln=verkehr", "--topics", mapping)
    assert [(idea.topic, idea.label) for idea in stored()] == [
        (climate, ""), (traffic, ""), (traffic, ""), (None, "Sonstiges"),
    ]  # fmt: skip
    assert "gibt kein Thema „bus“" in import_(rows, "--topic", "Ampeln=bus", code=1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (["1", "", "Titel", " \u200b ", "", ""], "kein Text"),
        (["1", "", "Titel", "<p>&nbsp;</p>", "", ""], "kein Text"),
        (["1", "", "Titel", "Text"], "4 Zellen"),
        (["1", "", "Titel", "Text", "", "", ""], "7 Zellen"),
        (["1", "", "Titel", "Te\x00xt", "", ""], "NUL"),
        (["1", "3/4/27", "Titel", "Text", "", ""], "3/4/27"),
        (["1", "2999-01-01", "Titel", "Text", "", ""], "2999-01-01"),
        (["1", "0001-01-01T00:00:00+14:00", "Titel", "Text", "", ""], "0001-01-01"),
        (["9" * 81, "", "Titel", "Text", "", ""], "Nummer"),
        (["1", "", "Titel", "x" * (LONGEST_TEXT + 1), "", ""], "20000"),
        (["B1", "", "Anderer Titel", "Text", "", ""], "Zeile 2"),
        (["B9", "2018-01-01", ROWS[0][2], ROWS[0][3], "", ""], "Zeile 2"),
    ],
)
def test_a_row_that_becomes_no_idea_is_named_with_line_and_reason(call, import_, row, reason):
    printed = import_([ROWS[0], row, ROWS[1]])
    [line] = [line for line in printed.splitlines() if line.startswith("Zeile 3 ausgelassen: ")]
    assert reason in line
    assert "3 Zeilen gelesen: 2 neue Ideen, 0 schon da, 1 ausgelassen." in printed
    assert [idea.external_id for idea in stored()] == ["B1", "B2"]


def test_lines_are_counted_as_an_editor_counts_them(call, import_):
    printed = import_([["1", "", "Titel", "eins\nzwei\ndrei", "", ""], [""], ["2", "", "Leer", "", "", ""]])
    assert "Zeile 6 ausgelassen: kein Text" in printed


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "leer"),
        ("\n\n", "leer"),
        ("title,text\n", "keine Zeilen"),
        ("title,text,Text\na,b,c\n", "zweimal"),
        ("title,foo\na,b\n", "text"),
        ('title,text\na,b\n"c,d\ne,f\n', "Zeile 3"),
        ('title,text\na,"b" c\n', "Zeile 2"),
        ("title,text\na,b\nc," + "x" * 10_000_000 + "\n", "Zeile 3"),
        ('title,text\na,b\nc,"' + "x\n" * 500_000, "Zeile 3"),
        (b"\xff\xfet", "utf-16"),
        ("nur ein Satz ohne Spalten\n", "title"),
    ],
)
def test_a_broken_table_is_refused_whole_with_a_clear_message(call, import_, content, message):
    assert message in import_(content, code=1)
    assert stored() == []


@pytest.mark.parametrize("mapping", ["title", "=x", "wrong=title", "title=missing"])
def test_a_mapping_that_cannot_be_is_refused(call, import_, mapping):
    import_(ROWS, "--map", mapping, code=1)
    assert stored() == []


def test_nothing_is_half_imported(call, import_, monkeypatch):
    monkeypatch.setattr(importing, "record", lambda *_, **__: 1 / 0)
    import_(ROWS, code=1)
    assert stored() == []


def test_html_becomes_markdown(call, import_):
    text = '<p>Bitte <b>mehr </b>Bänke &amp; <a href="https://x.de/a">Bäume</a></p><ul><li>eins</li><li>zwei</li></ul>'
    text += "<script>alert(1)</script>"
    import_([["1", "", "Titel &quot;A&quot;", text, "", ""]])
    [idea] = stored()
    assert idea.title == 'Titel "A"'
    assert idea.text == "Bitte **mehr** Bänke & [Bäume](<https://x.de/a>)\n\n- eins\n- zwei"


def test_a_long_title_is_cut_and_kept_whole_in_the_text(call, import_):
    title = "Wort " * 30
    printed = import_([["1", "", title, "Text", "", ""]])
    [idea] = stored()
    assert len(idea.title) <= 120
    assert idea.text == f"{title.strip()}\n\nText"
    assert "Zeile 2 übernommen, aber" in printed


def test_progress_is_told_in_plain_lines(call, import_):
    assert "3 von 3" in import_(ROWS)


def test_a_large_import_is_stored_piece_by_piece(call, import_, monkeypatch):
    monkeypatch.setattr(reading, "AT_ONCE", 100)
    rows = [[str(n), "", f"Idee {n}", f"Text {n}", "", ""] for n in range(1_203)]
    assert "1203 neue Ideen" in import_(rows)
    assert len(stored()) == 1_203


def test_the_worker_indexes_what_was_published_changed_or_hidden(call):
    idea = an_idea(call, title="Trinkbrunnen")
    an_idea(call, title="Trinkbrunnen", state="draft")
    assert list_ideas(call, text="trinkbrunnen").rows == []
    assert ideas_to_index() == 1
    JOBS["ideas.index"].work()
    assert [card.id for card in list_ideas(call, text="trinkbrunnen").rows] == [idea.id]
    assert ideas_to_index() == 0
    for state, postings in (("hidden", False), ("published", True), ("withdrawn", False)):
        with transaction():
            changed = db.session.get(Idea, idea.id)
            changed.state, changed.is_indexed = state, False
        if state != "published":  # gone at once, not only when the worker has come by
            assert list_ideas(call, text="trinkbrunnen").rows == []
        JOBS["ideas.index"].work()
        here = db.session.scalar(select(func.count()).select_from(Posting).where(Posting.document_id == idea.id))
        assert bool(here) == postings


def test_everything_can_be_indexed_anew(call, run):
    an_idea(call)
    an_idea(call)
    assert "2 " in run("index")
    assert "0 " in run("index")
    assert "2 " in run("index", "--all")


def test_two_workers_index_each_idea_once(app, call):
    for number in range(30):
        an_idea(call, title=f"Brunnen {number}")
    barrier, done, faults = threading.Barrier(4), [], []

    def work():
        try:
            with app.app_context():
                barrier.wait()
                while ideas_to_index():
                    with transaction():
                        done.append(index_ideas())
                db.session.remove()
        except Exception as fault:
            faults.append(fault)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert faults == []
    assert sum(done) == 30
    assert len(list_ideas(call, text="brunnen").rows) == 20
