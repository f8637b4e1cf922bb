"""Results from before there were versions of the rules, told like those of today: one round, the mean, no prizes."""

from typing import Any

from ideenlab.jury.maths.protocol import completed, hashed

Json = dict[str, Any]


def as_second_format(old: Json) -> Json:
    """The same figures under today's names. How sure the order is was not computed then and is left out."""
    content = _rules(old)
    basis = {
        "format": old["format"],
        "hackathon": old["hackathon"],
        "result": 1,
        "sealed_at": old["published_at"],
        "rules": {"version": 1, "sha256": hashed(content), "content": content},
        "jurors": old["jurors"],
        "prototypes": [
            {name: row[name] for name in ("number", "title", "team", "hand_in", "hand_in_sha256")} | {"challenges": []}
            for row in old["prototypes"]
        ],
        "absent": [],
        "teams_without_prototype": old["teams_without_prototype"],
        "rounds": [],
        "recusals": old["own_team"],
        "assigned": None,
        "ballots": [
            {"juror": b["juror"], "prototype": b["prototype"], "round": 1, "points": b["points"], "source": "online"}
            for b in old["ballots"]
        ],
        "missing": [{**row, "round": 1, "state": "open"} for row in old["not_handed_in_ballots"]],
    }  # fmt: skip
    told = completed(basis)
    told["figures"] |= {"draws": 0, "support": [], "bands": []}
    for row in told["figures"]["order"]:
        row |= {"low": None, "high": None, "draws": 0, "chances": []}
    return told


def _rules(old: Json) -> Json:
    rules = old["rules"]
    terms = {
        "lowest": rules["lowest"], "highest": rules["highest"], "step": rules["step"], "quorum": rules["quorum"],
        "missing": "left_out", "aggregate": "mean", "ties": "criterion", "conflicts": "", "panel": "full",
        "ballots_each": None, "feedback_required": False, "audience": "everybody", "shows_bands": False,
    }  # fmt: skip
    criteria = [{name: row[name] for name in ("number", "title", "question", "weight", "levels")}
                for row in old["criteria"]]  # fmt: skip
    return {"rules": terms, "criteria": criteria, "prizes": [], "reason": ""}
