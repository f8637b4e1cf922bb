"""Pages of the audience prize: a vote by code or account, and nothing that tells how it stands."""

import hashlib
import re

from sqlalchemy import func, select

from ideenlab.accounts.access import slowed
from ideenlab.accounts.actions import write_try
from ideenlab.audience import actions
from ideenlab.audience.models import AudienceCode, AudienceCount
from ideenlab.audience.queries import find_prize
from ideenlab.audience.views import CODES_TRIED
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.pitches.queries import pitches_of
from ideenlab.prototypes.actions.hand_in import keep_version, written_down
from tests.audience.worlds import a_prize, a_stage
from tests.factories import DAY, a_person, a_prototype, a_team
from tests.pitches.test_views import a_drawn_plan


def total():
    db.session.rollback()
    return db.session.scalar(select(func.coalesce(func.sum(AudienceCount.votes), 0)))


def test_the_hall_votes_with_a_code(client):
    hackathon, (first, second) = a_stage(2)
    _prize, codes = a_prize(hackathon, codes=2)
    address = f"/hackathon/{hackathon.slug}/publikum"
    page = client.get(f"{address}?code={codes[0]}")
    assert f'value="{codes[0]}"' in page.text
    assert client.get(f"{address}?code=%22%3E%00<script>").status_code == 200
    for typed, sentence in (
        ({"code": codes[0]}, "Bitte wählen Sie einen Prototyp."),
        ({"prototype": first.id}, "Bitte geben Sie den Code Ihrer Karte ein."),
        ({"code": "ABCD EFGH", "prototype": second.id}, "Dieser Code stimmt nicht"),
        ({"code": codes[0], "prototype": 2**40}, "Bitte wählen Sie einen Prototyp."),
    ):
        refused = client.post(address, data=typed)
        assert (refused.status_code, sentence in refused.text) == (422, True)
        if str(typed.get("prototype")) == str(second.id):
            assert re.search(rf'checked[^>]*value="{second.id}"', refused.text)
    voted = client.post(address, data={"code": codes[0], "prototype": first.id})
    assert (voted.status_code, voted.location) == (303, f"{address}/danke")
    assert "Danke für Ihre Stimme" in client.get(voted.location).text
    again = client.post(address, data={"code": codes[0], "prototype": first.id})
    assert (again.status_code, total()) == (422, 1)


def test_guessed_codes_are_slowed_and_a_right_one_frees_the_hall(client, app):
    hackathon, (first,) = a_stage(1)
    _prize, codes = a_prize(hackathon, codes=2)
    address = f"/hackathon/{hackathon.slug}/publikum"
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        trying = slowed("audience code", str(hackathon.id), **CODES_TRIED)

    def vote(code):
        return client.post(address, data={"code": code, "prototype": first.id}).status_code

    def guess(often):
        with transaction():
            for _try in range(often):
                write_try(trying)

    guess(CODES_TRIED["limit"] - 1)
    assert [vote(codes[0]), vote("ABCDEFGH")] == [303, 422]
    guess(CODES_TRIED["limit"] - 1)
    assert [vote("ABCDEFGH"), vote(codes[1])] == [429, 429]
    assert total() == 1


def test_the_stream_votes_once_and_never_for_the_own_team(client):
    member = a_person()
    hackathon, (first, second) = a_stage(2, member)
    a_prize(hackathon)
    address = f"/hackathon/{hackathon.slug}/publikum/stream"
    assert client.get(address).location.startswith("/anmelden?next=")
    client.sign_in(member)
    assert f'value="{first.id}"' not in client.get(address).text
    assert client.post(address, data={"prototype": first.id}).status_code == 422
    assert client.post(address, data={"prototype": second.id}).status_code == 303
    assert "Sie haben schon abgestimmt" in client.get(address).text
    assert client.post(address, data={"prototype": second.id}).status_code == 403
    assert total() == 1


def test_no_page_of_anybody_tells_how_the_vote_stands(client):
    """Every page that shows the hackathon, byte by byte before and after eleven votes, with its headers."""
    hackathon, (_first, second) = a_stage(2)
    _prize, codes = a_prize(hackathon, codes=11)
    slug, organiser = hackathon.slug, a_person("organiser")
    paths = [
        f"/hackathon/{slug}{end}"
        for end in ("", "/publikum", "/publikum/stream", "/publikum/danke", "/publikumspreis", "/publikumspreis.json",
                    "/prototypen", "/pitches")
    ]  # fmt: skip
    paths += [f"/organisation/hackathons/{slug}{end}" for end in ("", "/publikum", "/publikum/ergebnis", "/galerie")]

    def seen():
        shown = {}
        for person in (None, organiser, a_person("juror", pseudonym="")):
            if person is not None:
                client.sign_in(person)
            for path in paths:
                page = client.get(path)
                body = re.sub(r'(value|content)="[\w.-]{40,}"|\d\d:\d\d:\d\d[^<"]*', "", page.text)
                role = person.roles[0].name if person else "visitor"
                shown[role, path] = page.status_code, page.headers.get("ETag"), body
            client.sign_out()
        return shown

    before = seen()
    assert {status for status, _etag, _body in before.values()} <= {200, 302, 403, 404}
    with transaction():
        for code in codes:
            actions.vote_in_hall(None, hackathon=hackathon, code=code, prototype=second)
    after = seen()
    assert [key for key in before if before[key] != after[key]] == []
    assert total() == 11


