from ideenlab.core.db import db, transaction
from ideenlab.core.jobs import JOBS, run_job
from ideenlab.mail.models import Mail


def a_mail():
    with transaction():
        db.session.add(Mail(recipient="a@x.de", subject="s", text="t"))


def test_one_round_is_sent_at_the_command_line(app):
    a_mail()
    assert app.test_cli_runner().invoke(args=["mail", "send"]).output == "sent 1, later 0, given up 0\n"
    assert app.test_cli_runner().invoke(args=["mail", "send"]).output == "sent 0, later 0, given up 0\n"


def test_the_worker_sends_mails_and_cleans_up(app):
    a_mail()
    for name in ("mail.send", "privacy.retain"):
        assert run_job(app, JOBS[name])
    assert db.session.query(Mail).one().sent_at is not None
