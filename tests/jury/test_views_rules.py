"""The public page with the rules: plain words, an example that is computed, versions and their proof."""

import hashlib
import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.core.db import transaction
from ideenlab.jury.actions import Terms, edit_criterion, open_new_version, put_in_force, set_jury_rules
from ideenlab.jury.maths import TIES, canonical_json, example
from ideenlab.jury.models import Criterion, JuryRules, Prize, PrizeCriterion
from ideenlab.jury.queries import content_of, criteria_of, rules_of
from tests.factories import a_hackathon, a_person
from tests.jury.test_actions_versions import with_prizes
from tests.jury.world import LEVELS, a_juror, handed_in, save, scored_hackathon


def shown_hash(page):
    return re.search(r'il-hash">([0-9a-f]{64})<', page)[1]


def path(hackathon, part=""):
    return f"/hackathon/{hackathon.slug}/bewertung{part}"


def test_the_hash_on_the_page_is_the_hash_of_the_file_before_and_after_freezing(client):
    hackathon = with_prizes("2", "1")
    for frozen in (False, True):
        if frozen:
            save(a_juror(hackathon), handed_in(hackathon), 4)
        page, file = client.get(path(hackathon)).text, client.get(path(hackathon, "/ordnung.json"))
        assert shown_hash(page) == hashlib.sha256(file.data).hexdigest()
        assert ("steht fest seit" in page, "Noch nicht festgelegt" in page) == (frozen, not frozen)
    assert file.data == client.get(path(hackathon, "/fassung/1.json")).data
    assert canonical_json(json.loads(file.data)).encode() == file.data
    assert client.get(path(hackathon, "/fassung/2")).status_code == 404
    assert client.get(path(hackathon, f"/fassung/{2**40}.json")).status_code == 404


@pytest.mark.parametrize(
    ("terms", "sentences"),
    [
        (Terms(), ["halbe", "nie eine Null", "der Mittelwert von", "jeden Prototyp",
                   "größte Gewicht", "jeden abgegebenen Bewertungsbogen"]),
        (Terms(half_points=False, missing="not_counted", aggregate="median", ties="shared", audience="teams"),
         ["ganze Punkte", "Ein Bogen mit „keine Angabe“ zählt gar nicht", "ihr Median", "Der Platz wird geteilt",
          "ist für die Teams", "deshalb zählt er nicht"]),
        (Terms(aggregate="corrected", ties="comparison", panel="plan", ballots_each=4, feedback_required=True,
               conflicts="Auch Verwandte."),
         ["bereinigter Mittelwert", "4 Bewertungsbögen, nach einem Plan", "zwei Stärken", "Auch Verwandte."]),
    ],
)  # fmt: skip
def test_every_rule_stands_there_in_plain_words(client, terms, sentences):
    hackathon = with_prizes("2", "1")
    with transaction():
        set_jury_rules(a_person("organiser"), hackathon=hackathon, terms=terms, revision=2)
    page = client.get(path(hackathon)).text
    for sentence in (*sentences, "Kriterium 1 – zählt 66,7", "Satz für 3 Punkte", "Preis der Neuheit"):
        assert sentence in page, sentence


def test_without_criteria_the_page_says_so(client):
    page = client.get(path(a_hackathon())).text
    assert "Die Kriterien stehen noch nicht fest" in page
    assert "Ein Beispiel" not in page


def test_jurors_stand_there_only_when_they_agree(client):
    hackathon = scored_hackathon("1")
    a_juror(hackathon, name="Jo Muster", organisation="Hochschule", is_shown=True)
    a_juror(hackathon, name="Kim Beispiel")
    page = client.get(path(hackathon)).text
    assert ("Jo Muster" in page, "Hochschule" in page, "Kim Beispiel" in page) == (True, True, False)


