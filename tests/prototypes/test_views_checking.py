import io
from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.files.actions import store_content
from ideenlab.prototypes.actions import add_file, hand_in
from tests.factories import a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import archive


@pytest.fixture
def world(app):
    person = a_person()
    team = a_team(a_hackathon(submission_until=now() + timedelta(hours=1)), person)
    prototype = a_prototype(team)
    content = store_content(io.BytesIO(archive()), name="anhang.zip", size=len(archive()))
    with transaction():
        attached = add_file(person, team=team, content=content)
    with transaction():
        version = hand_in(person, team=team, revision=1)
    return person, prototype, version, attached.file.sha256


def test_a_receipt_can_be_checked_by_file_and_by_checksum(client, world):
    person, prototype, version, file_sum = world
    page = f"/prototyp/{prototype.id}/pruefen"
    client.sign_in(person)
    assert page in client.get(f"/prototyp/{prototype.id}/version/1").text
    whole = client.get(f"/prototyp/{prototype.id}/version/1/inhalt.json", buffered=True).data
    for given, word in (
        ({"checksum": version.sha256}, "die ganze Version"), ({"checksum": f" {file_sum.upper()} "}, "anhang.zip"),
        ({"file": (io.BytesIO(whole), "x.json")}, "die ganze Version"),
        ({"file": (io.BytesIO(archive()), "umbenannt.zip")}, "anhang.zip"),
        ({"file": (io.BytesIO(whole + b" "), "x.json")}, "keine Version"), ({"checksum": "0" * 64}, "keine Version"),
    ):  # fmt: skip
        answer = client.post(page, data=given, content_type="multipart/form-data")
        assert answer.status_code == 200
        assert word in answer.text
    for given in ({}, {"checksum": "x"}, {"checksum": "g" * 64}, {"checksum": version.sha256 * 9}):
        answer = client.post(page, data=given, content_type="multipart/form-data")
        assert answer.status_code == 422
        assert 'id="checksum-error"' in answer.text


def test_nobody_checks_what_they_may_not_see(client, world):
    _person, prototype, version, _sum = world
    for stranger, status in ((a_person(), 403), (a_person("juror"), 403), (a_person("organiser"), 200)):
        client.sign_in(stranger)
        answer = client.post(f"/prototyp/{prototype.id}/pruefen", data={"checksum": version.sha256})
        assert answer.status_code == status
