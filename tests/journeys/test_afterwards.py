"""An organiser rehearses up to the ceremony and wipes it; a hackathon that is over is archived and stays readable."""

import pytest

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.models import WINDOWS, Hackathon
from tests.factories import DAY, a_challenge, a_hackathon, a_person
from tests.jury.world import a_juror, handed_in, published, scored_hackathon, submitted

pytestmark = pytest.mark.journey


def enter(app, guest, person, **how):
    """Somebody who has signed in before."""
    somebody, client = guest(**how), app.test_client()
    client.sign_in(person)
    cookie = client.get_cookie("session").value
    somebody.context.add_cookies([{"name": "session", "value": cookie, "url": somebody.address}])
    return somebody


def test_everything_is_rehearsed_and_nothing_of_it_stays(app, guest):
    hackathon = a_hackathon(
        title="Hase-Hackathon", open_windows=(), starts_at=now() + DAY, ends_at=now() + 3 * DAY
    )  # fmt: skip
    a_challenge(hackathon, title="Grünes Licht")
    page = f"/organisation/hackathons/{hackathon.slug}/probelauf"
    olga, visitor = enter(app, guest, a_person("organiser"), size="phone", scripts=False), guest(dark=True)
    olga.open(page)
    olga.press("Probelauf beginnen")
    for _step in WINDOWS:
        olga.press(olga.page.get_by_role("button", name="Nächster Schritt"))
        olga.says("Der nächste Schritt ist getan.")
    olga.says("Alles wurde geprobt")
    db.session.rollback()
    probe = db.session.query(Hackathon).filter_by(rehearsal_of_id=hackathon.id).one().slug
    for part, words in {
        "": "Nichts hier ist echt", "/aufgaben": "Grünes Licht", "/teams": "Probe-Team 1",
        "/prototypen": "Probe-Prototyp 1", "/pitches": "Probe-Team 1", "/publikumspreis": "Der Saal",
        "/ergebnis": "Probe-Prototyp 1",
    }.items():  # fmt: skip
        visitor.open(f"/hackathon/{probe}{part}")
        visitor.says(words)
    olga.press("Probelauf löschen")
    olga.says("Nichts davon ist übrig.")
    visitor.page.goto(f"{visitor.address}/hackathon/{probe}")
    visitor.says("Diese Seite gibt es nicht")
    db.session.rollback()
    assert db.session.query(Person).filter_by(is_trial=True).count() == 0


def test_an_archived_hackathon_is_read_and_not_changed(app, guest):
    member, hackathon = a_person(), scored_hackathon(title="Hase-Hackathon", gallery_shown_at=now())
    prototype = handed_in(hackathon, member, team="Bienen", title="Blütenkarte")
    submitted(a_juror(hackathon), prototype, 4, 4, 4)
    published(hackathon)
    with transaction():
        hackathon.ends_at, hackathon.publication_until = now() - DAY / 2, now() - DAY / 2
    slug, team = hackathon.slug, prototype.team_id
    olga = enter(app, guest, a_person("organiser"))
    bee = enter(app, guest, member, size="phone", dark=True)
    olga.open(f"/organisation/hackathons/{slug}/danach")
    olga.press("Diesen Hackathon archivieren")
    olga.press("Diesen Hackathon archivieren")
    olga.says("Der Hackathon ist archiviert.")
    for address, words in {
        f"/hackathon/{slug}": "Archiviert", f"/hackathon/{slug}/ergebnis": "Blütenkarte",
        f"/hackathon/{slug}/prototypen": "Blütenkarte", f"/team/{team}": "Bienen", 
        f"/team/{team}/prototyp": "nichts ändern",
    }.items():  # fmt: skip
        bee.open(address)
        bee.says(words)
    client = app.test_client()
    for person, doors in {
        member: (f"/team/{team}/prototyp", f"/team/{team}/prototyp/abgeben", f"/team/{team}/umbenennen"),
        a_person("organiser"): (f"/organisation/hackathons/{slug}/danach/archivieren",
                                f"/organisation/hackathons/{slug}/galerie/schliessen"),
    }.items():  # fmt: skip
        client.sign_in(person)
        for door in doors:
            answer = client.post(door, data={"title": "Geändert", "name": "Geändert", "revision": "1"})
            assert (answer.status_code, "wurde am" in answer.text) == (403, True), door
