"""A phone at the entrance scans a ticket: the camera of the browser shows a film that the test has made."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import segno
from playwright.sync_api import Browser, Playwright

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.hackathons.actions import name_helper
from ideenlab.hackathons.models import Registration
from ideenlab.hackathons.queries import ticket_address
from tests.factories import a_hackathon, a_person, a_registration
from tests.journeys.conftest import FLAGS, Guest
from tools.setup import find_browser

PASSWORD = "vier-Dohlen-am-Fluss"
WIDTH, HEIGHT = 640, 480


def film(text: str, path: Path) -> Path:
    """A QR code, held still in the middle of the picture: raw frames, bright and without colour."""
    rows = [*segno.make(text, error="m").matrix_iter(scale=6, border=4)]
    top, left = (HEIGHT - len(rows)) // 2, (WIDTH - len(rows[0])) // 2
    picture = bytearray(b"\xc8" * WIDTH * HEIGHT)
    for y, row in enumerate(rows):
        begin = (top + y) * WIDTH + left
        picture[begin : begin + len(row)] = bytes(16 if dark else 235 for dark in row)
    frame = b"FRAME\n" + bytes(picture) + b"\x80" * (WIDTH * HEIGHT // 2)
    path.write_bytes(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip C420mpeg2\n".encode() + frame * 3)
    return path


@pytest.fixture
def ticket(app) -> Registration:
    return a_registration(a_hackathon(title="Hase", slug="hase"), a_person(pseudonym="Bo"), ticket_code="ABCDE23456")


@pytest.fixture
def with_camera(playwright: Playwright, ticket: Registration, tmp_path: Path) -> Iterator[Browser]:
    shown = film(ticket_address(ticket), tmp_path / "ticket.y4m")
    flags = [
        "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={shown}",
    ]  # fmt: skip
    started = playwright.chromium.launch(executable_path=find_browser(), args=[*FLAGS, *flags])
    yield started
    started.close()


def test_a_helper_scans_a_ticket_with_the_camera(with_camera, address, ticket):
    helper = a_person(email="eva@example.org", password_hash=hash_password(PASSWORD))
    with transaction():
        name_helper(a_person("organiser"), hackathon=ticket.hackathon, person=helper)
    context = with_camera.new_context(viewport={"width": 360, "height": 740}, locale="de-DE")
    door = Guest(context, address, mirror=None, seen=set())
    door.sign_in(helper.email, PASSWORD)
    door.open("/organisation/hackathons/hase/einlass")
    door.control("Mit der Kamera scannen").click()
    door.says("Willkommen, Bo!")
    door.says("1 von 1 sind da")
    door.control("Kamera ausschalten").click()
    door.control("Mit der Kamera scannen").wait_for()
    assert door.page.locator("video").count() == 0
    assert door.complaints == []
    context.close()
    db.session.rollback()
    seen = db.session.query(Registration).one()
    assert (seen.checked_in_by_id, now() - seen.checked_in_at < timedelta(minutes=5)) == (helper.id, True)
