"""Drafts and points are for those they are meant for: elsewhere nothing is seen of them, not even a change."""

import json
import re
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import func, select, union, update

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import demo_people
from ideenlab.core.db import db, transaction
from ideenlab.deliberations.models import Deliberation
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.models import Call, Idea
from ideenlab.jury.models import Ballot, BallotRevision, Juror, Result, Score
from ideenlab.mail.models import Mail
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Membership, Team
from tests.factories import an_idea
from tests.guards.conftest import PEOPLE, person_with
from tests.guards.test_crawl import STAFF, walk
from tests.guards.test_promises import addresses, is_refused

CANARY = "Zwiebelturmwächterin"
EVERY_REQUEST = re.compile(
    rb"seed=\d+|save_id[^>]*>|name=\"opened\"[^>]*>|I[jm][\w-]{20,}\.[\w-]+\.[\w-]+"
    rb'|id="some">.*?il-cards__more',
    re.S,
)  # the order of a visit, the token of a form, the ideas that the start page draws by lot

DRAWN = re.compile(  # by chance, or how often, or the minute
    r"^(/en)?(/wand/|/ideen/[\w-]+(/sichtbarkeit.*|$|\?(?!.*sortierung=)))"
)


def every_page(app, client, role="citizen"):
    """All that is linked, all kinds of addresses, and each idea and prototype by its number.

    Not what is refused to this kind of people before anything is read: `test_promises` knocks at these doors.
    """
    pages = walk(app, client, role, english=False)  # the language decides about no secret
    wanted = [address for access, address in addresses(app, method="GET") if not is_refused(role, access)]
    for model, forms in (
        (Idea, ["/idee/{}", "/idee/{}/verlauf"]),
        (Prototype, ["/prototyp/{}", "/jury/prototyp/{}", "/api/v1/prototypes/{}"]),
    ):
        wanted += [form.format(number) for number in db.session.scalars(select(model.id)) for form in forms]
    wanted += [f"/team/{number}/prototyp" for number in db.session.scalars(select(Team.id))]
    for slug in db.session.scalars(select(Call.slug)):
        wanted += [
            f"/api/v1/ideas?call={slug}&limit=100",
            f"/export/ideen/{slug}.json",
            f"/export/ideen/{slug}/kommentare.csv",
            f"/ideen/{slug}?q=zwiebelturm",
            f"/ideen/{slug}?sortierung=neueste",
            f"/ideen/{slug}?sortierung=beliebt",
        ]
    for slug in db.session.scalars(select(Hackathon.slug)):
        parts = ["", "/ergebnis", "/ergebnis/protokoll", "/ergebnis/protokoll.json", "/ergebnis/buehne",
                 "/ergebnis/buehne/stand", "/prototypen", "/bewertung", "/teams"]  # fmt: skip
        wanted += [f"/hackathon/{slug}{part}" for part in parts]
        wanted += [f"/feeds/hackathon/{slug}.atom", f"/api/v1/results?hackathon={slug}", f"/karte/hackathon/{slug}.png"]
        wanted.append(f"/api/v1/prototypes?hackathon={slug}")
    for address in wanted:
        if address not in pages:
            pages[address] = client.get(address)
            pages[address].get_data()
            pages[address].close()
    return pages


def fetched(client, addresses):
    pages = {address: client.get(address) for address in addresses}
    for page in pages.values():
        page.get_data()
        page.close()
    return pages


def secret_points():
    """The prototypes whose points nobody but their juror may know: no result, and no deliberation that shows them."""
    told = union(select(Result.hackathon_id), select(Deliberation.hackathon_id))
    return select(Prototype.id).where(Prototype.hackathon_id.not_in(told))


def hide_a_word():
    """In an idea's draft, in drafts of prototypes that nobody handed in so, in what a juror noted. Gives an author."""
    author = db.session.scalars(select(Person).where(Person.password_hash.is_(None)).order_by(Person.id)).first()
    call = db.session.scalars(select(Call).order_by(Call.id)).first()
    assert author is not None
    an_idea(call, author, title=f"{CANARY} im Park", text=f"Eine {CANARY} für alle.", state="draft", published_at=None)
    mine = select(Membership.team_id).where(Membership.person_id.in_([person.id for person in demo_people()]))
    with transaction():
        foreign = update(Prototype).where(Prototype.team_id.not_in(mine))
        db.session.execute(foreign.values(title=CANARY, pitch=CANARY, description=CANARY, code_url=f"https://{CANARY}"))
        others = select(Juror.id).where(Juror.person_id.not_in([person.id for person in demo_people()]))
        hidden = update(Ballot).where(Ballot.juror_id.in_(others), Ballot.prototype_id.in_(secret_points()))
        db.session.execute(hidden.values(comment=CANARY, note=CANARY))
    return author


