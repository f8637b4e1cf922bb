"""Every change of the rules: one after the other, kept so that the last can be undone."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select, update

from ideenlab.accounts.models import Person
from ideenlab.challenges.queries import all_challenges_of
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.versions import stored_rules
from ideenlab.jury.models import (
    Ballot,
    BallotRevision,
    Criterion,
    Juror,
    JuryRules,
    Prize,
    PrizeCriterion,
    Score,
)
from ideenlab.jury.queries import criteria_of, prizes_of, rules_content, rules_of
from ideenlab.jury.rules import may_set_rules, rules_are_open

Content = Mapping[str, Any]  # what `rules_content` writes down


def begin_change(
    hackathon: Hackathon, revision: int, *, mine: Mapping[str, object] | None = None,
    stored: Mapping[str, object] | None = None,
) -> JuryRules:  # fmt: skip
    """Hold the rules at the revision that was shown, or raise Conflict; nobody scores while they change."""
    rules = stored_rules(hackathon)
    held = update(JuryRules).where(JuryRules.hackathon_id == hackathon.id, JuryRules.revision == revision)
    if db.session.execute(held.values(revision=revision + 1).returning(JuryRules.revision)).first() is None:
        raise Conflict(
            _("Somebody else has changed the rules of the jury in the meantime."),
            mine=_pairs(mine or {}), stored=_pairs(stored or _all_told(hackathon)),
        )  # fmt: skip
    db.session.refresh(rules)
    require(rules_are_open(hackathon))
    rules.before = rules_content(hackathon)
    return rules


def undo_change(organiser: Person, *, hackathon: Hackathon, revision: int) -> None:
    """Take back the last change of rules, criteria or prizes; doing it twice brings the change back."""
    require(may_set_rules(organiser, hackathon))
    before = rules_of(hackathon).before
    if not before:
        raise Invalid(_("There is nothing to undo."))
    begin_change(hackathon, revision)
    restore(hackathon, json.loads(before))
    record(organiser, "jury.change_undone", hackathon)
    db.session.flush()


def copy_jury_rules(hackathon: Hackathon, content: Content) -> None:
    """Rules, criteria and prizes of another hackathon in place of those that are there.

    A prize for a challenge goes along only where there is a challenge of the same title. For actions that have asked
    who may.
    """
    take_terms(stored_rules(hackathon), content["rules"])
    for prize in prizes_of(hackathon):
        db.session.delete(prize)
    db.session.flush()
    remove_criteria(hackathon, but=())
    numbers = {}
    for position, written in enumerate(content["criteria"]):
        made = _write(Criterion(hackathon=hackathon), written, position)
        db.session.add(made)
        db.session.flush()
        numbers[written["number"]] = made.id
    challenges = {challenge.title: challenge.id for challenge in all_challenges_of(hackathon)}
    kept = [each for each in content["prizes"] if not each["challenge"] or each["challenge"]["title"] in challenges]
    for position, written in enumerate(kept):
        of_challenge = written["challenge"] and challenges[written["challenge"]["title"]]
        _add_prize(hackathon, written, position, number=None, challenge_id=of_challenge, numbers=numbers)
    db.session.flush()


def restore(hackathon: Hackathon, content: Content) -> None:
    """Rules, criteria and prizes as they were written down, under the numbers they had, with the points given then."""
    take_terms(stored_rules(hackathon), content["rules"])
    for prize in prizes_of(hackathon):
        db.session.delete(prize)
    db.session.flush()
    wanted = {written["number"]: written for written in content["criteria"]}
    remove_criteria(hackathon, but=wanted)
    there = {criterion.id: criterion for criterion in criteria_of(hackathon)}
    for criterion in there.values():  # each title and position exists once, also halfway
        criterion.position, criterion.title = -1 - criterion.id, f"\x1f{criterion.id}"
    db.session.flush()
    for position, written in enumerate(wanted.values()):
        criterion = there.get(written["number"]) or Criterion(id=written["number"], hackathon=hackathon)
        db.session.add(_write(criterion, written, position))
    db.session.flush()
    _bring_back_scores(hackathon, wanted.keys() - there.keys())
    numbers = {number: number for number in wanted}
    challenges = {challenge.id for challenge in all_challenges_of(hackathon)}
    for position, written in enumerate(content["prizes"]):
        of_challenge = written["challenge"] and written["challenge"]["number"]
        if of_challenge is None or of_challenge in challenges:
            _add_prize(hackathon, written, position, number=written["number"], challenge_id=of_challenge,
                       numbers=numbers)  # fmt: skip
    db.session.flush()


def remove_criteria(hackathon: Hackathon, *, but: Mapping[int, object] | tuple[()]) -> None:
    """With the points given for them; the revisions of the ballots keep those."""
    for criterion in criteria_of(hackathon):
        if criterion.id not in but:
            db.session.execute(delete(Score).where(Score.criterion_id == criterion.id))
            db.session.delete(criterion)
    db.session.flush()


def move(things: Sequence[Prize] | Sequence[Criterion], thing: Prize | Criterion, steps: int) -> None:
    """Up by negative steps, down by positive ones."""
    order: list[Prize | Criterion] = list(things)
    place = order.index(thing)
    order.insert(min(max(place + steps, 0), len(order) - 1), order.pop(place))
    for number_then, moved in enumerate(order):
        moved.position = -1 - number_then  # each position exists once, also halfway
    db.session.flush()
    for number_then, moved in enumerate(order):
        moved.position = number_then
    db.session.flush()


def take_terms(rules: JuryRules, written: Mapping[str, Any]) -> None:
    rules.lowest_half_points, rules.highest_half_points = _half(written["lowest"]), _half(written["highest"])
    rules.step_half_points = _half(written["step"])
    rules.ballots_each = written["ballots_each"] or rules.ballots_each
    for name in ("quorum", "missing", "aggregate", "ties", "conflicts", "panel", "feedback_required", "audience"):
        setattr(rules, name, written[name])
    rules.shows_bands = written["shows_bands"]


def _half(points: str) -> int:
    return int(Decimal(points) * 2)


def _write(criterion: Criterion, written: Mapping[str, Any], position: int) -> Criterion:
    criterion.title, criterion.question, criterion.position = written["title"], written["question"], position
    criterion.weight, criterion.levels = Decimal(written["weight"]), "\n".join(written["levels"])
    return criterion


def _add_prize(
    hackathon: Hackathon, written: Mapping[str, Any], position: int, *, number: int | None, challenge_id: int | None,
    numbers: Mapping[int, int],
) -> None:  # fmt: skip
    own = [
        PrizeCriterion(criterion_id=numbers[each["number"]], weight=Decimal(each["weight"]))
        for each in written["criteria"]
    ]
    db.session.add(
        Prize(
            id=number, hackathon=hackathon, position=position, title=written["title"], criteria=own,
            description=written["description"], challenge_id=challenge_id, places=written["places"],
        )
    )  # fmt: skip
    db.session.flush()


def _bring_back_scores(hackathon: Hackathon, criteria: set[int]) -> None:
    """Points of criteria that are there again, from the latest revision of each ballot."""
    latest = (
        select(Ballot.id, BallotRevision.content)
        .join(BallotRevision, (BallotRevision.ballot_id == Ballot.id) & (BallotRevision.number == Ballot.revision))
        .join(Juror, Juror.id == Ballot.juror_id)
        .where(Juror.hackathon_id == hackathon.id)
    )
    for ballot_id, content in db.session.execute(latest if criteria else latest.where(Ballot.id < 0)).all():
        given = json.loads(content)
        for criterion_id in criteria & {int(key) for key in given["half_points"]}:
            half_points, excuse = given["half_points"][str(criterion_id)], given["excuses"].get(str(criterion_id), "")
            row = {"ballot_id": ballot_id, "criterion_id": criterion_id, "half_points": half_points, "excuse": excuse}
            db.session.add(Score(**row))


def _all_told(hackathon: Hackathon) -> dict[str, object]:
    rules = rules_of(hackathon)
    told: dict[str, object] = {criterion.title: number(float(criterion.weight)) for criterion in criteria_of(hackathon)}
    return {_("Highest points"): number(rules.highest_half_points / 2), _("Ballots needed"): rules.quorum, **told}


def _pairs(told: Mapping[str, object]) -> list[tuple[str, str]]:
    return [(label, str(value)) for label, value in told.items()]
