"""Ballots from a file, the ranking as text and JSON."""

import json

import pytest
from sqlalchemy import func, select

from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.models import Ballot, BallotRevision, Juror, Score
from ideenlab.jury.queries import criteria_of, jurors_of, rules_of
from ideenlab.prototypes.models import Prototype
from tests.factories import an_edition
from tests.jury.world import a_juror, handed_in, published, scored_hackathon, submitted

CRITERIA = "criterion,weight,min,max\nNutzen,0.2,0,5\nNeuheit,0.15,0,5\n"
ROWS = """project,judge,criterion,score
Radkarte,J1,Nutzen,4.5
Radkarte,J1,Neuheit,3
Radkarte,J2,Nutzen,4
Radkarte,J2,Neuheit,2
Bank-o-mat,J1,Nutzen,5
Bank-o-mat,J1,Neuheit,5
Bank-o-mat,J2,Nutzen,1
Bank-o-mat,J2,Neuheit,
"""


@pytest.fixture
def run(app, tmp_path):
    def call(rows=ROWS, criteria=CRITERIA, slug="hack", more=()):
        for name, text in (("rows.csv", rows), ("criteria.csv", criteria)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        arguments = ["jury", "import", str(tmp_path / "rows.csv"), "--hackathon", slug, *more]
        db.session.rollback()
        done = app.test_cli_runner().invoke(args=[*arguments, "--criteria", str(tmp_path / "criteria.csv")])
        db.session.rollback()
        return done

    return call


def ranking(app, slug="hack", *more):
    done = app.test_cli_runner().invoke(args=["jury", "ranking", slug, *more])
    assert done.exit_code == 0, done.output
    return done.output


def as_json(app, slug="hack"):
    return json.loads(ranking(app, slug, "--json"))


def number_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_one_command_makes_everything_on_an_empty_database(app, run):
    done = run(more=["--create", "Der Hack"])
    assert done.exit_code == 0, done.output
    assert "Der Hackathon „Der Hack“ wurde angelegt. Alle seine Zeitfenster sind geschlossen." in done.output
    assert "Neu: 2 Kriterien, 2 Prototypen, 2 Jurymitglieder." in done.output
    assert "Bewertungsbögen: 3 vollständig, 1 unvollständig (diese zählen nicht)." in done.output
    hackathon = db.session.scalars(select(Hackathon)).one()
    assert [(c.title, str(c.weight)) for c in criteria_of(hackathon)] == [("Nutzen", "0.2"), ("Neuheit", "0.15")]
    assert [(j.name, j.person.email) for j in jurors_of(hackathon)] == [("J1", None), ("J2", None)]


def test_the_ranking_is_exact_and_a_missing_value_is_never_a_zero(app, run):
    run()
    assert as_json(app) == [
        {"prototype": "Radkarte", "score": "3.500000", "ballots": 2, "place": 1},
        {"prototype": "Bank-o-mat", "score": "5.000000", "ballots": 1, "place": None},
    ]


def test_the_ranking_as_a_table(app, run):
    run()
    assert ranking(app).splitlines() == ["   1     3.500000     2  Radkarte", "   –     5.000000     1  Bank-o-mat"]


def test_without_ballots_there_is_no_score(app):
    hackathon = scored_hackathon()
    handed_in(hackathon, title="Leer")
    assert as_json(app, hackathon.slug) == [{"prototype": "Leer", "score": None, "ballots": 0, "place": None}]


def test_nobody_ranks_a_hackathon_that_is_not_there(app):
    done = app.test_cli_runner().invoke(args=["jury", "ranking", "nirgends"])
    assert done.exit_code == 1
    assert "Den Hackathon „nirgends“ gibt es nicht." in done.output


def test_a_second_run_changes_nothing(app, run):
    run()
    before = {model: number_of(model) for model in (Ballot, BallotRevision, Score, Juror, Prototype)}
    done = run()
    assert "4 davon waren schon da." in done.output
    assert {model: number_of(model) for model in before} == before


def test_a_corrected_file_makes_a_new_revision(app, run):
    run()
    run(rows=ROWS.replace("Bank-o-mat,J2,Neuheit,", "Bank-o-mat,J2,Neuheit,0"))
    assert number_of(BallotRevision) == 5
    assert [(row["prototype"], row["place"]) for row in as_json(app)] == [("Radkarte", 1), ("Bank-o-mat", 2)]


def test_the_order_of_the_rows_decides_nothing(app, run):
    head, *rows = ROWS.splitlines()
    run()
    run(rows="\n".join([head, *reversed(rows)]), slug="umgekehrt",
        criteria="criterion,weight\nNeuheit,0.15\nNutzen,0.2\n")  # fmt: skip
    assert as_json(app) == as_json(app, "umgekehrt")


def test_what_is_there_is_used(app, run):
    hackathon = scored_hackathon("1", quorum=1, slug="hack")
    prototype = handed_in(hackathon, title="Radkarte")
    done = run(
        rows="prototype;juror;criterion;score\nRadkarte;J1;Kriterium 1;4\n", criteria="weight,criterion\n1,Kriterium 1"
    )
    assert done.exit_code == 0, done.output
    assert number_of(Prototype) == 1
    assert [(row["prototype"], row["place"]) for row in as_json(app)] == [(prototype.title, 1)]


def test_windows_files_are_read(app, run):
    done = run(rows=ROWS.replace("Radkarte", "Brücke").replace("\n", "\r\n").encode("latin-1"),
               criteria=b"\xef\xbb\xbf" + CRITERIA.encode())  # fmt: skip
    assert done.exit_code == 0, done.output
    assert {row["prototype"] for row in as_json(app)} == {"Brücke", "Bank-o-mat"}


@pytest.mark.parametrize(
    ("score", "fault"),
    [
        ("-1", "„-1“ ist keine Zahl wie 4 oder 4.5."), ("11", "11 liegt nicht auf der Skala von 0 bis 5."),
        ("5.5", "5.5 liegt nicht auf der Skala von 0 bis 5."), ("NaN", "„NaN“ ist keine Zahl wie 4 oder 4.5."),
        ("Infinity", "„Infinity“ ist keine Zahl wie 4 oder 4.5."), ("1e400", "„1e400“ ist keine Zahl wie 4 oder 4.5."),
        ("５", "„５“ ist keine Zahl wie 4 oder 4.5."), ("4.25", "4.25 ist feiner als ein halber Punkt."),
        ('"5,5"', "„5,5“ ist keine Zahl wie 4 oder 4.5."),
    ],
)  # fmt: skip
def test_a_score_that_is_none_is_named_by_its_line_and_nothing_is_kept(app, run, score, fault):
    done = run(rows=ROWS.replace("Radkarte,J2,Nutzen,4", f"Radkarte,J2,Nutzen,{score}"))
    assert done.exit_code == 1
    assert f"Zeile 4: {fault}" in done.output
    assert (number_of(Hackathon), number_of(Ballot)) == (0, 0)


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        (ROWS + "Radkarte,J1,Nutzen,4.5\n", "Zeile 10: Jurymitglied, Prototyp und Kriterium wie in Zeile 2."),
        (ROWS + "Radkarte,J1,Preis,4\n", "Zeile 10: Das Kriterium „Preis“ gibt es nicht."),
        (ROWS + ",J1,Nutzen,4\n", "Zeile 10: „prototype“ braucht 1 bis 120 Zeichen."),
        (ROWS + f"Radkarte,{'J' * 81},Nutzen,4\n", "Zeile 10: „juror“ braucht 1 bis 80 Zeichen."),
        (ROWS + "Radkarte,J3,Nutzen\n", "Zeile 10: 3 Spalten statt 4."),
        ("project,judge,score\n", "Die Spalte „criterion“ fehlt."),
        ("", "Die Spalte „prototype“ fehlt."),
        ("project,judge,criterion,score\n", "Die Datei enthält keine Bewertungen."),
    ],
)  # fmt: skip
def test_a_file_with_a_fault_is_refused_whole(app, run, rows, fault):
    done = run(rows=rows)
    assert done.exit_code == 1
    assert fault in done.output
    assert number_of(Hackathon) == 0


