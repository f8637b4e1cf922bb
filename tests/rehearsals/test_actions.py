from io import BytesIO

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_people
from ideenlab.archives.queries import prizes_of
from ideenlab.assignments.queries import find_assignment, reasons_of, seats_of
from ideenlab.audience.queries import find_prize, released_circles
from ideenlab.challenges.actions import add_material
from ideenlab.challenges.queries import challenges_of, files_of
from ideenlab.core.clock import now
from ideenlab.core.db import Model, db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.core.storage import storage
from ideenlab.files.actions import Content
from ideenlab.hackathons.actions import walk_in
from ideenlab.hackathons.models import WINDOWS, Hackathon, Question
from ideenlab.hackathons.queries import all_hackathons, attendance_figures, hackathons
from ideenlab.jury.actions import start_with_template
from ideenlab.jury.models import Ballot, Juror
from ideenlab.jury.queries import panel_of, rules_of
from ideenlab.mail.models import Mail
from ideenlab.mentors.models import HelpRequest
from ideenlab.pages.queries import figures, published_results
from ideenlab.pitches.queries import pitches_of
from ideenlab.prototypes.actions import add_file
from ideenlab.prototypes.queries import content_of, handed_in_of
from ideenlab.rehearsals.actions import start_rehearsal, take_next_step, wipe_rehearsal
from ideenlab.rehearsals.queries import step_of, trial_people_of
from ideenlab.teams.queries import members_of, teams_of
from tests.factories import DAY, a_challenge, a_hackathon, a_person, a_registration, a_team, saved
from tests.jury.world import a_juror, handed_in, published, scored_hackathon, submitted

PARTS = ("screenshots", "files", "challenges")
EVERYTHING = "title pitch description challenge code_url demo_url video_url screenshot licence prior_work ai_use"


def planned(**values):
    hackathon = a_hackathon(open_windows=(), starts_at=now() + DAY, ends_at=now() + 3 * DAY, **values)
    challenge = a_challenge(hackathon, title="Grünes Licht")
    key = storage().put(BytesIO(b"ein Plan"))
    with transaction():
        content = Content(key=key, name="plan.pdf", media_type="application/pdf", size=8, sha256="1" * 64)
        add_material(a_person("organiser"), challenge=challenge, content=content)
    saved(
        Question(hackathon=hackathon, position=1, kind="choice", text="Woher?", choices="Nord\nSüd", is_required=True)
    )
    return hackathon


def counted():
    tables = Model.metadata.sorted_tables
    return {table.name: db.session.scalar(select(func.count()).select_from(table)) for table in tables}


def rehearsed(organiser, hackathon, steps=WINDOWS):
    with transaction():
        rehearsal = start_rehearsal(organiser, hackathon=hackathon)
    for step in steps:
        with transaction():
            take_next_step(organiser, rehearsal=rehearsal, step=step)
    return rehearsal


