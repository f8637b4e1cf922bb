import csv
import json

import pytest

from ideenlab.core.clock import now
from ideenlab.ideas.queries import exports
from tests.factories import a_call, a_comment, a_topic, an_idea

FORMULAS = [
    "=1+1", "+49 541 323", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1+1", "\n=1", "'=1", "''", "＝1+1",
    "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "-",
]  # fmt: skip
NAMES = ["id", "external_id", "title", "topic", "created_at", "support_count", "comment_count"]


@pytest.fixture
def run(app):
    """A command of `flask ideas`: exit code and what it printed."""

    def invoke(*arguments, code=0):
        result = app.test_cli_runner().invoke(args=["ideas", *map(str, arguments)])
        assert result.exit_code == code, result.output
        return result.output if code else result.stdout_bytes.decode()

    return invoke


def test_calls_are_listed_with_the_names_that_other_commands_want(run):
    call = a_call(title="Grüne Stadt", slug="gruene-stadt", open_phases=("support",))
    an_idea(call)
    an_idea(call, state="draft")
    wanted = {"slug": "gruene-stadt", "title": "Grüne Stadt", "edition": call.edition.slug, "open": ["support"]}
    assert json.loads(run("calls", "--json")) == [{**wanted, "ideas": 1}]
    assert run("calls") == "gruene-stadt\t1\tGrüne Stadt\n"


def test_no_calls_is_an_empty_list(run):
    assert json.loads(run("calls", "--json")) == []


def an_exported_call():
    call, topic = a_call(slug="aufruf"), a_topic(title="Mobilität")
    first = an_idea(call, topic=topic, support_count=4, external_id="B1", title='Mit "Zitat", Komma; Zeile')
    a_comment(first)
    second = an_idea(call, label="Radwege")
    for state in ("draft", "hidden", "withdrawn"):
        an_idea(call, state=state)
    an_idea()
    return first, second


def test_an_export_holds_every_published_idea_once(run):
    first, second = an_exported_call()
    rows = json.loads(run("export", "--call", "aufruf", "--format", "json"))
    assert rows == [
        {"id": first.id, "external_id": "B1", "title": first.title, "topic": "Mobilität",
         "created_at": first.created_at.isoformat(timespec="seconds"), "support_count": 4, "comment_count": 1},
        {"id": second.id, "external_id": None, "title": second.title, "topic": "Radwege",
         "created_at": second.created_at.isoformat(timespec="seconds"), "support_count": 0, "comment_count": 0},
    ]  # fmt: skip
    lines = list(csv.reader(run("export", "--call", "aufruf", "--format", "csv").splitlines()))
    assert lines[0] == NAMES
    assert lines[1:] == [["" if row[name] is None else str(row[name]) for name in NAMES] for row in rows]


def test_an_export_of_nothing_is_still_an_export(run):
    a_call(slug="leer")
    assert json.loads(run("export", "--call", "leer", "--format", "json")) == []
    assert run("export", "--call", "leer", "--format", "csv") == ",".join(NAMES) + "\r\n"


def test_an_export_is_read_in_pieces_and_in_the_same_order(run, monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 3)
    call = a_call(slug="aufruf")
    ideas = [an_idea(call).id for _ in range(10)]
    assert [row["id"] for row in json.loads(run("export", "--call", "aufruf", "--format", "json"))] == ideas


@pytest.mark.parametrize("title", FORMULAS)
def test_no_cell_is_a_formula_and_each_can_be_recovered(run, tmp_path, title):
    an_idea(a_call(slug="aufruf"), title=title, label=title, external_id=title)
    target = tmp_path / "export.csv"
    run("export", "--call", "aufruf", "--format", "csv", "-o", target)
    with target.open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    for name in ("title", "topic", "external_id"):
        assert row[name].startswith("'")
        assert row[name].removeprefix("'") == title


def test_a_file_is_complete_or_not_there(run, tmp_path, monkeypatch):
    an_exported_call()
    target = tmp_path / "export.json"
    target.write_text("before")
    monkeypatch.setattr(exports, "EXPORTED", ())
    run("export", "--call", "aufruf", "--format", "json", "-o", target, code=1)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_an_unknown_call_is_named_with_those_that_are_there(run):
    a_call(slug="gruen", title="x")
    assert "gruen" in run("export", "--call", "blau", "--format", "csv", code=1)


def test_times_in_an_export_say_their_zone(run):
    an_idea(a_call(slug="aufruf"), created_at=now())
    [row] = json.loads(run("export", "--call", "aufruf", "--format", "json"))
    assert row["created_at"].endswith("+00:00")


def test_likely_duplicates_are_listed(app):
    call = a_call(slug="doppelt")
    for number in (1, 2):
        an_idea(call, title=f"Bänke {number}", text="Mehr Bänke an der Hase.")
    answer = app.test_cli_runner().invoke(args=["ideas", "duplicates", "doppelt"])
    assert answer.exit_code == 0
    assert answer.output.splitlines()[0].startswith("1.000\ttext\t")
    assert answer.output.splitlines()[-1] == "1 wahrscheinliche Paare."
