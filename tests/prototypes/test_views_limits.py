"""What a team's uploads may cost the server."""

import io
from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from tests.factories import a_hackathon, a_person, a_team


class Unread(io.RawIOBase):
    """A body of 150 MB that nobody may read."""

    place = 0

    def seek(self, place, whence=0):
        self.place = 150_000_000 if whence == io.SEEK_END else place
        return self.place

    def tell(self):
        return self.place

    def readable(self):
        return True

    def readinto(self, _buffer):
        raise AssertionError("the body was read")


@pytest.fixture
def team(app):
    return a_team(a_hackathon(submission_until=now() + timedelta(hours=1)), a_person())


def send_large(client, path):
    kind = "multipart/form-data; boundary=x"
    return client.post(path, input_stream=Unread(), content_type=kind)


@pytest.mark.parametrize("role", ["", "juror", "organiser"])
def test_who_is_not_in_the_team_is_refused_before_anything_of_a_large_body_is_read(client, team, role):
    client.sign_in(a_person(*[role] if role else []))
    answer = send_large(client, f"/team/{team.id}/prototyp/dateien")
    assert answer.status_code == 403
    assert "Nur Mitglieder des Teams" in answer.text


def test_after_the_deadline_nothing_of_a_large_body_is_read(client, app):
    member = a_person()
    team = a_team(a_hackathon(submission_until=now() + timedelta(hours=1)), member)
    with transaction():
        team.hackathon.submission_until = now() - timedelta(seconds=1)
    client.sign_in(member)
    assert send_large(client, f"/team/{team.id}/prototyp/dateien").status_code == 403


def test_a_large_body_for_a_team_that_does_not_exist_is_not_read(client, team):
    client.sign_in(a_person())
    assert send_large(client, f"/team/{team.id + 1}/prototyp/dateien").status_code == 404