@pytest.mark.parametrize(
    ("criteria", "fault"),
    [
        ("criterion,weight\nNutzen,0\n", "Zeile 2: „0“ ist kein Gewicht über 0 und bis 1000."),
        ("criterion,weight\nNutzen,-1\n", "Zeile 2: „-1“ ist kein Gewicht über 0 und bis 1000."),
        ("criterion,weight\nNutzen,1\nNutzen,2\n", "Zeile 3: „Nutzen“ kommt zweimal vor."),
        ("criterion,weight\n", "Die Datei enthält keine Kriterien."),
        (
            "criterion,weight,min,max\nNutzen,1,0,5\nNeuheit,1,0,10\n",
            "Zeile 3: Alle Kriterien müssen dieselbe Skala haben.",
        ),
        ("criterion,weight,min,max\nNutzen,1,5,5\n", "Zeile 2: Die Skala muss ansteigen, höchstens bis 100."),
        ("criterion\nNutzen\n", "Die Spalte „weight“ fehlt."),
    ],
)
def test_criteria_with_a_fault_are_refused(app, run, criteria, fault):
    done = run(criteria=criteria)
    assert done.exit_code == 1
    assert fault in done.output


def test_the_scale_of_the_file_holds(app, run):
    run(criteria="criterion,weight,min,max\nNutzen,1,1,10\nNeuheit,1,1,10\n")
    hackathon = db.session.scalars(select(Hackathon)).one()
    assert (rules_of(hackathon).lowest_half_points, rules_of(hackathon).highest_half_points) == (2, 20)
    done = run(
        rows=ROWS.replace("J1,Nutzen,5", "J1,Nutzen,0.5"),
        criteria="criterion,weight,min,max\nNutzen,1,1,10\nNeuheit,1,1,10\n",
    )
    assert "0.5 liegt nicht auf der Skala von 1 bis 10." in done.output


