"""The doors of a small house through which people send text, numbers, dates and files.

A `Box` is one field of one form: who fills it in, what the rest of the form says, and where its content is stored.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import inspect, select

from ideenlab.accounts.models import Person
from ideenlab.audience.models import AudiencePrize
from ideenlab.challenges.models import Challenge
from ideenlab.comments.models import Comment
from ideenlab.core.clock import now
from ideenlab.core.db import Model, db
from ideenlab.events.models import Event, SignUp, Venue
from ideenlab.hackathons.models import AgendaItem, Announcement, Hackathon, Question, Registration
from ideenlab.ideas.models import Call, Idea
from ideenlab.jury.models import Ballot, Criterion, Juror
from ideenlab.jury.queries import criteria_of
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.partners.models import Participation, Partner
from ideenlab.programme.models import Edition
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import BoardNotice, Membership, Team, TeamLink
from tests.events.test_manage import FORM as a_new_event
from tests.factories import (
    a_call,
    a_comment,
    a_hackathon,
    a_partner,
    a_person,
    a_prototype,
    a_registration,
    a_team,
    a_topic,
    an_edition,
    an_event,
    an_idea,
)
from tests.hackathons.test_manage import given as hackathon_form
from tests.jury.test_manage import criterion as criterion_form
from tests.jury.world import a_juror, handed_in, scored_hackathon

_numbers = count(1)


class House:
    """One of everything that has a form, all of it open."""

    def __init__(self) -> None:
        self.edition = an_edition()
        self.topic = a_topic(self.edition)
        self.call = a_call(edition=self.edition)
        self.author, self.member, self.guest = a_person(), a_person(), a_person()
        self.moderator, self.organiser = a_person("moderator"), a_person("organiser")
        self.idea = an_idea(self.call, self.author)
        self.comment = a_comment(self.idea)
        self.hackathon = a_hackathon(edition=self.edition, submission_until=now() + timedelta(days=9))
        self.plain = a_hackathon(edition=self.edition, scoring_until=None)  # nobody has scored: its rules are free
        self.team = a_team(self.hackathon, self.member)
        self.prototype = a_prototype(self.team)
        self.scored = scored_hackathon(edition=self.edition)
        self.juror = a_juror(self.scored)
        self.judged = handed_in(self.scored)
        self.partner = a_partner(self.author, edition=self.edition)
        self.inside = ""  # who has signed in last
        self.people = {
            "author": self.author.id, "member": self.member.id, "moderator": self.moderator.id,
            "organiser": self.organiser.id, "juror": self.juror.person_id,
        }  # fmt: skip

    def entered_anew(self) -> "House":
        """The same house, nobody in it. What a test asks for is read from its own database."""
        house = copy(self)
        house.inside = ""
        for name, thing in vars(self).items():
            if isinstance(thing, Model):
                delattr(house, name)
        house.first = self
        return house

    def __getattr__(self, name: str) -> Any:
        if name == "first" or not isinstance(thing := vars(self.first).get(name), Model):
            raise AttributeError(name)
        setattr(self, name, db.session.get_one(type(thing), inspect(thing).identity[0]))
        return getattr(self, name)

    def pages(self) -> list[str]:
        """Where what was typed is read again."""
        idea, hackathon = f"/idee/{self.idea.id}", f"/hackathon/{self.hackathon.slug}"
        return [
            "/", "/ideen", f"/ideen/{self.call.slug}", idea, f"{idea}/verlauf", "/hackathon", hackathon,
            f"{hackathon}/teams", f"/team/{self.team.id}", "/organisation/hackathons", "/organisation/ausgaben",
            "/organisation/aufrufe", f"/organisation/hackathons/{self.hackathon.slug}/teilnehmende",
            f"/organisation/hackathons/{self.plain.slug}/jury/mitglieder", "/organisation/personen", "/moderation",
        ]  # fmt: skip


def newest(model: Any, name: str) -> Callable[[House], Any]:
    return lambda house: db.session.scalars(select(getattr(model, name)).order_by(model.id.desc())).first()


def of(thing: str, model: Any, name: str) -> Callable[[House], Any]:
    """The stored value of something the house has."""

    def read(house: House) -> Any:
        return db.session.scalar(select(getattr(model, name)).where(model.id == getattr(house, thing).id))

    return read


@dataclass(frozen=True)
class Box:
    """One field of one form."""

    name: str
    who: str  # a person of the house, "" for a visitor, "new" for somebody registered a moment ago
    path: Callable[[House], str]
    rest: Callable[[House], dict[str, str]]
    field: str
    longest: int = 0
    shortest: int = 0
    required: bool = True
    stored: Callable[[House], Any] = lambda _house: None
    shows: str = ""  # another text of the form, which must still be on the page after a refusal

    def __str__(self) -> str:
        return self.name


def fresh_idea(house: House) -> str:
    return f"/moderation/idee/{an_idea(house.call, house.author).id}/ausblenden"


def idea_form(_house: House) -> dict[str, str]:
    text = "Mehr Bänke an der Hase, das hilft allen."
    return {"title": "Bänke an der Hase", "text": text, "topic": "", "agrees": "y", "do": "publish"}


def changed_idea(house: House) -> dict[str, str]:
    revision = db.session.scalar(select(Idea.revision).where(Idea.id == house.idea.id))
    return {**idea_form(house), "revision": str(revision), "do": "draft"}


def draft_form(house: House) -> dict[str, str]:
    revision = db.session.scalar(select(Prototype.revision).where(Prototype.id == house.prototype.id))
    text = "Eine Karte für alle Plätze."
    return {"title": "Parkfinder", "pitch": "Freie Plätze", "description": text, "revision": str(revision)}


def sign_up_form(_house: House) -> dict[str, str]:
    number = next(_numbers)
    return {"pseudonym": f"Nachteule {number}", "email": f"eule{number}@example.org", "age_band": "adult"}


def call_form(house: House) -> dict[str, str]:
    return {
        "title": "Sichere Schulwege", "summary": "Wo hakt es?", "description": "Sagen **Sie** es.",
        "edition": str(house.edition.id), "collect_from": "2027-03-01T09:00", "collect_until": "2027-03-28T03:00",
        "do": "save",
    }  # fmt: skip


def edition_form(_house: House) -> dict[str, str]:
    return {"title": "Digitale Woche", "motto": "Ein Versuch", "starts_on": "2027-06-21", "ends_on": "2027-06-25"}


def rules_form(house: House) -> dict[str, str]:
    return {"title": "Nutzen", "question": "Hilft es?", **criterion_form(revision=str(_rules_revision(house)))}


def _rules_revision(house: House) -> int:
    from ideenlab.jury.queries import rules_of

    return rules_of(house.plain).revision or 0


def ballot_form(house: House) -> dict[str, str]:
    ballot = db.session.scalars(select(Ballot)).first()
    first = criteria_of(house.scored)[0]
    return {
        "revision": str(ballot.revision if ballot else 0), "save_id": f"page-save-{next(_numbers):06}",
        "comment": "Stark gebaut", "note": "Noch fragen", f"points-{first.id}": "4",
    }  # fmt: skip


def comment_form(_house: House) -> dict[str, str]:
    return {"text": "Ja, gern.", "parent": ""}


def of_jury(part: str) -> Callable[[House], str]:
    return lambda house: f"/organisation/hackathons/{house.plain.slug}/jury{part}"


def new_idea(house: House) -> str:
    return f"/ideen/{house.call.slug}/neu"


def draft(house: House) -> str:
    return f"/team/{house.team.id}/prototyp"


def ballot(house: House) -> str:
    return f"/jury/prototyp/{house.judged.id}"


def board_notice(house: House) -> str:
    return f"/hackathon/{house.hackathon.slug}/teams/suche/aushang"


def notice_form(house: House) -> dict[str, str]:
    revision = db.session.scalar(select(BoardNotice.revision).where(BoardNotice.team_id == house.team.id))
    return {"text": "Wir suchen Menschen.", "skills": "Bauen", "revision": str(revision or 0)}


def organising(part: str) -> Callable[[House], str]:
    return lambda house: f"/organisation/hackathons/{house.hackathon.slug}{part}"


def in_team(part: str) -> Callable[[House], str]:
    return lambda house: f"/team/{house.team.id}{part}"


def challenge_form(_house: House) -> dict[str, str]:
    return {"title": "Grünes Licht", "summary": "Kurz", "description": "Wo brennt zu viel Licht?", "revision": "0"}


def agenda_form(house: House) -> dict[str, str]:
    begin = as_city_time(house.hackathon.starts_at + timedelta(hours=2))
    return {"title": "Mittagessen", "starts_at": begin, "text": "Mit Suppe", "revision": "0"}


def as_city_time(moment: datetime) -> str:
    return moment.astimezone(ZoneInfo("Europe/Berlin")).strftime("%Y-%m-%dT%H:%M")


def prize_form(house: House) -> dict[str, str]:
    revision = db.session.scalar(select(AudiencePrize.revision).where(AudiencePrize.hackathon_id == house.hackathon.id))
    times = {"voting_from": "2027-01-05T18:00", "voting_until": "2027-01-05T20:00"}
    return {"title": "Publikumspreis", **times, "revision": str(revision or 0)}


def prize_title(house: House) -> Any:
    return db.session.scalar(select(AudiencePrize.title).where(AudiencePrize.hackathon_id == house.hackathon.id))


def registering(house: House) -> str:
    return f"/hackathon/{house.hackathon.slug}/anmelden"


def agreeing(_house: House) -> dict[str, str]:
    return {"code_of_conduct": "y"}


def hackathon(house: House) -> dict[str, str]:
    return hackathon_form(house.edition)


def juror_form(_house: House) -> dict[str, str]:
    return {"name": "Jo Muster", "email": f"jo{next(_numbers)}@example.org", "organisation": "Hochschule"}


def event_form(_house: House) -> dict[str, str]:
    return {**a_new_event, "description": "Kommen Sie vorbei."}


def telephone(house: House) -> str:
    return f"/organisation/programm/{an_event(edition=house.edition).id}/anmeldungen/neu"


def partner_form(_house: House) -> dict[str, str]:
    return {"title": f"Sternwarte {next(_numbers)}", "summary": "Wir schauen hoch.", "website": ""}


def changed_partner(house: House) -> dict[str, str]:
    revision = db.session.scalar(select(Partner.revision).where(Partner.id == house.partner.id))
    return {**partner_form(house), "revision": str(revision)}


def partner(part: str) -> Callable[[House], str]:
    return lambda house: f"/partner/{house.partner.slug}{part}"


def participation(house: House) -> str:
    return f"/organisation/ausgaben/{house.edition.slug}/partner"


def taking_part(house: House) -> dict[str, str]:
    return {"partner": house.partner.slug}


def own_event(house: House) -> dict[str, str]:
    return {**event_form(house), "partner": str(house.partner.id)}


NEW_EVENT, NEW_VENUE = "/organisation/programm/neu", "/organisation/programm/orte/neu"
NEW_PARTNER = "/organisation/partner/neu"
NEW_HACKATHON, NEW_CALL, NEW_EDITION = (
    f"/organisation/{things}/neu" for things in ("hackathons", "aufrufe", "ausgaben")
)
LINES = [
    Box("title of a new idea", "author", new_idea, idea_form, "title", 120, 5, stored=newest(Idea, "title"),
        shows="text"),
    Box("title of a changed idea", "author", lambda house: f"/idee/{house.idea.id}/bearbeiten", changed_idea, "title",
        120, 5, stored=of("idea", Idea, "title"), shows="text"),
    Box("pseudonym at sign-up", "", lambda _house: "/registrieren", sign_up_form, "pseudonym", 60,
        stored=newest(Person, "pseudonym"), shows="email"),
    Box("pseudonym of a profile", "author", lambda _house: "/konto", lambda _house: {"language": "de"}, "pseudonym",
        60, stored=of("author", Person, "pseudonym")),
    Box("name of a new team", "new", lambda house: f"/hackathon/{house.hackathon.slug}/teams/gruenden",
        lambda _house: {}, "name", 60, stored=newest(Team, "name")),
    Box("new name of a team", "member", lambda house: f"/team/{house.team.id}/umbenennen", lambda _house: {}, "name",
        60, stored=of("team", Team, "name")),
    Box("role in a team", "member", lambda house: f"/team/{house.team.id}/ich", lambda _house: {}, "role", 80,
        required=False, stored=lambda house: db.session.scalar(
            select(Membership.role).where(Membership.team_id == house.team.id, Membership.person_id == house.member.id)
        )),
    Box("skills on the board", "member", board_notice, notice_form, "skills", 300, required=False,
        stored=newest(BoardNotice, "skills"), shows="text"),
    Box("skills at registration", "stranger", lambda house: f"/hackathon/{house.hackathon.slug}/anmelden",
        lambda _house: {"code_of_conduct": "y"}, "skills", 300, required=False, stored=newest(Registration, "skills")),
    Box("title of a prototype", "member", draft, draft_form, "title", 120, required=False,
        stored=of("prototype", Prototype, "title"), shows="description"),
    Box("pitch of a prototype", "member", draft, draft_form, "pitch", 200, required=False,
        stored=of("prototype", Prototype, "pitch"), shows="description"),
    Box("title of a hackathon", "organiser", lambda _house: NEW_HACKATHON, hackathon, "title", 120,
        stored=newest(Hackathon, "title"), shows="description"),
    Box("place of a hackathon", "organiser", lambda _house: NEW_HACKATHON, hackathon, "place", 200, required=False,
        stored=newest(Hackathon, "place"), shows="description"),
    Box("title of a call", "organiser", lambda _house: NEW_CALL, call_form, "title", 120,
        stored=newest(Call, "title"), shows="description"),
    Box("summary of a call", "organiser", lambda _house: NEW_CALL, call_form, "summary", 300, required=False,
        stored=newest(Call, "summary"), shows="description"),
    Box("title of an edition", "organiser", lambda _house: NEW_EDITION, edition_form, "title", 120,
        stored=newest(Edition, "title"), shows="motto"),
    Box("name of a juror", "organiser", of_jury("/mitglieder"), juror_form, "name", 80, stored=newest(Juror, "name"),
        shows="organisation"),
    Box("title of a challenge", "organiser", organising("/aufgaben/neu"), challenge_form, "title", 120,
        stored=newest(Challenge, "title"), shows="description"),
    Box("whom to ask about a challenge", "organiser", organising("/aufgaben/neu"), challenge_form, "contact", 200,
        required=False, stored=newest(Challenge, "contact"), shows="description"),
    Box("title of the programme", "organiser", organising("/ablauf/neu"), agenda_form, "title", 120,
        stored=newest(AgendaItem, "title"), shows="text"),
    Box("title of an announcement", "organiser", organising("/ansagen"), lambda _house: {"text": "Im Foyer"}, "title",
        120, stored=newest(Announcement, "title"), shows="text"),
    Box("question at registration", "organiser", organising("/fragen"), lambda _house: {"kind": "text"}, "text", 200,
        stored=newest(Question, "text")),
    Box("name of the audience prize", "organiser", organising("/publikum"), prize_form, "title", 120,
        stored=prize_title),
    Box("what a mentor helps with", "organiser", organising("/mentoren"),
        lambda _house: {"pseudonym": a_person().pseudonym}, "expertise", 300, required=False,
        stored=newest(Mentor, "expertise")),
    Box("pseudonym at the door", "organiser", organising("/einlass/spontan"),
        lambda _house: {"age_band": "adult", "conduct": "y"}, "pseudonym", 60, stored=newest(Person, "pseudonym")),
    Box("legal name", "stranger", registering, agreeing, "legal_name", 120, required=False,
        stored=newest(Registration, "legal_name")),
    Box("diet", "stranger", registering, agreeing, "diet", 300, required=False, stored=newest(Registration, "diet")),
    Box("access needs", "stranger", registering, agreeing, "access_needs", 300, required=False,
        stored=newest(Registration, "access_needs")),
    Box("where help is needed", "member", in_team("/hilfe"), lambda _house: {"text": "Wer kann löten?"}, "place", 80,
        required=False, stored=newest(HelpRequest, "place"), shows="text"),
    Box("title of a team's link", "member", in_team("/links"), lambda _house: {"url": "https://example.org/x"}, "title",
        TeamLink.title.type.length, stored=newest(TeamLink, "title"), shows="url"),
    Box("title of a criterion", "organiser", of_jury("/kriterien/neu"), rules_form, "title", 80,
        stored=newest(Criterion, "title"), shows="question"),
    Box("title of an event", "organiser", lambda _house: NEW_EVENT, event_form, "title", 120,
        stored=newest(Event, "title"), shows="description"),
    Box("name on the telephone", "organiser", telephone, lambda _house: {"phone": "0541 1", "language": "de"}, "name",
        120, stored=newest(SignUp, "name"), shows="phone"),
    Box("name of a partner", "organiser", lambda _house: NEW_PARTNER, partner_form, "title", 120,
        stored=newest(Partner, "title"), shows="summary"),
    Box("summary of a partner", "author", partner("/bearbeiten"), changed_partner, "summary", 300, required=False,
        stored=of("partner", Partner, "summary"), shows="title"),
    Box("how a partner is reached", "author", partner("/bearbeiten"), changed_partner, "contact", 200, required=False,
        stored=of("partner", Partner, "contact"), shows="summary"),
    Box("role of a partner", "organiser", participation, taking_part, "part", 80, required=False,
        stored=newest(Participation, "part")),
    Box("title of a proposed event", "author", partner("/veranstaltungen/neu"), own_event, "title", 120,
        stored=newest(Event, "title"), shows="description"),
    Box("name of a place", "organiser", lambda _house: NEW_VENUE, lambda _house: {"address": "Markt 1"}, "title", 120,
        stored=newest(Venue, "title"), shows="address"),
]  # fmt: skip
TEXTS = [
    Box("description of an event", "organiser", lambda _house: NEW_EVENT, event_form, "description", 20_000,
        required=False, stored=newest(Event, "description"), shows="title"),
    Box("description of a partner", "author", partner("/bearbeiten"), changed_partner, "description", 20_000,
        required=False, stored=of("partner", Partner, "description"), shows="summary"),
    Box("text of a new idea", "author", new_idea, idea_form, "text", 10_000, 10, stored=newest(Idea, "text"),
        shows="title"),
    Box("text of a changed idea", "author", lambda house: f"/idee/{house.idea.id}/bearbeiten", changed_idea, "text",
        10_000, 10, stored=of("idea", Idea, "text"), shows="title"),
    Box("comment", "author", lambda house: f"/idee/{house.idea.id}/kommentare", comment_form, "text", 3000,
        stored=newest(Comment, "text")),
    Box("page of a team", "member", lambda house: f"/team/{house.team.id}/bearbeiten",
        lambda house: {"revision": str(db.session.scalar(select(Team.revision).where(Team.id == house.team.id)))},
        "about", 500, required=False, stored=of("team", Team, "about")),
    Box("notice on the board", "member", board_notice, notice_form, "text", 500, stored=newest(BoardNotice, "text"),
        shows="skills"),
    Box("description of a prototype", "member", draft, draft_form, "description", 10_000, required=False,
        stored=of("prototype", Prototype, "description"), shows="title"),
    Box("reason of the moderation", "moderator", fresh_idea, lambda _house: {}, "reason", 500, 10,
        stored=newest(Idea, "hidden_reason")),
    Box("comment of a juror", "juror", ballot, ballot_form, "comment", 2000, required=False,
        stored=newest(Ballot, "comment"), shows="note"),
    Box("what was there before", "member", draft, draft_form, "prior_work", Prototype.prior_work.type.length,
        required=False, stored=of("prototype", Prototype, "prior_work"), shows="description"),
    Box("what artificial intelligence did", "member", draft, draft_form, "ai_use", Prototype.ai_use.type.length,
        required=False, stored=of("prototype", Prototype, "ai_use"), shows="description"),
    Box("wishes at registration", "stranger", registering, agreeing, "wishes", 500, required=False,
        stored=newest(Registration, "wishes")),
    Box("request for help", "member", in_team("/hilfe"), lambda _house: {"place": "Tisch 7"}, "text", 500,
        stored=newest(HelpRequest, "text"), shows="place"),
    Box("description of a challenge", "organiser", organising("/aufgaben/neu"), challenge_form, "description", 20_000,
        required=False, stored=newest(Challenge, "description"), shows="title"),
    Box("text of an announcement", "organiser", organising("/ansagen"), lambda _house: {"title": "Essen ist da"},
        "text", 1000, required=False, stored=newest(Announcement, "text"), shows="title"),
    Box("description of a hackathon", "organiser", lambda _house: NEW_HACKATHON, hackathon, "description", 20_000,
        required=False, stored=newest(Hackathon, "description"), shows="title"),
    Box("description of a call", "organiser", lambda _house: NEW_CALL, call_form, "description", 20_000,
        required=False, stored=newest(Call, "description"), shows="title"),
]  # fmt: skip
ADDRESSES = [
    Box("address at sign-up", "", lambda _house: "/registrieren", sign_up_form, "email", shows="pseudonym",
        stored=newest(Person, "email")),
    Box("address of a guardian", "", lambda _house: "/registrieren",
        lambda house: {**sign_up_form(house), "age_band": "under_16"}, "guardian_email", shows="pseudonym"),
    Box("address at sign-in", "", lambda _house: "/anmelden", lambda _house: {"password": ""}, "email"),
    Box("address of a forgotten password", "", lambda _house: "/passwort-vergessen", lambda _house: {}, "email"),
    Box("new address", "author", lambda _house: "/konto/adresse", lambda _house: {"password": "falsch"}, "email"),
    Box("address of a juror", "organiser", of_jury("/mitglieder"), juror_form, "email", shows="name"),
]  # fmt: skip
PLACES = {
    "places": ["0", "-1", "1000000000", "10001"], "team_size_min": ["0", "-1", "1000000000", "51"],
    "team_size_max": ["0", "-1", "1000000000", "51"],
}  # fmt: skip
LINKS = [
    Box("website of a partner", "author", partner("/bearbeiten"), changed_partner, "website", 500, required=False,
        stored=of("partner", Partner, "website"), shows="summary"),
    *(
        Box(f"{name} of a prototype", "member", draft, draft_form, name, 500, required=False,
            stored=of("prototype", Prototype, name), shows="description")
        for name in ("code_url", "demo_url", "video_url")
    ),
]  # fmt: skip
NUMBERS = [
    Box(f"{name} of a hackathon", "organiser", lambda _house: NEW_HACKATHON, hackathon, name, shows="description")
    for name in PLACES
]  # fmt: skip
MOMENTS = [
    Box("beginning of a part of the programme", "organiser", organising("/ablauf/neu"), agenda_form, "starts_at",
        shows="text"),
    Box("end of the audience's vote", "organiser", organising("/publikum"), prize_form, "voting_until", shows="title"),
    Box("a phase of a call", "organiser", lambda _house: NEW_CALL, call_form, "collect_until", shows="description"),
    Box("beginning of a hackathon", "organiser", lambda _house: NEW_HACKATHON, hackathon, "starts_at",
        shows="description"),
    Box("a window of a hackathon", "organiser", lambda _house: NEW_HACKATHON, hackathon, "submission_until",
        shows="description"),
]  # fmt: skip
DAYS = [
    Box(f"{name} of an edition", "organiser", lambda _house: NEW_EDITION, edition_form, name, shows="motto")
    for name in ("starts_on", "ends_on")
]  # fmt: skip
BOXES = {
    "line": LINES, "text": TEXTS, "email": ADDRESSES, "link": LINKS, "number": NUMBERS, "moment": MOMENTS, "day": DAYS,
}  # fmt: skip


def somebody(house: House, who: str) -> int | None:
    """The number of who fills in this form."""
    if who == "new":
        return a_registration(house.hackathon).person_id
    if who == "stranger":
        return a_person().id
    return house.people.get(who)
