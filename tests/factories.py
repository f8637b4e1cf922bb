"""Small worlds for tests. Each function stores one thing with sensible defaults and gives it back."""

from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from ideenlab.accounts.models import Person, Role
from ideenlab.challenges.models import Challenge
from ideenlab.city.maths import written_outline
from ideenlab.city.models import District
from ideenlab.comments.models import Comment, Thread
from ideenlab.comments.queries import next_place
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.passwords import hash_password
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.core.text import excerpt, fold, render_markdown
from ideenlab.events.models import Event, SignUp
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.ideas.models import Call, Idea
from ideenlab.partners.models import Participation, Partner, PartnerEditor
from ideenlab.programme.models import Edition, Topic
from ideenlab.prototypes.models import Prototype
from ideenlab.stations.models import Station
from ideenlab.teams.models import Membership, Team

T = TypeVar("T")
DAY = timedelta(days=1)
_numbers = count(1)
A_PIN_HASH = hash_password("246810")


def saved(thing: T) -> T:
    with transaction():
        db.session.add(thing)
    return thing


def a_person(*roles: str, pseudonym: str = "", **values: Any) -> Person:
    number = next(_numbers)
    pseudonym = pseudonym or f"Person {number}"
    values = {"email": f"person{number}@example.org", "state": "active", **values}
    person = Person(pseudonym=pseudonym, pseudonym_folded=fold(pseudonym), **values)
    person.roles = [Role(name=role) for role in roles]
    return saved(person)


def an_edition(**values: Any) -> Edition:
    number = next(_numbers)
    today = now().date()
    given = {"slug": f"woche-{number}", "title": f"Woche {number}", "starts_on": today, "ends_on": today + 4 * DAY}
    return saved(Edition(**{**given, **values}))


def a_topic(edition: Edition | None = None, **values: Any) -> Topic:
    number = next(_numbers)
    given = {"slug": f"thema-{number}", "title": f"Thema {number}", "position": number}
    return saved(Topic(edition=edition or an_edition(), **{**given, **values}))


def a_district(west: float = 8.0, south: float = 52.2, **values: Any) -> District:
    """A square of a twentieth of a degree."""
    number = next(_numbers)
    ring = [(west, south), (west + 0.05, south), (west + 0.05, south + 0.05), (west, south + 0.05), (west, south)]
    given = {
        "slug": f"stadtteil-{number}", "title": f"Stadtteil {number}", "position": number,
        "outline": written_outline([tuple(ring)]),
    }  # fmt: skip
    return saved(District(**{**given, **values}))


def a_partner(*editors: Person, edition: Edition | None = None, part: str = "", **values: Any) -> Partner:
    """A published partner, with these people as its editors, taking part in this edition."""
    number = next(_numbers)
    title = values.pop("title", f"Partner {number}")
    given = {"slug": f"partner-{number}", "title_folded": fold(title), "published_at": now()}
    partner = saved(Partner(title=title, **{**given, **values}))
    for person in editors:
        saved(PartnerEditor(partner=partner, person=person))
    if edition:
        saved(Participation(partner=partner, edition=edition, part=part, position=number))
    return partner


def a_call(*, open_phases: tuple[str, ...] = ("collect", "discuss", "support"), **values: Any) -> Call:
    """A call whose named phases are open now and whose other phases are over."""
    number = next(_numbers)
    dates: dict[str, Any] = {}
    for phase in ("collect", "discuss", "support"):
        dates[f"{phase}_from"] = now() - 9 * DAY
        dates[f"{phase}_until"] = now() + 9 * DAY if phase in open_phases else now() - DAY
    dates["results_from"] = now() - DAY if "results" in open_phases else now() + 9 * DAY
    given = {"slug": f"aufruf-{number}", "title": f"Aufruf {number}", **dates}
    if "edition" not in values and "edition_id" not in values:
        given["edition"] = an_edition()
    return saved(Call(**{**given, **values}))


def an_idea(call: Call | None = None, author: Person | None = None, **values: Any) -> Idea:
    number = next(_numbers)
    text = values.get("text", "Mehr Bänke an der Hase, damit alle sich ausruhen können.")
    given = {
        "title": f"Idee {number}", "text": text, "text_html": render_markdown(text), "excerpt": excerpt(text),
        "state": "published", "published_at": now(),
    }  # fmt: skip
    call = call or a_call()
    return saved(Idea(call=call, author=author or a_person(), thread=Thread(), **{**given, **values}))


