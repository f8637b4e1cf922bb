"""Who can open which address of a prototype: every role, in every phase."""

import io

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.files.actions import store_content
from ideenlab.prototypes.actions import add_file, hand_in
from ideenlab.teams.models import Membership
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import archive

SECRET = "Geheimer Inhalt des Archivs"
FILES = ("draft", "older", "latest")


def attach(person, team, name):
    content = archive([("geheim.txt", SECRET.encode())])
    stored = store_content(io.BytesIO(content), name=f"{name}.zip", size=len(content))
    with transaction():
        return add_file(person, team=team, content=stored)


@pytest.fixture
def world(app):
    """A team with a file in an older version, one in the latest and one in the draft, and everybody around it."""
    hackathon = a_hackathon()
    member, former = a_person(), a_person()
    team = a_team(hackathon, member, former)
    prototype = a_prototype(team)
    files = {"older": attach(member, team, "older")}
    for name in ("older", "latest"):
        if name == "latest":
            with transaction():
                files["older"].removed_at = now()
            files["latest"] = attach(member, team, "latest")
        with transaction():
            hand_in(member, team=team, revision=1)
    files["draft"] = attach(member, team, "draft")
    other = a_person()
    a_team(hackathon, other)
    with transaction():
        db.session.delete(db.session.scalar(select(Membership).where(Membership.person_id == former.id)))
    people = {
        "member": member, "ex-member": former, "other team": other, "visitor": None, "juror": a_person("juror"),
        "moderator": a_person("moderator"), "organiser": a_person("organiser"),
    }  # fmt: skip
    urls = {name: f"/prototyp/{prototype.id}/datei/{files[name].file_id}" for name in FILES}
    urls |= {
        "page": f"/prototyp/{prototype.id}", "version 1": f"/prototyp/{prototype.id}/version/1",
        "version 2": f"/prototyp/{prototype.id}/version/2",
        "content 1": f"/prototyp/{prototype.id}/version/1/inhalt.json",
        "content 2": f"/prototyp/{prototype.id}/version/2/inhalt.json",
        "draft page": f"/team/{team.id}/prototyp", "files page": f"/team/{team.id}/prototyp/dateien",
        "hand-in page": f"/team/{team.id}/prototyp/abgeben",
    }  # fmt: skip
    return {"hackathon": hackathon, "people": people, "urls": urls, "prototype": prototype, "team": team}


def open_windows(hackathon, *names):
    with transaction():
        for name in ("submission", "scoring", "publication"):
            begin = now() - DAY if name in names else now() + 5 * DAY
            setattr(hackathon, f"{name}_from", begin)
            setattr(hackathon, f"{name}_until", begin + 3 * DAY)
        hackathon.gallery_shown_at = now() if "gallery" in names else None


def seen_by(client, person, urls):
    client.sign_out()
    if person:
        client.sign_in(person)
    seen = set()
    for name, url in urls.items():
        answer = client.get(url, buffered=True)
        if answer.status_code == 200:
            seen.add(name)
        else:
            assert answer.status_code in (302, 403, 404), (name, answer.status_code)
            assert b"PK\x03\x04" not in answer.data
            assert b"sha256" not in answer.data
    return seen


INSIDE = {
    "draft", "older", "latest", "page", "version 1", "version 2", "content 1", "content 2", "draft page", "files page",
    "hand-in page",
}  # fmt: skip
SHOWN = {"latest", "page", "version 2"}
PHASES = {
    ("submission",): {},
    (): {},
    ("scoring",): {},  # the role alone opens nothing: the jury has pages of its own
    ("publication",): {},
    ("gallery",): {
        "visitor": SHOWN, **{name: SHOWN | {"content 2"} for name in ("ex-member", "other team", "juror", "moderator")},
    },
}  # fmt: skip


@pytest.mark.parametrize("phase", PHASES, ids=lambda phase: "+".join(phase) or "between")
def test_every_address_opens_only_for_those_it_is_meant_for(client, world, phase):
    open_windows(world["hackathon"], *phase)
    expected = {name: PHASES[phase].get(name, set()) for name in world["people"]}
    expected |= {"member": INSIDE, "organiser": INSIDE}
    assert {name: seen_by(client, person, world["urls"]) for name, person in world["people"].items()} == expected


def test_an_address_of_another_prototype_opens_no_file_of_this_one(client, world):
    other = a_prototype(a_team(world["hackathon"], a_person()))
    client.sign_in(world["people"]["organiser"])
    for name in FILES:
        number = world["urls"][name].rpartition("/")[2]
        assert client.get(f"/prototyp/{other.id}/datei/{number}").status_code == 404


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_numbers_that_no_database_holds_are_not_found(client, world, number):
    client.sign_in(world["people"]["organiser"])
    own = world["prototype"].id
    for path in (
        f"/prototyp/{number}", f"/prototyp/{own}/version/{number}", f"/prototyp/{own}/datei/{number}",
        f"/team/{number}/prototyp", f"/team/{world['team'].id}/prototyp/uploads/{number}",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_a_draft_without_a_hand_in_is_not_found_by_others(client, app):
    prototype = a_prototype(a_team(a_hackathon(open_windows=("publication",)), a_person()))
    assert client.get(f"/prototyp/{prototype.id}").status_code == 404


GALLERY = {
    ("submission",): {"member", "organiser"}, ("scoring",): {"member", "organiser"},
    ("submission", "gallery"): {"member", "organiser"},
    ("gallery",): {"member", "ex-member", "other team", "visitor", "juror", "moderator", "organiser"},
}  # fmt: skip


@pytest.mark.parametrize("phase", GALLERY, ids="+".join)
def test_gallery_shows_what_may_be_seen(client, world, phase):
    open_windows(world["hackathon"], *phase)
    seen = set()
    for name, person in world["people"].items():
        client.sign_out()
        if person:
            client.sign_in(person)
        page = client.get(f"/hackathon/{world['hackathon'].slug}/prototypen")
        assert page.status_code == 200
        if f"/prototyp/{world['prototype'].id}" in page.text:
            seen.add(name)
    assert seen == GALLERY[phase]


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_gallery_asks_the_database_equally_often(client, world, count_queries, rows):
    hackathon = world["hackathon"]
    open_windows(hackathon, "submission")
    for _number in range(rows):
        member = a_person()
        team = a_team(hackathon, member)
        a_prototype(team)
        with transaction():
            hand_in(member, team=team, revision=1)
    open_windows(hackathon, "gallery")
    assert count_queries(lambda: client.get(f"/hackathon/{hackathon.slug}/prototypen")) <= 4


def test_a_team_is_named_as_its_members_decided_and_under_18_by_pseudonym(client):
    adult, pupil = a_person(pseudonym="Ada", age_band="adult"), a_person(pseudonym="Bo", age_band="16_17")
    team = a_team(a_hackathon(open_windows=("submission", "publication")), adult, pupil)
    prototype = a_prototype(team)
    with transaction():
        for membership in db.session.scalars(select(Membership)):
            membership.shown_name = f"Name von {membership.person.pseudonym}"
        hand_in(adult, team=team, revision=1)
    open_windows(team.hackathon, "gallery")
    page = client.get(f"/prototyp/{prototype.id}").text
    assert f"Vom Team {team.name}: Name von Ada, Bo" in page
    assert "Name von Bo" not in page
