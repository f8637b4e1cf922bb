"""Rules that are frozen, and versions of them."""

import hashlib
import json
import threading

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions import freeze_rules, open_new_version, score_prototype, set_jury_rules
from ideenlab.jury.models import BallotRevision, JuryRulesVersion
from ideenlab.jury.queries import criteria_of, is_being_changed, is_frozen, rules_of, versions_of
from ideenlab.prototypes.models import Prototype
from tests.factories import a_person
from tests.jury.world import a_juror, handed_in, save, scored_hackathon, submitted


def test_the_first_save_freezes_the_rules_once(app):
    hackathon = scored_hackathon("2", "1")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    assert not is_frozen(hackathon)
    save(juror, prototype, 4)
    submitted(juror, prototype, 4, 3)
    (version,) = versions_of(hackathon)
    written = json.loads(version.content)
    assert (version.number, version.reason, written["version"]) == (1, "", 1)
    assert [criterion["weight"] for criterion in written["criteria"]] == ["2", "1"]
    assert version.sha256 == hashlib.sha256(version.content.encode()).hexdigest()
    assert is_frozen(hackathon)


@pytest.mark.parametrize("with_row", [True, False])
def test_first_ballots_at_once_make_one_version_and_no_change_slips_in(app, with_row):
    hackathon = scored_hackathon("1")
    if not with_row:
        with transaction():
            db.session.delete(rules_of(hackathon))
    prototype, jurors = handed_in(hackathon), [a_juror(hackathon) for _ in range(4)]
    organiser = a_person("organiser")
    people, prototype_id, organiser_id = [juror.person_id for juror in jurors], prototype.id, organiser.id
    db.session.rollback()
    gate, refused = threading.Barrier(5), []

    def run(mine):
        with app.app_context():
            gate.wait()
            try:
                with transaction():
                    act(mine)
            except NotAllowed as error:
                refused.append(error)
            finally:
                db.session.remove()

    def act(mine):
        target = db.session.get(Prototype, prototype_id)
        if mine == 4:
            set_jury_rules(
                db.session.get(Person, organiser_id), hackathon=target.hackathon, highest=9, quorum=1, revision=0
            )
            return
        points = dict.fromkeys(criteria_of(target.hackathon), 4)
        score_prototype(
            db.session.get(Person, people[mine]), prototype=target, half_points=points, revision=0,
            save_id=f"save-of-{mine}",
        )  # fmt: skip

    threads = [threading.Thread(target=run, args=(mine,)) for mine in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    written = [json.loads(version.content) for version in db.session.scalars(select(JuryRulesVersion))]
    assert len(db.session.scalars(select(BallotRevision)).all()) == 4
    assert len(written) == 1
    assert written[0]["rules"]["highest"] == ("5" if refused else "9")  # the change came before all or not at all
    assert rules_of(db.session.get(Hackathon, prototype.hackathon_id)).highest_half_points == (10 if refused else 18)


def test_while_a_new_version_is_prepared_nobody_scores(app):
    hackathon = scored_hackathon("1")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    save(juror, prototype, 4)
    with transaction():
        open_new_version(a_person("organiser"), hackathon=hackathon, reason="Ein Kriterium fehlte.")
    assert (is_being_changed(hackathon), is_frozen(hackathon), rules_of(hackathon).version) == (True, False, 2)
    with pytest.raises(NotAllowed, match="gerade geändert"):
        save(juror, prototype, 3)
    with pytest.raises(NotAllowed), transaction():
        freeze_rules(hackathon)
    assert len(versions_of(hackathon)) == 1
