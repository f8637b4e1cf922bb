"""The file of a result: what follows from it, and that nobody changes it unnoticed."""

import copy
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ideenlab.jury.maths import canonical_json
from ideenlab.jury.maths.ceremony import awards_of, bands_among, next_step
from ideenlab.jury.maths.outcome import outcome_of
from ideenlab.jury.maths.proof import NoProtocol, verify
from ideenlab.jury.maths.protocol import FORMAT, completed, hashed, record_of


def rules(*weights, prizes=(), **terms):
    content = {
        "rules": {"lowest": "0", "highest": "5", "step": "0.5", "quorum": 1, "missing": "left_out", "aggregate": "mean",
                  "ties": "criterion", "conflicts": "", "panel": "full", "audience": "everybody",
                  "shows_bands": False} | terms,
        "criteria": [{"number": n, "title": f"K{n}", "question": "", "weight": weight, "levels": []}
                     for n, weight in enumerate(weights or ("1",), 1)],
        "prizes": list(prizes), "reason": "",
    }  # fmt: skip
    return {"version": 1, "sha256": hashed(content), "content": content}


def ballot(juror, prototype, *points, round_number=1):
    given_points = [None if p is None else f"{p:g}" for p in points]
    return {"juror": juror, "prototype": prototype, "round": round_number, "points": given_points, "source": "online"}


def basis(ballots, *, rounds=(), recusals=(), jurors=None, told=None, challenges=None):
    numbers = sorted({row["prototype"] for row in ballots})
    return {
        "format": FORMAT, "hackathon": {"slug": "h", "title": "Hackathon"}, "result": 1, "sealed_at": "2026-01-01",
        "rules": told or rules(), "jurors": jurors or max(row["juror"] for row in ballots),
        "prototypes": [{"number": n, "title": f"P{n}", "team": f"T{n}", "hand_in": 1, "hand_in_sha256": "",
                        "challenges": (challenges or {}).get(n, [])} for n in numbers],
        "absent": [], "teams_without_prototype": [], "rounds": list(rounds),
        "recusals": [{"juror": j, "prototype": p} for j, p in recusals], "assigned": None, "ballots": list(ballots),
        "missing": [],
    }  # fmt: skip


def places(content):
    return {row["prototype"]: row["place"] for row in content["figures"]["order"]}


def full(*rows):
    """One row of points for each prototype, one point for each juror."""
    return [ballot(j, p, points) for p, row in enumerate(rows, 1) for j, points in enumerate(row, 1)]


def test_a_file_is_right_and_every_changed_part_is_named():
    prize = {"number": 7, "title": "Preis", "description": "", "challenge": None, "places": 2, "criteria": []}
    content = completed(basis(full([5, 4, 4.5], [3, 3, 3.5], [1, 2, 2]), told=rules("1", prizes=[prize])))
    assert verify(canonical_json(content).encode()).differences == []
    changes = {
        "parts.prototypes": lambda c: c["prototypes"][0].update(title="P9"),
        "parts.ballots": lambda c: c["ballots"][0].update(points=["4.5"]),
        "figures.seed": lambda c: c["ballots"][0].update(points=["4.5"]),
        "figures.totals[0].total.exact": lambda c: c["ballots"][0].update(points=["4.5"]),
        "figures.order[0].score.exact": lambda c: c["ballots"][0].update(points=["4.5"]),
        "rules.sha256": lambda c: c["rules"]["content"]["rules"].update(quorum=2),
        "figures.order[0].place": lambda c: c["figures"]["order"][0].update(place=2),
        "figures.prizes[0].places": lambda c: c["figures"]["prizes"][0].update(places=1),
        "parts.hackathon": lambda c: c["hackathon"].update(title="Anderer"),
        "ballots[0].points[0]": lambda c: c["ballots"][0].update(points=["5.5"]),
        "ballots[1]": lambda c: c["ballots"][1].update(juror=9),
    }
    for path, change in changes.items():
        changed = copy.deepcopy(content)
        change(changed)
        assert path in {each.path for each in verify(canonical_json(changed).encode()).differences}, path
    assert [each.path for each in verify(canonical_json(content).encode() + b"\n").differences] == ["$"]


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"\xff", b'{"format":"other"}', b"NaN", b'{"format":"ideenlab-jury-result-2"}', b"[" * 100_000,
     b'{"format":"ideenlab-jury-result-1","hackathon":{}}'],
)  # fmt: skip
def test_what_is_no_protocol_is_refused(data):
    with pytest.raises(NoProtocol):
        verify(data)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 10), min_size=3, max_size=3), min_size=2, max_size=4),
       st.permutations([1, 2, 3]))  # fmt: skip
def test_the_numbers_that_are_drawn_for_jurors_change_no_figure(points, numbers):
    rows = full(*[[value / 2 for value in row] for row in points])
    other = [{**row, "juror": numbers[row["juror"] - 1]} for row in rows]
    one, two = completed(basis(rows)), completed(basis(sorted(other, key=lambda r: (r["juror"], r["prototype"]))))
    for name in ("seed", "order", "support", "bands"):
        assert one["figures"][name] == two["figures"][name]
    assert verify(canonical_json(one).encode()).differences == []


def test_a_second_ballot_stands_in_for_the_one_before():
    second = {"number": 2, "kind": "second", "carried_over": "0", "prototypes": [1, 2]}
    rows = [*full([3, 3, 3], [2, 2, 2]), ballot(1, 2, 5, round_number=2), ballot(2, 2, 5, round_number=2)]
    content = completed(basis(rows, rounds=[second]))
    scores = {row["prototype"]: row["score"]["exact"] for row in content["figures"]["order"]}
    assert (places(content), scores) == ({2: 1, 1: 2}, {1: "3", 2: "4"})  # (5 + 5 + 2) / 3


