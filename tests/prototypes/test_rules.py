from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.files.models import StoredFile
from ideenlab.prototypes.actions import hand_in
from ideenlab.prototypes.models import PrototypeFile
from ideenlab.prototypes.queries import find_prototype_of, get_hand_in, latest_hand_in
from ideenlab.prototypes.rules import (
    clean_link,
    host_of,
    may_change_prototype,
    may_fetch_file,
    may_link,
    may_see_draft,
    may_see_every_prototype,
    may_see_prototype,
    may_see_version,
    may_show_gallery,
)
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_team, saved

pytestmark = pytest.mark.usefixtures("in_english")


def set_windows(hackathon, *open_windows):
    with transaction():
        for name in ("submission", "scoring", "publication"):
            begin = now() - 2 * DAY if name in open_windows else now() + DAY
            setattr(hackathon, f"{name}_from", begin)
            setattr(hackathon, f"{name}_until", begin + 3 * DAY)
        if "over" in open_windows:
            hackathon.scoring_from, hackathon.scoring_until = now() - 9 * DAY, now() - 8 * DAY
        hackathon.gallery_shown_at = now() - DAY if "gallery" in open_windows else None


def a_file(prototype):
    file = StoredFile(key=f"{prototype.id}{now().timestamp()}", name="a.zip", media_type="application/zip", size=1,
                      state="whole")  # fmt: skip
    return saved(PrototypeFile(prototype=prototype, file=file))


@pytest.fixture
def people(app):
    """Everybody who could want to see a team's prototype, and the team with two versions of it."""
    hackathon = a_hackathon()
    member = a_person()
    team = a_team(hackathon, member)
    prototype = a_prototype(team)
    files = {}
    files["older"] = a_file(prototype)
    with transaction():
        hand_in(member, team=team, revision=1)
        files["older"].removed_at = now()
    files["latest"] = a_file(prototype)
    with transaction():
        hand_in(member, team=team, revision=1)
    files["draft"] = a_file(prototype)
    other, mixed = a_person(), a_person("juror")
    a_team(hackathon, other, mixed)
    return {
        "member": member, "ex-member": a_person(), "other team": other, "visitor": None, "juror": a_person("juror"),
        "juror of another team": mixed, "moderator": a_person("moderator"), "organiser": a_person("organiser"),
        "administrator": a_person("administrator"), "files": files, "prototype": prototype, "team": team,
    }  # fmt: skip


ALWAYS = {"member", "organiser", "administrator"}
EVERYBODY = ALWAYS | {"visitor", "ex-member", "other team", "juror", "juror of another team", "moderator"}
WHO_SEES = [
    (("submission",), ALWAYS),
    ((), ALWAYS),
    (("scoring",), ALWAYS),
    (("over",), ALWAYS),
    (("scoring", "publication"), ALWAYS),
    (("publication",), ALWAYS),
    (("scoring", "gallery"), EVERYBODY),
    (("gallery",), EVERYBODY),
    (("submission", "gallery"), ALWAYS),
]


@pytest.mark.parametrize(("windows", "allowed"), WHO_SEES, ids=lambda value: "+".join(sorted(value)) or "none")
def test_who_sees_what_was_handed_in(people, windows, allowed):
    prototype, files = people["prototype"], people["files"]
    set_windows(prototype.hackathon, *windows)
    seen = {name for name in EVERYBODY if may_see_prototype(people[name], prototype, now())}
    fetched = {name for name in EVERYBODY if may_fetch_file(people[name], files["latest"], now())}
    latest = {name for name in EVERYBODY if may_see_version(people[name], latest_hand_in(prototype), now())}
    every = {name for name in EVERYBODY if may_see_every_prototype(people[name], prototype.hackathon, now())}
    assert seen == fetched == latest == allowed
    assert every == allowed - {"member"} or every == allowed == EVERYBODY


@pytest.mark.parametrize("windows", [windows for windows, _allowed in WHO_SEES], ids="+".join)
def test_drafts_and_older_versions_are_for_team_and_organisers(people, windows):
    set_windows(people["prototype"].hackathon, *windows)
    older = min(latest_hand_in(people["prototype"]).number, 1)
    version = get_hand_in(people["prototype"], older)
    for name in EVERYBODY:
        person, expected = people[name], name in ALWAYS
        assert bool(may_see_draft(person, people["team"])) == expected
        assert bool(may_see_version(person, version, now())) == expected
        assert bool(may_fetch_file(person, people["files"]["draft"], now())) == expected
        assert bool(may_fetch_file(person, people["files"]["older"], now())) == expected