def seen(pages):
    return [address for address, page in pages.items() if CANARY.encode() in page.get_data()]


def test_the_author_and_the_team_read_it(city, client):
    client.sign_in(hide_a_word())
    assert "/entwuerfe" in seen(every_page(city, client))
    member = db.session.scalars(select(Membership).join(Prototype, Prototype.team_id == Membership.team_id)
        .where(Prototype.title == CANARY).order_by(Membership.id)).first()  # fmt: skip
    client.sign_in(member.person)
    assert CANARY in client.get(f"/team/{member.team_id}/prototyp").text


def change_all_points():
    """Every point and word of other jurors becomes another one, where they are not talked about or published yet."""
    ours = select(Juror.id).where(Juror.person_id.in_([person.id for person in demo_people()]))
    ballots = select(Ballot.id).where(Ballot.juror_id.not_in(ours), Ballot.prototype_id.in_(secret_points()))
    with transaction():
        chosen = [*db.session.scalars(ballots)]
        db.session.execute(
            update(Score).where(Score.ballot_id.in_(chosen), Score.half_points.is_not(None))
            .values(half_points=10 - Score.half_points)
        )  # fmt: skip
        db.session.execute(update(Ballot).where(Ballot.id.in_(chosen)).values(comment=CANARY, note=CANARY))
        for revision in db.session.scalars(select(BallotRevision).where(BallotRevision.ballot_id.in_(chosen))):
            revision.content = json.dumps({"changed": revision.id})
        changed = db.session.scalar(select(func.count()).where(Score.ballot_id.in_(chosen), Score.half_points != 5))
    assert changed > 20


def is_comparable(address, page):
    """Every PDF is new: it holds the moment it was made, and cards hold codes of their own."""
    return page.mimetype != "application/pdf" and not DRAWN.search(address)


def compared(pages):
    """What a reader could compare: status, telling headers, the page without what is new in every request."""
    return {
        address: (
            page.status_code, page.headers.get("ETag"), page.headers.get("Last-Modified"), page.headers.get("Location"),
            EVERY_REQUEST.sub(b"", page.get_data()),
        )
        for address, page in pages.items()
    }  # fmt: skip


@pytest.fixture
def still():
    """The clock stands: pages that say how long something is ago or ahead stay as they are."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield


@pytest.mark.parametrize("role", ["visitor", "citizen", "juror", "moderator"])
def test_nobody_else_reads_a_word_of_a_draft_or_sees_that_secret_points_change(city, client, role, still):
    hide_a_word()
    city.test_cli_runner().invoke(args=["ideas", "index", "--all"])
    if role != "visitor":
        client.sign_in(person_with(role))
    client.checks_pages = False  # test_crawl checks them
    pages = every_page(city, client, role)
    assert seen(pages) == []
    before = compared({address: page for address, page in pages.items() if is_comparable(address, page)})
    change_all_points()
    after = compared(fetched(client, before))
    changed = {address: (before[address], after[address]) for address in before if before[address] != after[address]}
    assert sorted(changed) == []
    assert len(before) > 60
    assert db.session.scalar(select(func.count()).where(Mail.text.contains(CANARY))) == 0


def test_no_export_holds_a_word_of_a_draft(city):
    hide_a_word()
    slug = db.session.scalars(select(Call.slug).order_by(Call.id)).first()
    for form in ("csv", "json"):
        export = city.test_cli_runner().invoke(args=["ideas", "export", "--call", slug, "--format", form])
        assert (export.exit_code, CANARY in export.output) == (0, False)


def what_a_visitor_gets(app, address):
    page = app.test_client().get(address)
    return page.status_code, page.get_data()


@pytest.mark.parametrize("role", PEOPLE[1:])
def test_a_cache_keeps_of_somebody_signed_in_only_what_everybody_gets(city, client, role, still):
    client.sign_in(person_with(role))
    wrong = {}
    for access, address in addresses(city, method="GET"):
        if role in STAFF and access != role:
            continue
        page = client.get(address)
        caching, varies = page.headers.get("Cache-Control", ""), page.headers.get("Vary", "")
        if caching.startswith("public") and "Set-Cookie" not in page.headers:
            if (page.status_code, page.get_data()) != what_a_visitor_gets(city, address):
                wrong[address] = "not what a visitor gets"
        elif caching != "private, no-store" or "Cookie" not in varies:
            wrong[address] = (caching, varies)
    assert wrong == {}