@pytest.mark.parametrize(
    ("criteria", "fault"),
    [
        (CRITERIA.replace("0.2", "0.3"), "Das Kriterium „Nutzen“ hat hier das Gewicht 0.2."),
        (CRITERIA + "Preis,1,0,5\n", "Die Jury hat schon ohne das Kriterium „Preis“ bewertet."),
        (CRITERIA.replace(",5\n", ",6\n"), "Die Jury hat schon auf einer anderen Skala bewertet."),
    ],
)
def test_rules_that_hold_are_not_changed_by_a_file(app, run, criteria, fault):
    run()
    done = run(criteria=criteria)
    assert done.exit_code == 1
    assert fault in done.output


def test_a_file_that_lacks_a_criterion_of_the_hackathon_is_refused(app, run):
    scored_hackathon("1", slug="hack")
    done = run()
    assert "In der Datei fehlen Kriterien dieses Hackathons: Kriterium 1" in done.output


def test_nobody_fills_in_the_ballot_of_a_juror_with_an_access_of_their_own(app, run):
    hackathon = scored_hackathon("0.2", "0.15", slug="hack")
    titles = ",".join(c.title for c in criteria_of(hackathon)).split(",")
    a_juror(hackathon, name="J1")
    rows = ROWS.replace("Nutzen", titles[0]).replace("Neuheit", titles[1])
    done = run(rows=rows, criteria=CRITERIA.replace("Nutzen", titles[0]).replace("Neuheit", titles[1]))
    assert done.exit_code == 1
    assert "J1 gehört oder gehörte mit eigenem Zugang zur Jury." in done.output
    assert number_of(Ballot) == 0


def test_nothing_is_imported_after_the_publication(app, run):
    hackathon = scored_hackathon(slug="hack")
    submitted(a_juror(hackathon), handed_in(hackathon), 4, 4, 4)
    published(hackathon)
    assert "Das Ergebnis steht fest. Die Bewertungsbögen bleiben, wie sie sind." in run().output


@pytest.mark.parametrize("slug", ["Groß", "a b", "-a", "a" * 61, ""])
def test_a_hackathon_is_made_only_with_a_proper_address(app, run, slug):
    an_edition()
    assert run(slug=slug).exit_code == 1
    assert number_of(Hackathon) == 0


def test_the_edition_of_now_takes_the_new_hackathon(app, run):
    edition = an_edition()
    run()
    assert db.session.scalars(select(Hackathon)).one().edition_id == edition.id


def checked(app, *arguments):
    return app.test_cli_runner().invoke(args=["jury", "verify", *arguments])


def test_anybody_checks_a_downloaded_file(app, tmp_path):
    hackathon = scored_hackathon("1")
    submitted(a_juror(hackathon), handed_in(hackathon), 4)
    result = published(hackathon)
    file = tmp_path / "ergebnis.json"
    file.write_text(result.protocol)
    told = checked(app, str(file), "--sha256", result.sha256.upper())
    assert (told.exit_code, "Das stimmt" in told.output, result.sha256 in told.output) == (0, True, True)
    assert checked(app, str(file), "--sha256", "0" * 64).exit_code == 1
    file.write_text(result.protocol.replace('"points":["4"]', '"points":["3"]'))
    told = checked(app, str(file))
    assert told.exit_code == 1
    assert "figures.order[0].score.exact: In der Datei steht 4, berechnet 3" in told.output
    file.write_text("{}")
    assert checked(app, str(file)).exit_code == 2
