"""Two at the same moment: the database has the last word."""

import threading

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict
from ideenlab.jury.actions import score_prototype
from ideenlab.jury.models import Ballot, BallotRevision
from ideenlab.jury.queries import criteria_of
from ideenlab.prototypes.models import Prototype
from tests.jury.world import a_juror, handed_in, save, scored_hackathon


def at_once(app, number, act):
    """What `number` threads gave back or raised, all let go together."""
    gate, results = threading.Barrier(number), []

    def run(mine):
        with app.app_context():
            gate.wait()
            try:
                results.append(act(mine))
            except Conflict as error:
                results.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(mine,)) for mine in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return results


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("same_id", [True, False])
def test_of_saves_on_the_same_revision_exactly_one_wins(app, first, same_id):
    hackathon = scored_hackathon()
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    if not first:
        save(juror, prototype, 1)
    person_id, prototype_id = juror.person_id, prototype.id
    revision = 0 if first else 1
    db.session.rollback()

    def act(mine):
        with transaction():
            target = db.session.get(Prototype, prototype_id)
            points = dict.fromkeys(criteria_of(target.hackathon), 4 if same_id else mine)
            saved = score_prototype(
                db.session.get(Person, person_id), prototype=target, half_points=points, revision=revision,
                save_id="the-same-save" if same_id else f"save-number-{mine}",
            )  # fmt: skip
            return saved.number

    results = at_once(app, 5, act)
    assert len(results) == 5
    won = [result for result in results if not isinstance(result, Exception)]
    assert won.count(revision + 1) == len(won) >= 1
    assert len(won) == 1 or same_id  # a repeated save may be told its own revision
    assert db.session.scalars(select(Ballot.revision)).one() == revision + 1
    numbers = db.session.scalars(select(BallotRevision.number).order_by(BallotRevision.number)).all()
    assert numbers == list(range(1, revision + 2))