@pytest.mark.parametrize("values", [{"needs_approval": True, "required_fields": EVERYTHING}, {"team_size_min": 1}])
def test_everything_runs_up_to_the_ceremony_and_is_wiped_whole(app, values):
    organiser, hackathon = a_person("organiser"), planned(**values)
    other = scored_hackathon()  # a real one beside it, with everything
    real = handed_in(other, a_person())
    submitted(a_juror(other), real, 4, 4, 4)
    published(other)
    before, shown = counted(), (figures(), [found.id for found, _result in published_results()])
    files = set(dict(storage().keys()))

    rehearsal = rehearsed(organiser, hackathon, steps=WINDOWS[:3])
    assert [(s.answer, bool(reasons_of(s))) for s in seats_of(find_assignment(rehearsal))].count(("accepted", True)) > 1
    assert [request.state for request in db.session.scalars(select(HelpRequest))] == ["done"]
    material = [file.file for challenge in challenges_of(rehearsal) for file in files_of(challenge)]
    assert [(file.name, storage().size(file.key)) for file in material] == [("plan.pdf", 8)]
    team = teams_of(rehearsal)[0]
    key = storage().put(BytesIO(b"ein Bild"))
    content = Content(key=key, name="plan.txt", media_type="text/plain", size=8, sha256="0" * 64)
    with transaction():
        add_file(members_of(team)[0], team=team, content=content)
        walk_in(organiser, hackathon=rehearsal, pseudonym="Vor der Tür", age_band="adult", papers=())
    for step in WINDOWS[3:]:
        with transaction():
            take_next_step(organiser, rehearsal=rehearsal, step=step)

    people = trial_people_of(rehearsal)
    assert {(person.email, person.password_hash, person.is_trial) for person in people} == {(None, None, True)}
    assert (len(handed_in_of(rehearsal)), attendance_figures(rehearsal).here) == (len(teams_of(rehearsal)), 11)
    assert {len(content_of(version)[part]) for _p, version in handed_in_of(rehearsal) for part in PARTS} == {1}
    assert {pitch.state for pitch in pitches_of(rehearsal)} == {"done"}
    assert [circle["votes"] for circle in released_circles(find_prize(rehearsal))] == [6, 10]
    assert [bool(juror.accepted_at) for juror in panel_of(rehearsal)] == [True] * 3
    assert prizes_of(rehearsal)[0].place == 1
    assert db.session.scalar(select(func.count()).select_from(Mail)) == before["mails"]
    assert shown == (figures(), [found.id for found, _result in published_results()])
    assert rehearsal not in [*hackathons(), *all_hackathons()]
    assert not {person.id for person in people} & {person.id for person in find_people("", limit=500)}

    with transaction():
        wipe_rehearsal(organiser, rehearsal=rehearsal)
    after = counted()
    assert {name: after[name] - number for name, number in before.items() if after[name] != number} == {"history": 1}
    assert set(dict(storage().keys())) == files
    assert (db.session.get(Hackathon, hackathon.id), len(teams_of(other))) == (hackathon, 1)


def test_a_step_is_taken_once_and_a_real_hackathon_is_never_wiped(app):
    organiser, hackathon = a_person("organiser"), planned()
    rehearsal = rehearsed(organiser, hackathon, steps=WINDOWS[:1])
    with pytest.raises(Conflict), transaction():
        take_next_step(organiser, rehearsal=rehearsal, step="registration")
    assert step_of(rehearsal) == "registration"
    for refused in (
        lambda: wipe_rehearsal(organiser, rehearsal=hackathon),
        lambda: wipe_rehearsal(a_person(), rehearsal=rehearsal),
        lambda: start_rehearsal(organiser, hackathon=hackathon),
        lambda: start_rehearsal(organiser, hackathon=rehearsal),
        lambda: take_next_step(organiser, rehearsal=hackathon, step="teams"),
    ):
        with pytest.raises(NotAllowed), transaction():
            refused()
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.is_trial)) > 0


def test_people_who_really_exist_stay_when_they_tried_it_too(app):
    organiser, visitor = a_person("organiser"), a_person()
    rehearsal = rehearsed(organiser, planned(), steps=WINDOWS[:2])
    a_team(rehearsal, visitor, name="Echte Leute")
    a_registration(a_hackathon(), visitor)
    with transaction():
        wipe_rehearsal(organiser, rehearsal=rehearsal)
    assert db.session.get(Person, visitor.id) is visitor
    assert db.session.scalar(select(func.count()).select_from(Person).where(Person.is_trial)) == 0


def test_the_strictest_rules_of_a_jury_can_be_rehearsed(app):
    organiser, hackathon = a_person("organiser"), planned()
    with transaction():
        start_with_template(organiser, hackathon=hackathon, template="four", revision=rules_of(hackathon).revision)
    with transaction():
        rules = rules_of(hackathon)
        rules.feedback_required, rules.panel, rules.ballots_each, rules.quorum = True, "plan", 2, 2
        rules.lowest_half_points, rules.step_half_points = 1, 2
    rehearsal = rehearsed(organiser, hackathon)
    ballots = db.session.scalars(select(Ballot).join(Juror).where(Juror.hackathon_id == rehearsal.id)).all()
    assert {(ballot.state, bool(ballot.next_step)) for ballot in ballots} == {("submitted", True)}
    assert len(ballots) == 2 * len(handed_in_of(rehearsal))
    assert prizes_of(rehearsal)
