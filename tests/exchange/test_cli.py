from ideenlab.core.db import db
from ideenlab.exchange.models import Source
from tests.factories import saved


def test_the_command_reads_what_is_due_and_says_how_it_went(app):
    saved(Source(title="Nachbarstadt", base_url="https://127.0.0.1:9"))
    done = app.test_cli_runner().invoke(args=["exchange", "read"])
    assert (done.exit_code, done.output) == (1, "read 0, failed 1\n")
    db.session.rollback()
    assert app.test_cli_runner().invoke(args=["exchange", "read"]).output == "read 0, failed 0\n"
