from dataclasses import dataclass
from datetime import datetime

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.phases import is_open, is_over
from ideenlab.core.text import safe_html
from ideenlab.hackathons import queries
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.hackathons.rules import may_register, may_see_hackathon
from ideenlab.hackathons.views.door import blueprint


@dataclass(frozen=True)
class Step:
    """What a person can do next: a sentence, and where to do it."""

    title: str
    text: str = ""
    label: str = ""
    href: str = ""
    until: datetime | None = None


@blueprint.get("/hackathon")
@public
@same_for_visitors
def hackathons() -> ResponseReturnValue:
    time, person = now(), visitor()
    groups: dict[str, list[tuple[Hackathon, str]]] = {"running": [], "coming": [], "past": []}
    for hackathon in queries.hackathons():
        groups[queries.stage_of(hackathon, time)].append((hackathon, queries.status_of(hackathon, time)))
    groups["coming"].reverse()
    mine = queries.registered_hackathon_ids(person) if person else set()
    return render_template("hackathons/hackathons.html", groups=groups, mine=mine, time=time)


@blueprint.get("/hackathon/<slug>")
@public
@same_for_visitors
def hackathon(slug: str) -> ResponseReturnValue:
    found, time, person = queries.get_any_hackathon(slug), now(), visitor()
    if not may_see_hackathon(person, found):
        raise NotFound
    preview = found.published_at is None
    step = _next_step(None, found, found.registration_from or time) if preview else _next_step(person, found, time)
    return render_template(
        "hackathons/hackathon.html", hackathon=found, time=time, step=step, preview=preview,
        registration=queries.find_place(person, found) if person else None,
        windows=queries.windows_of(found, time),
        links=_links(found, time), description=safe_html(found.description_html),
    )  # fmt: skip


def _links(hackathon: Hackathon, time: datetime) -> list[tuple[str, str]]:
    """What else there is to see of this hackathon by now."""
    pages = [(_("Teams"), "teams.teams", True), (_("How the jury scores"), "jury.rules", True)]
    pages.insert(1, (_("Prototypes"), "prototypes.gallery", hackathon.gallery_shown_at is not None))
    pages[:0] = [(_("Programme"), "hackathons.agenda", True), (_("Challenges"), "challenges.challenges", True)]
    pages.append((_("Result"), "jury.result", is_open(hackathon, "publication", time)))
    return [(label, url_for(endpoint, slug=hackathon.slug)) for label, endpoint, there in pages if there]


def _next_step(person: Person | None, hackathon: Hackathon, time: datetime) -> Step:
    """One clear thing to do, for this person at this time."""
    slug = hackathon.slug
    if is_open(hackathon, "publication", time):
        return Step(_("The jury has decided"), "", _("See the result"), url_for("jury.result", slug=slug))
    registration = queries.find_place(person, hackathon) if person else None
    if registration is None:
        return _step_of_a_guest(person, hackathon, time)
    if registration.state != "registered":
        return _step_of_who_waits(registration)
    if not registration.in_team and is_open(hackathon, "teams", time):
        text = _("You are registered. Found a team, or join one with its code.")
        href = url_for("teams.teams", slug=slug)
        return Step(_("Find your team"), text, _("To the teams"), href, hackathon.teams_until)
    if not registration.in_team:
        return Step(
            _("You are registered and in no team"), _("Please ask the organisers on site: nobody is left alone.")
        )
    return _step_of_a_member(hackathon, time)


def _step_of_a_guest(person: Person | None, hackathon: Hackathon, time: datetime) -> Step:
    href = url_for("hackathons.registration", slug=hackathon.slug)
    if is_over(hackathon, "submission", time) and not is_open(hackathon, "registration", time):
        return _step_of_a_reader(hackathon, time)
    if person and not (verdict := may_register(person, hackathon, time)):
        return Step(_("You cannot register now"), verdict.reason)
    if person or is_open(hackathon, "registration", time):
        return _step_to_a_place(hackathon, href)
    if hackathon.registration_from and time < hackathon.registration_from:
        text = _("You can register from %(moment)s.", moment=moment(hackathon.registration_from))
        return Step(_("Registration opens soon"), text)
    return Step(
        _("Registration is closed"), _("You are welcome to come and watch. Teams and prototypes are shown here.")
    )


def _step_to_a_place(hackathon: Hackathon, href: str) -> Step:
    until = hackathon.registration_until
    if hackathon.registered_count < hackathon.places:
        return Step(_("Take part"), _places_left(hackathon), _("Register"), href, until)
    text = _("You can register for the waiting list. When a place becomes free, we keep it for you and write to you.")
    return Step(_("All places are taken"), text, _("To the waiting list"), href, until)


def _step_of_who_waits(registration: Registration) -> Step:
    href = url_for("hackathons.my_registration", slug=registration.hackathon.slug)
    label = _("To your registration")
    if registration.state == "offered":
        text = _("Please say yes or no. After that somebody else gets the place.")
        return Step(_("A place is kept for you"), text, _("Yes or no"), href, registration.offered_until)
    if registration.state == "waiting":
        return Step(_("You are on the waiting list"), _("We write to you as soon as a place is free."), label, href)
    return Step(_("The organisers decide"), _("Your registration has arrived. They write to you."), label, href)


def _step_of_a_reader(hackathon: Hackathon, time: datetime) -> Step:
    text, href = "", url_for("prototypes.gallery", slug=hackathon.slug)
    if hackathon.publication_from and time < hackathon.publication_from:
        text = _("The result is there from %(moment)s.", moment=moment(hackathon.publication_from))
    if is_open(hackathon, "scoring", time):
        return Step(_("The jury is scoring"), text, _("Look at the prototypes"), href, hackathon.scoring_until)
    return Step(_("The prototypes are handed in"), text, _("Look at the prototypes"), href)


def _step_of_a_member(hackathon: Hackathon, time: datetime) -> Step:
    slug = hackathon.slug
    if is_open(hackathon, "submission", time):
        text = _("You can hand in as often as you like until the deadline. The latest version counts.")
        href = url_for("teams.my_prototype", slug=slug)
        return Step(_("Hand in your prototype"), text, _("To your prototype"), href, hackathon.submission_until)
    if is_over(hackathon, "submission", time):
        text = _("What your team handed in is with the jury now.")
        return Step(_("Done: the jury is next"), text, _("To your team"), url_for("teams.my_team", slug=slug))
    text = ""
    if hackathon.submission_from:
        text = _("Handing in begins on %(moment)s.", moment=moment(hackathon.submission_from))
    return Step(_("Your team is ready"), text, _("To your team"), url_for("teams.my_team", slug=slug))


def _places_left(hackathon: Hackathon) -> str:
    left = hackathon.places - hackathon.registered_count
    text: str = _("%(left)s of %(places)s places are free.", left=left, places=hackathon.places)
    return text
