"""A citizen takes everything along, sees what becomes of it, and leaves."""

import zipfile

import pytest

from ideenlab.core.db import transaction
from ideenlab.core.passwords import hash_password
from ideenlab.ideas.actions import support_idea
from tests.factories import a_call, a_comment, a_person, an_idea

pytestmark = pytest.mark.journey
PASSWORD = "ein langes Passwort"


def test_a_citizen_takes_everything_along_and_leaves(app, guest, tmp_path):
    person = a_person(pseudonym="Frida", email="frida@example.org", password_hash=hash_password(PASSWORD))
    call = a_call()
    kept, alone = an_idea(call, person, title="Bänke an der Hase"), an_idea(call, person, title="Mehr Licht")
    kept_id, alone_id = kept.id, alone.id
    a_comment(kept, person, text="Mit Lehne, bitte.")
    with transaction():
        support_idea(a_person(), idea=kept)
    frida = guest(size="phone")
    frida.sign_in("frida@example.org", PASSWORD)
    frida.open("/konto/daten")
    frida.fill("Passwort", PASSWORD)
    with frida.page.expect_download() as download:
        frida.control("Meine Daten herunterladen").click()
    download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert "Mit Lehne, bitte." in archive.read("comments.json").decode()
    frida.press("Ansehen, was gelöscht würde")
    frida.says("Ideen, auf die andere aufgebaut haben")
    frida.page.get_by_label("Alles löschen").check()
    frida.fill("Passwort", PASSWORD)
    frida.press("Mein Konto endgültig löschen")
    frida.says("Sie sind abgemeldet")
    frida.open(f"/idee/{kept_id}")
    frida.says("Bänke an der Hase")
    frida.says("Dieser Kommentar wurde gelöscht.")
    assert "Frida" not in frida.page.inner_text("main")
    frida.page.goto(f"{frida.address}/idee/{alone_id}")
    frida.says("gibt es nicht")
