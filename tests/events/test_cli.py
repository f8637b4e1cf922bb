import json
from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.jobs import JOBS
from ideenlab.events.queries import all_events
from tests.factories import DAY, a_sign_up, an_edition, an_event


def test_the_worker_gives_places_on_and_forgets(app):
    event = an_event(places=1)
    lost = a_sign_up(event, state="offered", offered_until=now() - timedelta(hours=1), confirmed_at=now())
    next_one = a_sign_up(event, state="waiting", confirmed_at=now())
    over = an_event(starts_at=now() - 32 * DAY, ends_at=now() - 31 * DAY)
    old = a_sign_up(over, confirmed_at=now())
    for name in ("events.places", "events.remind", "privacy.retain"):
        JOBS[name].work()
    assert (lost.state, next_one.state, old.name) == ("cancelled", "offered", "")
    assert "0 Anmeldungen vergessen." in app.test_cli_runner().invoke(args=["events", "forget"]).output


def test_a_table_is_read_in_by_command_once(app, tmp_path):
    edition, table = an_edition(), tmp_path / "woche.csv"
    table.write_text(
        "Nummer;Titel;Datum;Von;Bis\nA1;Löten;14.09.2027;10:00;12:00\nA2;;14.09.2027;10:00;12:00\n", encoding="cp1252"
    )
    command = ["events", "import", str(table), "--edition", edition.slug, "--json"]

    def done(*more):
        db.session.rollback()
        answer = app.test_cli_runner().invoke(args=[*command, *more])
        said = json.loads(answer.output)
        return answer.exit_code, said["new"], said["same"], [each["line"] for each in said["refused"]]

    assert done("--dry-run") == (1, 1, 0, [3])
    assert all_events(edition) == []
    assert done("--publish") == (1, 1, 0, [3])
    assert done("--publish") == (1, 0, 1, [3])
    db.session.rollback()
    assert [(event.title, event.state) for event in all_events(edition)] == [("Löten", "published")]
    nowhere = app.test_cli_runner().invoke(args=["events", "import", str(table), "--edition", "gibt-es-nicht"])
    assert (nowhere.exit_code, edition.slug in nowhere.output) == (1, True)
