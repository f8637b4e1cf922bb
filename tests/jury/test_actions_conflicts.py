"""A conflict of interest is declared, blocked, dismissed, taken back; and two decide at once."""

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.queries import entries_of
from ideenlab.jury.actions import decide_conflict, declare_conflict, dismiss_suspicion
from ideenlab.jury.models import Juror, Recusal
from ideenlab.jury.queries import find_recusal, find_seat
from ideenlab.mail.models import Mail
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.teams.models import Team
from tests.factories import a_person, saved
from tests.jury.test_races import at_once
from tests.jury.world import a_juror, close_scoring, handed_in, published, scored_hackathon, submitted

STATES = ("", "suspected", "declared", "blocked", "dismissed")


def suspected(juror, team):
    mentor = saved(Mentor(hackathon=team.hackathon, person=juror.person))
    saved(HelpRequest(hackathon=team.hackathon, team=team, text="Hilfe", state="done", mentor=mentor))


def in_state(juror, team, state):
    if state == "suspected":
        suspected(juror, team)
    elif state:
        saved(Recusal(juror=juror, team=team, state=state, kind="other", reason="Weil.", decided_by=juror.person))


def declare(juror, team):
    declare_conflict(juror.person, team=team, reason="Ich kenne das Team.")


def dismiss(juror, team):
    dismiss_suspicion(juror.person, team=team, reason="Nur ein Gespräch.")


def decide(state):
    def act(juror, team):
        found = find_recusal(juror, team)
        seen = found.state if found else ""
        decide_conflict(a_person("organiser"), juror=juror, team=team, state=state, reason="Gehört.", seen=seen)

    return act


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (declare, {"": "declared", "suspected": "declared", "dismissed": "declared"}),
        (dismiss, {"suspected": "dismissed"}),
        (decide("blocked"), dict.fromkeys(("", "suspected", "declared", "dismissed"), "blocked")),
        (decide("dismissed"), dict.fromkeys(("suspected", "declared", "blocked"), "dismissed")),
    ],
)
def test_what_becomes_of_a_juror_and_a_team(app, act, allowed):
    hackathon = scored_hackathon()
    for state in STATES:
        juror, prototype = a_juror(hackathon), handed_in(hackathon)
        in_state(juror, prototype.team, state)
        if state in allowed:
            with transaction():
                act(juror, prototype.team)
        else:
            with pytest.raises((NotAllowed, Invalid)), transaction():
                act(juror, prototype.team)
        found = find_recusal(juror, prototype.team)
        after = found.state if found else ""
        assert after == allowed.get(state, state if state != "suspected" else "")
        assert find_seat(juror.person, prototype).recused is (after in ("declared", "blocked"))


def test_the_kind_comes_from_the_suspicion_and_everything_is_recorded(app):
    hackathon, organiser = scored_hackathon(), a_person("organiser")
    juror, prototype = a_juror(hackathon), handed_in(hackathon)
    team = prototype.team
    suspected(juror, team)
    with transaction():
        declare(juror, team)
        found = find_recusal(juror, team)
        assert (found.kind, found.decided_by) == ("mentor", juror.person)
        decide_conflict(organiser, juror=juror, team=team, state="dismissed", reason="Nur kurz.", seen="declared")
    deeds = [(entry.deed, entry.note, entry.actor_id) for entry in entries_of(find_recusal(juror, team))]
    assert deeds == [
        ("jury.conflict_withdrawn", "Nur kurz.", organiser.id),
        ("jury.conflict_declared", "Ich kenne das Team.", juror.person_id),
    ]
    mail = db.session.scalars(select(Mail).where(Mail.recipient == juror.person.email)).one()
    assert "Nur kurz." not in mail.text


def test_a_decision_needs_a_reason_and_the_state_that_was_seen(app):
    hackathon, organiser = scored_hackathon(), a_person("organiser")
    juror, team = a_juror(hackathon), handed_in(hackathon).team
    with pytest.raises(Invalid), transaction():
        declare_conflict(juror.person, team=team, reason="")
    with pytest.raises(Invalid), transaction():
        decide_conflict(organiser, juror=juror, team=team, state="declared", reason="x", seen="")
    in_state(juror, team, "declared")
    with pytest.raises(Conflict), transaction():
        decide_conflict(organiser, juror=juror, team=team, state="blocked", reason="x", seen="")
    assert find_recusal(juror, team).reason == "Weil."


def refused(act, *args, **values):
    with pytest.raises(NotAllowed) as caught, transaction():
        act(*args, **values)
    return str(caught.value)


def test_after_scoring_only_jurors_and_after_a_result_nobody(app):
    hackathon, organiser = scored_hackathon(), a_person("organiser")
    juror, other, prototype = a_juror(hackathon), a_juror(hackathon), handed_in(hackathon)
    submitted(juror, prototype, 4, 4, 4)
    decision = {"juror": juror, "team": prototype.team, "state": "blocked", "reason": "x", "seen": ""}
    for person in (a_person(), a_person("moderator"), juror.person):
        assert "der Organisation vorbehalten" in refused(decide_conflict, person, **decision)
    assert "nicht zur Jury" in refused(declare_conflict, organiser, team=prototype.team, reason="x")
    close_scoring(hackathon)
    assert "nur Jurymitglieder selbst" in refused(decide_conflict, organiser, **decision)
    with transaction():
        declare(other, prototype.team)
    published(hackathon)
    assert "Es gibt ein Ergebnis" in refused(decide_conflict, organiser, **decision)
    assert "Es gibt ein Ergebnis" in refused(declare_conflict, juror.person, team=prototype.team, reason="x")
    assert [each.juror_id for each in db.session.scalars(select(Recusal))] == [other.id]


def test_of_a_juror_and_an_organiser_at_once_both_end_in_one_row(app):
    hackathon, organiser = scored_hackathon(), a_person("organiser")
    juror, team = a_juror(hackathon), handed_in(hackathon).team
    suspected(juror, team)
    juror_id, person_id, organiser_id, team_id = juror.id, juror.person_id, organiser.id, team.id
    db.session.rollback()

    def act(mine):
        with transaction():
            one = db.session.get(Team, team_id)
            if mine:
                declare_conflict(db.session.get(Person, person_id), team=one, reason="Ja.")
            else:
                decide_conflict(
                    db.session.get(Person, organiser_id), juror=db.session.get(Juror, juror_id), team=one,
                    state="dismissed", reason="Nein.", seen="",
                )  # fmt: skip
        return mine

    results = at_once(app, 2, act)
    # Whoever comes second: a juror may declare after a dismissal, an organiser decides about what was seen
    assert 1 in results
    assert db.session.scalars(select(Recusal.state)).one() == "declared"
    assert sorted(isinstance(result, Conflict) for result in results) == [False, 0 not in results]
