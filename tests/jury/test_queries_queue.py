"""What lies before a juror: in the order of the stage, and in which state."""

from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.jury.models import Ballot, JuryAssignment, JuryRound, JuryRoundPrototype, JuryRules, Recusal
from ideenlab.jury.queries import absent_of, queue_of, queues_of
from ideenlab.pitches.models import Pitch
from tests.factories import saved
from tests.jury.world import a_juror, handed_in, save, scored_hackathon, submitted

MINUTE = timedelta(minutes=1)


def on_stage(prototype, position, state="planned"):
    saved(Pitch(hackathon=prototype.hackathon, prototype=prototype, position=position, state=state,
                starts_at=now() + position * MINUTE))  # fmt: skip


def the_queue(juror):
    db.session.rollback()
    (queue,) = queue_of(juror.person)
    return queue


def states(queue):
    return [(item.prototype.team.name, item.state) for item in queue.items]


@pytest.fixture
def world(app):
    hackathon = scored_hackathon()
    juror = a_juror(hackathon)
    names = ("Zett", "Yps", "Xaver", "Wanda", "Viola", "Ulf")
    teams = {name: handed_in(hackathon, *([juror.person] if name == "Ulf" else []), team=name) for name in names}
    for position, name in enumerate(names[:5], 1):
        on_stage(teams[name], position, {1: "done", 2: "absent", 4: "running"}.get(position, "planned"))
    return hackathon, juror, teams


def test_the_stage_gives_the_order_and_each_has_its_state(world):
    hackathon, juror, teams = world
    saved(Recusal(juror=juror, team=teams["Viola"].team, state="declared", kind="other", reason="x"))
    save(juror, teams["Xaver"], 4)
    queue = the_queue(juror)
    assert states(queue) == [
        ("Zett", "open"), ("Yps", "absent"), ("Xaver", "begun"), ("Wanda", "open"), ("Viola", "recused"),
        ("Ulf", "own_team"),
    ]  # fmt: skip
    assert queue.next.prototype == teams["Wanda"]  # on the stage now
    assert [item.prototype.team.name for item in queue.late] == ["Zett"]
    submitted(juror, teams["Wanda"], 4, 4, 4)
    queue = the_queue(juror)
    assert (queue.next.prototype, len(queue.left), len(queue.wanted)) == (teams["Zett"], 2, 3)
    assert absent_of(hackathon) == [teams["Yps"]]
    assert [len(each.left) for each in queues_of(hackathon)] == [2]


def test_a_plan_lists_only_what_is_assigned_and_new_rules_ask_again(world):
    hackathon, juror, teams = world
    submitted(juror, teams["Zett"], 4, 4, 4)
    saved(JuryAssignment(juror=juror, prototype=teams["Zett"]))
    with transaction():
        rules = db.session.get(JuryRules, hackathon.id)
        rules.panel = "plan"
        db.session.query(Ballot).one().rules_version = 0
    queue = the_queue(juror)
    assert states(queue) == [("Zett", "confirm")]
    assert queue.next.prototype == teams["Zett"]


def test_an_open_round_asks_only_for_its_prototypes(world):
    hackathon, juror, teams = world
    submitted(juror, teams["Zett"], 4, 4, 4)
    another = saved(JuryRound(hackathon=hackathon, number=2, kind="final"))
    saved(JuryRoundPrototype(round_id=another.id, prototype=teams["Zett"]))
    queue = the_queue(juror)
    assert queue.has_open_round
    assert states(queue) == [
        ("Zett", "open"), ("Yps", "absent"), ("Xaver", "closed"), ("Wanda", "closed"), ("Viola", "closed"),
        ("Ulf", "own_team"),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [1, 6])
def test_queues_need_a_fixed_number_of_queries(app, count_queries, rows):
    hackathon = scored_hackathon()
    for _ in range(rows):
        on_stage(handed_in(hackathon), _)
        a_juror(hackathon)
    db.session.rollback()
    db.session.refresh(hackathon)
    assert count_queries(lambda: [each.left for each in queues_of(hackathon)]) <= 9