def test_a_refusal_says_when_the_prototypes_will_be_public(people):
    hackathon = people["prototype"].hackathon
    set_windows(hackathon, "submission")
    reason = may_see_prototype(None, people["prototype"], now()).reason
    assert reason.startswith(f"The prototypes of “{hackathon.title}” are shown after ")
    with transaction():
        hackathon.submission_until = now() - DAY
    reason = may_see_prototype(None, people["prototype"], now()).reason
    assert reason == f"The prototypes of “{hackathon.title}” are shown once the organisers open the gallery."


def test_only_organisers_open_the_gallery_and_only_after_the_deadline(people):
    hackathon = people["prototype"].hackathon
    for windows, reason in ((("submission",), "Teams hand in until "), ((), "Teams hand in until ")):
        set_windows(hackathon, *windows)
        assert may_show_gallery(people["organiser"], hackathon, now()).reason.startswith(reason)
    with transaction():
        hackathon.submission_until = now() - DAY
    allowed = {name for name in EVERYBODY if name != "visitor" and may_show_gallery(people[name], hackathon, now())}
    assert allowed == {"organiser", "administrator"}
    with transaction():
        hackathon.archived_at = now()
    assert may_show_gallery(people["organiser"], hackathon, now()).reason.startswith("This hackathon was archived on ")


@pytest.mark.parametrize(
    ("person", "windows", "reason"),
    [
        ("member", ("submission",), ""), ("member", (), "This opens on"),
        
        ("organiser", ("submission",), "Only members"),
        ("ex-member", ("submission",), "Only members"), ("juror", ("submission",), "Only members"),
    ],
)  # fmt: skip
def test_who_may_change_a_prototype(people, person, windows, reason):
    set_windows(people["team"].hackathon, *windows)
    verdict = may_change_prototype(people[person], people["team"], now())
    assert verdict.reason.startswith(reason)
    assert bool(verdict) == (reason == "")


@pytest.mark.parametrize("seconds", [-1, 0, 1])
def test_the_deadline_itself_is_too_late(people, seconds):
    deadline = people["team"].hackathon.submission_until
    verdict = may_change_prototype(people["member"], people["team"], deadline + timedelta(seconds=seconds))
    assert bool(verdict) == (seconds < 0)


LINKS = {
    "https://example.org": "https://example.org",
    "http://example.org/a?b=c&d=%20#e": "http://example.org/a?b=c&d=%20#e",
    "HTTPS://Example.ORG:8443/Pfad": "https://example.org:8443/Pfad",
    "https://xn--mnchen-3ya.de/": "https://xn--mnchen-3ya.de/",
    "https://münchen.de/straße": "https://xn--mnchen-3ya.de/straße",
    "https://раураl.com": "https://xn--l-7sba6dbr.com",
    "https://8.8.8.8/": "https://8.8.8.8/",
    "https://[2001:4860:4860::8888]/": "https://[2001:4860:4860::8888]/",
}
NO_LINKS = [
    "javascript:alert(1)", "data:text/html,<script>", "file:///etc/passwd", "ftp://example.org", "//example.org",
    "http:/x", "http:x", "https://", "https:///x", "example.org", "www.example.org", " https://example.org",
    "https://example.org/a b", "https://example.org/\n", "https://example.org\\@evil.de", "https://a.de/\"><script>",
    "https://good.de@evil.de", "https://user:pass@example.org", "https://@example.org", "http://localhost",
    "http://localhost:5000/demo", "http://127.0.0.1", "http://127.1", "http://0x7f000001", "http://2130706433",
    "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://169.254.169.254/latest", "http://10.0.0.8", "http://drucker",
    "http://intern.local", "http://192.168.0.1.", "https://example.org:99999/", "https://[::1", "https://.example.org",
    "https://a..de", f"https://{'a' * 64}.de", "JaVaScRiPt://example.org/%0aalert(1)", "https://\u202egro.elpmaxe",
]  # fmt: skip


@pytest.mark.parametrize("url", LINKS)
def test_links_of_the_web_are_taken(url):
    assert may_link(url).reason == ""
    assert clean_link(url) == LINKS[url]


@pytest.mark.parametrize("url", NO_LINKS)
def test_other_links_are_refused_with_a_reason(url):
    assert may_link(url).reason.endswith((".", "https://."))
    assert clean_link(url) == ""


def test_a_look_alike_host_is_shown_as_what_it_is():
    assert host_of("https://раураl.com/login") == "xn--l-7sba6dbr.com"
    assert host_of("https://www.example.org:443/x") == "www.example.org"


def test_the_fixture_is_what_it_says(people):
    assert find_prototype_of(people["team"]) == people["prototype"]
    assert db.session.get(PrototypeFile, people["files"]["older"].id).removed_at is not None
