"""What the jury of one hackathon sees of teams, and the jury of another does not."""

import io
from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.files.actions import store_content
from ideenlab.prototypes.actions import add_file, hand_in
from tests.factories import a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import archive
from tests.jury.world import DAY, a_juror, scored_hackathon

SECRET = "Geheimer Inhalt des Archivs"


def attach(person, team, name):
    content = archive([("geheim.txt", SECRET.encode())])
    stored = store_content(io.BytesIO(content), name=name, size=len(content))
    with transaction():
        return add_file(person, team=team, content=stored)


@pytest.fixture
def world(app):
    """A prototype with a file that was handed in and one that was not; jurors of this and of another hackathon."""
    hackathon = scored_hackathon("1")
    with transaction():
        hackathon.submission_from, hackathon.submission_until = now() - DAY, now() + DAY
    member = a_person("juror")
    team = a_team(hackathon, member)
    prototype = a_prototype(team)
    handed_in = attach(member, team, "abgegeben.zip")
    with transaction():
        hand_in(member, team=team, revision=1)
    draft = attach(member, team, "entwurf.zip")
    with transaction():
        prototype.title = "Titel des Entwurfs"
    a_juror(hackathon, member)
    people = {
        "juror": a_juror(hackathon).person, "removed juror": a_juror(hackathon, removed_at=now()).person,
        "juror elsewhere": a_juror(scored_hackathon("1")).person, "own team": member, "role alone": a_person("juror"),
    }  # fmt: skip
    a_juror(a_hackathon(), people["removed juror"])
    page = f"/jury/prototyp/{prototype.id}"
    urls = {
        "page": page, "handed in": f"{page}/datei/{handed_in.file_id}", "draft": f"{page}/datei/{draft.file_id}",
        "public page": f"/prototyp/{prototype.id}",
        "public file": f"/prototyp/{prototype.id}/datei/{handed_in.file_id}",
        "version": f"/prototyp/{prototype.id}/version/1", "json": f"/prototyp/{prototype.id}/version/1/inhalt.json",
    }  # fmt: skip
    return {"hackathon": hackathon, "people": people, "urls": urls, "prototype": prototype}


def seen_by(client, person, urls):
    client.sign_out()
    client.sign_in(person)
    answers = {name: client.get(url, buffered=True) for name, url in urls.items()}
    assert {answer.status_code for answer in answers.values()} <= {200, 403, 404}
    return {name for name, answer in answers.items() if answer.status_code == 200}


def test_only_the_jury_of_a_hackathon_reads_what_was_handed_in_there(client, world):
    seen = {name: seen_by(client, person, world["urls"]) for name, person in world["people"].items()}
    assert seen.pop("juror") == {"page", "handed in"}
    assert seen.pop("own team") == {"public page", "public file", "version", "json"}  # as a member of the team
    assert seen == {"removed juror": set(), "juror elsewhere": set(), "role alone": set()}


def test_before_scoring_begins_the_jury_reads_nothing(client, world):
    with transaction():
        world["hackathon"].scoring_from = now() + timedelta(hours=1)
    assert seen_by(client, world["people"]["juror"], world["urls"]) == set()


def test_after_scoring_the_jury_still_reads_what_it_scored(client, world):
    with transaction():
        world["hackathon"].scoring_until = now() - timedelta(minutes=1)
    assert seen_by(client, world["people"]["juror"], world["urls"]) == {"page", "handed in"}


def test_the_gallery_is_empty_for_jurors_until_it_is_public(client, world):
    for name in ("juror", "juror elsewhere", "role alone"):
        client.sign_out()
        client.sign_in(world["people"][name])
        page = client.get(f"/hackathon/{world['hackathon'].slug}/prototypen")
        assert f"/prototyp/{world['prototype'].id}" not in page.text


def test_the_ballot_page_links_files_that_open(client, world):
    client.sign_in(world["people"]["juror"])
    page = client.get(world["urls"]["page"])
    assert world["urls"]["handed in"] in page.text
    assert client.get(world["urls"]["handed in"], buffered=True).data.startswith(b"PK")


def test_a_juror_never_reads_the_title_of_a_draft(client, world):
    client.sign_in(world["people"]["juror"])
    url = world["urls"]["page"]
    criterion = client.get(url).text.partition('name="points-')[2].partition('"')[0]
    given = {f"points-{criterion}": "3", "revision": "0", "save_id": "abcdefgh1", "submit": "1"}
    assert client.post(url, data=given).status_code == 303
    assert "Titel des Entwurfs" not in client.get("/jury").text
