import io
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.files.actions import draw_picture
from ideenlab.files.models import StoredFile
from ideenlab.jury.models import Juror
from ideenlab.prototypes.actions import add_screenshot, hand_in
from ideenlab.prototypes.models import Screenshot
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_team, saved
from tests.files.samples import PROGRAM, picture, png_of_size


@pytest.fixture
def prototype(person):
    return a_prototype(a_team(a_hackathon(submission_until=now() + timedelta(hours=1)), person))


@pytest.fixture
def page(prototype):
    return f"/team/{prototype.team_id}/prototyp/bilder"


def send(client, page, name="bild.png", content=None, **fields):
    file = (io.BytesIO(picture() if content is None else content), name)
    return client.post(page, data={"do": "add", "alt": "Eine Karte", "file": file, **fields})


def test_pictures_are_added_described_ordered_and_removed(client, person, page):
    client.sign_in(person)
    for alt in ("Erstes", "Zweites"):
        assert send(client, page, alt=alt).status_code == 303
    one, two = db.session.scalars(select(Screenshot.id).order_by(Screenshot.id))
    client.post(page, data={"do": f"forward-{two}", f"alt_{one}": "Anders", f"alt_{two}": "Zweites"})
    text = client.get(page).text
    assert text.index('alt="Zweites"') < text.index('alt="Anders"')
    refused = client.post(page, data={"do": "save", f"alt_{one}": "", f"alt_{two}": "Neu"})
    assert refused.status_code == 422
    assert "Neu" in refused.text
    client.post(page, data={"do": f"remove-{one}", f"alt_{two}": "Zweites"})
    assert "Anders" not in client.get(page).text
    assert client.post(page, data={"do": f"remove-{one}"}).status_code == 404


def test_a_picture_that_is_none_is_refused_at_its_field_and_leaves_nothing(client, person, page):
    client.sign_in(person)
    for name, content, word in (
        ("bild.png", b"", "ist leer"), ("bild.png", PROGRAM, "passt nicht"), ("bild.svg", b"<svg/>", "kein Bild"),
        ("plan.pdf", b"%PDF-", "kein Bild"), ("", b"", "wählen Sie zuerst ein Bild"),
        ("gross.png", png_of_size(9_000, 9_000), "Bildpunkte"), ("halb.png", picture()[:200], "beschädigt"),
    ):  # fmt: skip
        refused = send(client, page, name, content)
        assert refused.status_code == 422
        assert word in refused.text.split('id="file-error"')[1][:400]
        assert 'value="Eine Karte"' in refused.text
    assert "Bitte sagen Sie" in send(client, page, alt="").text
    assert db.session.scalars(select(StoredFile)).all() == []


def test_a_picture_is_seen_by_whom_the_version_is_seen(client, person, prototype, page):
    drawn = draw_picture(io.BytesIO(picture()), name="bild.png")
    with transaction():
        shot = add_screenshot(person, team=prototype.team, drawn=drawn, alt="Eine Karte", decorative=False)
    hackathon, juror = prototype.hackathon, a_person("juror")
    saved(Juror(hackathon=hackathon, person=juror, name="J", accepted_at=now(), invitation_hash="x"))
    path, width = f"/prototyp/bild/{shot.key}", shot.sizes[0].width
    door = f"/jury/prototyp/{prototype.id}/bild/{shot.key}/{width}"

    def seen(*people, address=f"{path}/{width}"):
        found = []
        for each in people:
            client.sign_in(each) if each else client.sign_out()
            found.append(client.get(address).status_code)
        return found

    people = (person, a_person("organiser"), juror, a_person(), None)
    assert seen(*people) == [200, 200, 404, 404, 404]
    assert seen(juror, address=door) == [404]
    with transaction():
        hand_in(person, team=prototype.team, revision=1)
    with transaction():
        hackathon.scoring_from, hackathon.scoring_until = now() - DAY, now() + DAY
    assert seen(*people) == [200, 200, 404, 404, 404]
    assert seen(juror, a_person("juror"), person, address=door) == [200, 404, 403]
    assert seen(juror, address=door.replace(f"/{prototype.id}/", "/99999/")) == [404]
    with transaction():
        hackathon.submission_until = hackathon.gallery_shown_at = now()
    assert seen(*people) == [200] * 5
    assert seen(None, address=f"{path}/{10**12}") == [404]
    assert 'alt="Eine Karte"' in client.get(f"/prototyp/{prototype.id}").text


def test_after_the_deadline_pictures_are_only_looked_at(client, person, prototype, page):
    client.sign_in(person)
    send(client, page)
    with time_machine.travel(prototype.hackathon.submission_until, tick=False):
        assert "nichts ändern" in client.get(page).text
        assert send(client, page).status_code == 403