def a_comment(idea: Idea, author: Person | None = None, **values: Any) -> Comment:
    text = values.pop("text", "Das wünsche ich mir auch.")
    comment = Comment(
        thread_id=idea.thread_id, author=author or a_person(), text=text, text_html=render_markdown(text), **values
    )
    if comment.parent_id:
        parent = db.session.get_one(Comment, comment.parent_id)
        comment.root_id = parent.root_id or parent.id
        comment.place = next_place(comment.root_id)
    with transaction():
        db.session.add(comment)
        idea.comment_count += comment.state in (None, "visible")
    return comment


def a_hackathon(*, open_windows: tuple[str, ...] = ("registration", "teams", "submission"), **values: Any) -> Hackathon:
    """A hackathon whose named windows are open now and whose other windows are over."""
    number = next(_numbers)
    dates: dict[str, Any] = {"starts_at": now() - DAY, "ends_at": now() + DAY}
    for name in ("registration", "teams", "submission", "scoring", "publication"):
        dates[f"{name}_from"] = now() - 9 * DAY
        dates[f"{name}_until"] = now() + 9 * DAY if name in open_windows else now() - timedelta(hours=1)
    given = {"slug": f"hackathon-{number}", "title": f"Hackathon {number}", "published_at": now() - DAY, **dates}
    if "edition" not in values:
        given["edition"] = an_edition()
    return saved(Hackathon(**{**given, **values}))


def a_registration(hackathon: Hackathon, person: Person | None = None, **values: Any) -> Registration:
    values = {"ticket_code": f"T{next(_numbers):09}", **values}
    registration = Registration(hackathon=hackathon, person=person or a_person(), **values)
    with transaction():
        db.session.add(registration)
        hackathon.registered_count += 1
    return registration


def a_team(hackathon: Hackathon | None = None, *members: Person, **values: Any) -> Team:
    number = next(_numbers)
    hackathon = hackathon or a_hackathon()
    name = values.pop("name", f"Team {number}")
    given: dict[str, Any] = {
        "name": name, "name_folded": fold(name), "code": f"code-{number}", "member_count": len(members),
    }  # fmt: skip
    given["lead"] = members[0] if members else None
    team = saved(Team(hackathon=hackathon, **{**given, **values}))
    for person in members:
        a_registration(hackathon, person, in_team=True)
        saved(Membership(team=team, hackathon_id=hackathon.id, person=person))
    return team


def a_prototype(team: Team | None = None, **values: Any) -> Prototype:
    number = next(_numbers)
    team = team or a_team()
    given = {"title": f"Prototyp {number}", "pitch": "Zeigt freie Plätze.", "description": "Eine Karte für alle."}
    return saved(Prototype(team=team, hackathon_id=team.hackathon_id, **{**given, **values}))


def a_station(call: Call | None = None, **values: Any) -> Station:
    """`station.link` and `station.pin` are what opens its kiosk."""
    number = next(_numbers)
    link, pin = new_secret(), "246810"
    given = {
        "name": f"Station {number}", "active_until": now() + DAY, "link_hash": hash_secret(link, purpose="station"),
        "pin_hash": A_PIN_HASH,
    }  # fmt: skip
    station = saved(Station(call=call or a_call(), **{**given, **values}))
    station.link, station.pin = link, pin  # type: ignore[attr-defined]
    return station


def a_challenge(hackathon: Hackathon | None = None, **values: Any) -> Challenge:
    number = next(_numbers)
    given = {"title": f"Challenge {number}", "position": number, "published_at": now()}
    return saved(Challenge(hackathon=hackathon or a_hackathon(), **{**given, **values}))


def an_event(**values: Any) -> Event:
    """In the programme, tomorrow for two hours, with a sign-up here."""
    number = next(_numbers)
    begin = (now() + DAY).replace(second=0, microsecond=0)
    given = {
        "title": f"Veranstaltung {number}", "state": "published", "published_at": now() - DAY, "sign_up": "here",
        "starts_at": begin, "ends_at": begin + timedelta(hours=2),
    }  # fmt: skip
    if "edition" not in values:
        given["edition"] = an_edition()
    return saved(Event(**{**given, **values}))


def a_sign_up(event: Event, person: Person | None = None, **values: Any) -> SignUp:
    number = next(_numbers)
    given = {
        "name": f"Gast {number}", "email": person.email if person else f"gast{number}@example.org",
        "ticket_code": f"E{number:09}",
    }  # fmt: skip
    made = SignUp(event=event, person=person, **{**given, **values})
    with transaction():
        db.session.add(made)
        event.registered_count += made.state in (None, "registered", "offered")
    return made