def test_versions_with_reason_and_what_was_different(client):
    hackathon = scored_hackathon("2", "1")
    save(a_juror(hackathon), handed_in(hackathon), 4)
    before, organiser = shown_hash(client.get(path(hackathon)).text), a_person("organiser")
    with transaction():
        open_new_version(organiser, hackathon=hackathon, reason="Ein Gewicht war vertippt.")
        first = criteria_of(hackathon)[0]
        edit_criterion(organiser, criterion=first, title=first.title, question=first.question, weight=Decimal("2.5"),
                       levels=LEVELS.split("\n"), revision=rules_of(hackathon).revision)  # fmt: skip
    page = client.get(path(hackathon)).text
    assert "wird gerade geändert" in page
    assert shown_hash(page) == before  # what is being prepared is nobody's business yet
    assert "71,4" not in page
    with transaction():
        put_in_force(organiser, hackathon=hackathon, revision=rules_of(hackathon).revision)
    page = client.get(path(hackathon)).text
    assert "Das ist Fassung 2" in page
    assert "Ein Gewicht war vertippt." in page
    assert "71,4" in page
    second = client.get(path(hackathon, "/fassung/2")).text
    assert re.search(r"Kriterium 1: Gewicht</th>\s*<td[^>]*>2</td>\s*<td[^>]*>2,5</td>", second)
    assert shown_hash(client.get(path(hackathon, "/fassung/1")).text) == before
    english = client.get("/en" + path(hackathon, "/fassung/2")).text
    assert "Kriterium 1: weight" in english


def test_the_page_costs_the_same_for_one_and_for_many(client, count_queries):
    few, many = (
        count_queries(lambda hackathon=hackathon: client.get(path(hackathon)))
        for hackathon in (scored_hackathon("1"), with_prizes(*["1"] * 8))
    )
    assert few <= many <= few + 1  # one more for the criteria of all prizes
    assert many <= 10


FRACTIONS = st.fractions(min_value=Fraction(1, 4), max_value=4, max_denominator=8)


@settings(max_examples=60, deadline=None)
@given(weights=st.lists(FRACTIONS, min_size=1, max_size=12), highest=st.integers(1, 10), step=st.sampled_from([1, 2]),
       aggregate=st.sampled_from(["mean", "median", "corrected"]), leaves_out=st.booleans())  # fmt: skip
def test_the_example_obeys_the_rules_it_explains(weights, highest, step, aggregate, leaves_out):
    found = example(
        dict(enumerate(weights)), lowest=Fraction(0), highest=Fraction(highest), step=Fraction(step, 2),
        aggregate=aggregate, ties=TIES, leaves_out=leaves_out,
    )  # fmt: skip
    given_points = [v for values in found.values.values() for v in values.values() if v is not None]
    assert all(0 <= value <= highest and (value / Fraction(step, 2)).denominator == 1 for value in given_points)
    assert (found.totals["A", 3] is None) == (len(weights) > 1 and not leaves_out)
    assert all(standing.place for standing in found.standings.values())


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_order_in_which_rows_come_changes_nothing(data):
    number = data.draw(st.integers(1, 6))
    criteria = [Criterion(id=n, position=n % 4, title=f"K{n}", question="", weight=Decimal(f"{n}.50"), levels="a\nb")
                for n in range(1, number + 1)]  # fmt: skip
    prizes = [
        Prize(id=n, position=n % 3, title=f"P{n}", description="", places=1,
              criteria=[PrizeCriterion(criterion_id=c.id, weight=Decimal("1.0")) for c in criteria[:n]])
        for n in range(1, 4)
    ]  # fmt: skip
    rules = JuryRules(
        lowest_half_points=0, highest_half_points=4, step_half_points=1, quorum=3, missing="left_out",
        aggregate="mean", ties="criterion", conflicts="", panel="full", ballots_each=5, feedback_required=False,
        audience="everybody", shows_bands=False, version=1, reason="",
    )  # fmt: skip
    expected = canonical_json(content_of("h", rules, criteria, prizes))
    for prize in prizes:
        prize.criteria = data.draw(st.permutations(prize.criteria))
    shuffled = data.draw(st.permutations(criteria)), data.draw(st.permutations(prizes))
    assert canonical_json(content_of("h", rules, *shuffled)) == expected
    assert '"weight":"1.5"' in expected
