"""Mails once more, a mail to oneself, everybody out, and what the worker notes of itself."""

from datetime import timedelta

import pytest

from ideenlab.accounts.models import SignIn
from ideenlab.administration import actions
from ideenlab.administration.queries import job_states, latest_test_mail, mail_counts
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.core.jobs import JOBS, RUNS, Job, run_job
from ideenlab.mail.models import Mail
from ideenlab.operating.actions import note_runs
from ideenlab.operating.models import JobRun
from tests.factories import a_person, saved

HOUR = timedelta(hours=1)


def a_mail(**values):
    return saved(Mail(**{"recipient": "maria@example.org", "subject": "Ihre Idee", "text": "geheim", **values}))


def test_what_was_given_up_is_due_again_and_what_has_left_or_is_emptied_is_not(app):
    boss = a_person("administrator")
    given_up = a_mail(given_up_at=now(), last_error="550 no", tries=7, created_at=now() - 60 * HOUR)
    with transaction():
        actions.retry_mail(boss, mail=given_up)
    assert (given_up.given_up_at, given_up.tries) == (None, 0)
    assert given_up.due_at <= now()
    refused = [a_mail(sent_at=now()), a_mail(recipient=""), a_mail(claimed_until=now() + HOUR)]
    for person, mail in (*((boss, mail) for mail in refused), (a_person("organiser"), given_up)):
        with pytest.raises(NotAllowed), transaction():
            actions.retry_mail(person, mail=mail)


def test_all_refused_ones_go_again_at_once(app):
    a_mail(given_up_at=now(), last_error="550 no")
    a_mail(last_error="451 later", due_at=now() + HOUR, tries=3)
    a_mail(last_error="451 later", claimed_until=now() + HOUR)
    a_mail(recipient="", given_up_at=now())
    a_mail(sent_at=now())
    assert mail_counts() == {"waiting": 2, "failed": 2, "given_up": 2, "sent": 1}
    with transaction():
        assert actions.retry_mails(a_person("administrator")) == 2
    assert mail_counts() == {"waiting": 3, "failed": 3, "given_up": 1, "sent": 1}


def test_a_test_mail_goes_through_the_outbox_one_at_a_time(app):
    boss, other = a_person("administrator"), a_person("administrator")
    for person in (boss, other):
        with transaction():
            actions.send_test_mail(person)
    assert latest_test_mail(boss).recipient == boss.email
    with pytest.raises(NotAllowed), transaction():
        actions.send_test_mail(boss)
    with transaction():
        latest_test_mail(boss).sent_at = now()
    with transaction():
        actions.send_test_mail(boss)
    assert db.session.query(Mail).count() == 2
    for person in (a_person("organiser"), a_person("administrator", email=None)):
        with pytest.raises(NotAllowed), transaction():
            actions.send_test_mail(person)


def test_everybody_but_oneself_is_signed_out(app):
    boss = a_person("administrator")
    made = [
        saved(SignIn(person=person, secret_hash=f"{number}", expires_at=now() + HOUR))
        for number, person in enumerate((boss, boss, a_person(), a_person("organiser")))
    ]
    with pytest.raises(NotAllowed), transaction():
        actions.end_every_sign_in(a_person("organiser"), but=made[3])
    with transaction():
        actions.end_one_sign_in(boss, sign_in=made[2])
    with transaction():
        actions.end_every_sign_in(boss, but=made[0])
    assert [row.id for row in db.session.query(SignIn)] == [made[0].id]


def test_the_worker_notes_how_its_jobs_went_and_never_what_a_fault_was_about(app, monkeypatch):
    monkeypatch.setattr("ideenlab.core.jobs.RUNS", RUNS)
    RUNS.clear()
    monkeypatch.setitem(JOBS, "try.it", Job("try.it", 60, lambda: 1))

    def fail():
        raise ValueError("maria@example.org")

    for work in (fail, fail, lambda: 1, fail):
        run_job(app, Job("try.it", 60, work))
        with transaction():
            note_runs()
    run = db.session.get(JobRun, "try.it")
    assert (run.failures, run.fault) == (1, "ValueError")
    state = next(state for state in job_states() if state.name == "try.it")
    assert not state.is_late
    with transaction():
        run.ran_at = now() - HOUR
    assert next(state for state in job_states() if state.name == "try.it").is_late
    RUNS.clear()