def test_the_organiser_plans_prints_and_releases(client):
    hackathon, (first, second) = a_stage(2)
    slug, organiser = hackathon.slug, a_person("organiser")
    client.sign_in(organiser)
    address = f"/organisation/hackathons/{slug}/publikum"
    client.get(address)
    dates = {"voting_from": "2026-01-01T10:00", "voting_until": "2099-01-01T10:00"}
    refused = client.post(
        address, data={"title": "Preis des Saals", "voting_from": "2027-01-01T10:00", "revision": "0"}
    )
    assert refused.status_code == 422
    assert client.post(address, data={"title": "Preis des Saals", "revision": "0", **dates}).status_code == 303
    stale = client.post(address, data={"title": "Anders", "revision": "0", **dates})
    assert (stale.status_code, "Preis des Saals" in stale.text, "Anders" in stale.text) == (409, True, True)
    for number, status in (("0", 422), ("501", 422), ("viele", 422), ("12", 200)):
        made = client.post(f"{address}/codes", data={"number": number, "paper": "text"})
        assert made.status_code == status, number
    codes = re.findall(r"^[2-9A-Z]{8}$", made.text, re.MULTILINE)
    assert len(set(codes)) == 12
    pdf = client.post(f"{address}/codes", data={"number": "11", "paper": "pdf"})
    assert (pdf.mimetype, pdf.data[:5], pdf.data.count(b"/Type /Page\n")) == ("application/pdf", b"%PDF-", 2)
    stored = db.session.scalar(select(func.count()).select_from(AudienceCode))
    assert stored == 23
    assert client.post(f"{address}/bogen/2/sperren").status_code == 303
    assert "gesperrt" in client.get(address).text
    client.post(f"/hackathon/{slug}/publikum", data={"code": codes[0], "prototype": second.id})
    assert client.post(f"{address}/ergebnis").status_code == 403
    with transaction():
        find_prize(get_hackathon(slug)).voting_until = now()
    assert "Siegel" in client.get(f"{address}/ergebnis").text
    assert client.post(f"{address}/ergebnis").location == f"/hackathon/{slug}/publikumspreis"
    client.sign_out()
    page = client.get(f"/hackathon/{slug}/publikumspreis")
    protocol = client.get(f"/hackathon/{slug}/publikumspreis.json")
    assert hashlib.sha256(protocol.data).hexdigest() in page.text
    assert "1 Stimme." in page.text
    assert "Hier hat niemand abgestimmt" in page.text
    assert first.id != second.id


def test_ties_are_shown_as_ties(client):
    hackathon, (first, second) = a_stage(2)
    prize, codes = a_prize(hackathon, codes=2)
    with transaction():
        for code, prototype in zip(codes, (first, second), strict=True):
            actions.vote_in_hall(None, hackathon=hackathon, code=code, prototype=prototype)
        prize.voting_until = now() - DAY / 2
        prize.voting_from = now() - DAY
    with transaction():
        actions.release_prize(a_person("organiser"), hackathon=hackathon)
    page = client.get(f"/hackathon/{hackathon.slug}/publikumspreis").text
    assert f"Platz 1 teilen sich {first.title}, {second.title}." in page


def test_the_vote_lists_prototypes_as_they_stood_on_the_stage(client):
    hackathon, prototypes = a_stage(6)
    a_prize(hackathon)
    address, numbers = f"/hackathon/{hackathon.slug}/publikum", [each.id for each in prototypes]
    address_of_plan = a_drawn_plan(client, hackathon, publish=False)

    def offered():
        return [int(number) for number in re.findall(r'name="prototype"[^>]*value="(\d+)"', client.get(address).text)]

    stage = [pitch.prototype_id for pitch in pitches_of(hackathon)]
    assert (offered(), stage != numbers) == (numbers, True)
    client.post(f"{address_of_plan}/veroeffentlichen")
    assert offered() == stage
    team = a_team(hackathon)
    late = a_prototype(team)
    with transaction():
        keep_version(late, written_down(late), number=1, moment=now(), person=None)
    assert offered() == [*stage, late.id]
