"""Two at the same moment: the database has the last word."""

import json
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions import hold_rules, score_prototype
from ideenlab.jury.actions.publishing import freeze_result
from ideenlab.jury.models import Ballot, BallotRevision
from ideenlab.jury.queries import criteria_of, figures_of
from ideenlab.prototypes.models import Prototype
from tests.factories import a_person
from tests.jury.world import a_juror, handed_in, save, scored_hackathon, submitted


def at_once(app, number, act):
    """What `number` threads gave back or raised, all let go together."""
    gate, results = threading.Barrier(number), []

    def run(mine):
        with app.app_context():
            gate.wait()
            try:
                results.append(act(mine))
            except (Conflict, NotAllowed) as error:
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


def test_publication_and_a_ballot_at_the_same_moment_agree(app):
    """A ballot that was told as stored is in the protocol; one that comes too late is refused."""
    hackathon = scored_hackathon("1")
    prototype, organiser = handed_in(hackathon), a_person("organiser")
    jurors = [a_juror(hackathon) for _ in range(4)]
    for juror in jurors:
        save(juror, prototype, 1)
    submitted(jurors[0], prototype, 2)
    with transaction():
        hackathon.scoring_until = None
        hackathon.publication_from = now() - timedelta(seconds=1)
    people, number, place = [juror.person_id for juror in jurors[1:]], prototype.id, hackathon.id
    organiser_id = organiser.id
    db.session.rollback()

    def act(mine):
        with transaction():
            if mine == 0:
                held = db.session.get(Hackathon, place)
                hold_rules(held, alone=True)
                person = db.session.get(Person, organiser_id)
                result = freeze_result(held, figures_of(held), moment=now(), organiser=person)
                return "protocol", len(json.loads(result.protocol)["ballots"])
            target = db.session.get(Prototype, number)
            score_prototype(
                db.session.get(Person, people[mine - 1]), prototype=target,
                half_points=dict.fromkeys(criteria_of(target.hackathon), 6), revision=1, save_id=f"late-save-{mine}",
                submit=True,
            )  # fmt: skip
            return "stored", mine

    results = at_once(app, 4, act)
    done = [result for result in results if not isinstance(result, Exception)]
    stored = [value for kind, value in done if kind == "stored"]
    (in_protocol,) = [value for kind, value in done if kind == "protocol"]
    assert len(results) == 4
    assert in_protocol == 1 + len(stored)