def test_a_final_carries_a_share_over_and_the_others_stand_behind():
    final = {"number": 2, "kind": "final", "carried_over": "0.25", "prototypes": [2, 3]}
    rows = full([5, 5], [4, 4], [3, 3], [4.5, 4.5])
    rows += [ballot(j, p, value, round_number=2) for p, value in ((2, 1), (3, 2)) for j in (1, 2)]
    content = completed(basis(rows, rounds=[final]))
    assert places(content) == {3: 1, 2: 2, 1: 3, 4: 4}
    assert {row["prototype"]: row["score"]["exact"] for row in content["figures"]["order"]} == {
        3: "9/4",
        2: "7/4",
        1: "5",
        4: "9/2",
    }  # 3/4 of the final and 1/4 of what was before
    chances = {row["prototype"]: {c["place"] for c in row["chances"]} for row in content["figures"]["order"]}
    assert chances[3] | chances[2] == {1, 2}
    assert chances[1] | chances[4] == {3, 4}


def test_a_prize_counts_its_own_criteria_among_its_challenge():
    prizes = [
        {"number": 5, "title": "Neu", "description": "", "challenge": None, "places": 1,
         "criteria": [{"number": 2, "weight": "1"}]},
        {"number": 6, "title": "Bäume", "description": "", "challenge": {"number": 40, "title": "Bäume"}, "places": 3,
         "criteria": []},
    ]  # fmt: skip
    rows = [ballot(j, p, *points) for p, points in ((1, (5, 1)), (2, (3, 4)), (3, (2, 2))) for j in (1, 2)]
    content = completed(basis(rows, told=rules("3", "1", prizes=prizes), challenges={2: [40], 3: [40, 41]}))
    assert places(content) == {1: 1, 2: 2, 3: 3}
    new, trees = awards_of(content)
    assert [[w.prototype for w in step.winners] for step in new.steps] == [[2]]
    assert [(step.place, [w.prototype for w in step.winners]) for step in trees.steps] == [(2, [3]), (1, [2])]
    shown = set()
    order = []
    while step := next_step([new, trees], shown):
        order.append(step.key)
        shown.add(step.key)
    assert order == [(6, 2), (6, 1), (5, 1)]  # the last prize first, each from its last place up


def test_recusals_lower_the_quorum_and_no_answer_may_void_a_ballot():
    rows = [ballot(1, 1, 4), ballot(2, 1, 4), ballot(2, 2, 5)]
    told = rules("1", quorum=2)
    assert places(completed(basis(rows, told=told))) == {1: 1, 2: None}
    assert places(completed(basis(rows, told=told, recusals=[(1, 2)]))) == {2: 1, 1: 2}
    rows = [ballot(1, 1, 5, None), ballot(1, 2, 3, 3)]
    for missing, wanted in (("left_out", {1: 1, 2: 2}), ("not_counted", {2: 1, 1: None})):
        assert places(completed(basis(rows, told=rules("1", "1", missing=missing)))) == wanted


def test_groups_that_nobody_links_have_a_first_place_each_when_corrected():
    rows = [ballot(1, 1, 4), ballot(1, 2, 3), ballot(2, 3, 2), ballot(2, 4, 1), ballot(2, 5, 1.5)]
    content = completed(basis(rows, told=rules(aggregate="corrected")))
    assert {r["prototype"]: (r["place"], r["group"]) for r in content["figures"]["order"]} == {
        3: (1, 1), 5: (2, 1), 4: (3, 1), 1: (1, 2), 2: (2, 2),
    }  # fmt: skip
    outcome = outcome_of(record_of({k: v for k, v in content.items() if k not in ("parts", "figures")}))
    assert len(outcome.stages[0].groups) == 2


def test_bands_are_told_only_of_what_was_shown():
    (award,) = awards_of(completed(basis(full([4, 2], [2, 4], [3, 3]))))
    whole = [sorted(band) for band in award.bands]
    assert whole == [[1, 2, 3]]
    assert bands_among(award, {1}) == []
    assert [sorted(band) for band in bands_among(award, {1, 2})] == [[1, 2]]


def test_a_result_of_the_first_format_is_still_checked():
    score = {"exact": "4", "decimal": "4.000000"}
    old = {
        "format": "ideenlab-jury-result-1", "hackathon": {"slug": "h", "title": "H"}, "jurors": 2,
        "rules": {"lowest": "0", "highest": "5", "step": "0.5", "quorum": 1},
        "criteria": [{"number": 3, "title": "K", "question": "", "weight": "2", "levels": [],
                      "share": {"exact": "1", "decimal": "1.000000"}}],
        "prototypes": [{"number": 9, "title": "P", "team": "T", "hand_in": 1, "hand_in_sha256": "", "ballots": 1,
                        "quorum": 1, "score": score, "means": [score], "place": 1, "tie": ""}],
        "ballots": [{"juror": 1, "prototype": 9, "points": ["4"], "total": score, "counts": True}],
        "own_team": [], "not_handed_in_ballots": [{"juror": 2, "prototype": 9}], "teams_without_prototype": [],
    }  # fmt: skip
    assert verify(canonical_json(old).encode()).differences == []
    old["ballots"][0]["points"] = ["3.5"]
    paths = [each.path for each in verify(canonical_json(old).encode()).differences]
    assert paths[0] == "ballots[0].total.decimal"
    assert "prototypes[0].score.exact" in paths


def test_figures_are_fractions_where_they_are_exact():
    (row, *_rest) = completed(basis(full([5, 4, 4], [1, 2, 2])))["figures"]["order"]
    assert Fraction(row["score"]["exact"]) == Fraction(13, 3)
    assert row["score"]["decimal"] == "4.333333"
    assert json.loads(canonical_json(row)) == row
