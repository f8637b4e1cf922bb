from collections.abc import Collection
from datetime import date
from functools import lru_cache

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser, public, signed_in, visitor
from ideenlab.accounts.models import STAFF
from ideenlab.answers.queries import assigned_to
from ideenlab.city.rules import answer_days, land_here
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language
from ideenlab.core.links import url_for
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.security import city
from ideenlab.core.text import safe_html
from ideenlab.events.queries import events_on
from ideenlab.hackathons.queries import hackathons_helped_by, hackathons_in
from ideenlab.ideas.queries import calls_in, drafts_of, ideas_of, ideas_written_along, invitations_of
from ideenlab.ideas.rules import draft_kept_until, open_for_ideas
from ideenlab.mentors.queries import hackathons_mentored_by
from ideenlab.pages.queries import (
    LEAST_SHOWN,
    calls_by_stage,
    figures,
    hackathons_on_stage,
    juries_of,
    published_results,
    week_figures,
)
from ideenlab.partners.queries import partners_edited_by, shown_participations
from ideenlab.privacy.rules import PURPOSES
from ideenlab.programme.queries import current_edition, get_edition, stage_of, today
from ideenlab.programme.queries import editions as every_edition
from ideenlab.teams.queries import invitations_to, teams_of_person

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
@public
@same_for_visitors
def start() -> ResponseReturnValue:
    """What runs now, what can I do, what happened with ideas."""
    calls, at, day = calls_by_stage(), now(), today()
    giving = next((call for call in calls["open"] if open_for_ideas(call, at)), None)
    edition = current_edition()
    stage = stage_of(edition, day)
    return render_template(
        "pages/start.html",
        edition=edition, stage=stage, today=day, calls=calls, giving=giving, hackathons=hackathons_on_stage(),
        events=events_on(edition, max(day, edition.starts_on)) if edition and stage in ("before", "during") else [],
        week=week_figures(edition) if edition and stage == "after" else None, least_shown=LEAST_SHOWN,
        figures=figures(), results=published_results(),
    )  # fmt: skip


@blueprint.get("/ausgaben")
@public
@same_for_visitors
def editions() -> ResponseReturnValue:
    """Every week there was, is and will be."""
    day = today()
    stages = [(edition, stage_of(edition, day)) for edition in every_edition()]
    return render_template("pages/editions.html", editions=stages)


@blueprint.get("/ausgabe/<slug>")
@public
@same_for_visitors
def edition(slug: str) -> ResponseReturnValue:
    """One week with all that belongs to it. Old ones stay."""
    found = get_edition(slug)
    hackathons = [each for each in hackathons_in(found) if each.published_at]
    return render_template(
        "pages/edition.html", edition=found, description=safe_html(found.description_html), today=today(),
        stage=stage_of(found, today()), calls=calls_in(found), hackathons=hackathons,
        participations=shown_participations(found), figures=week_figures(found), least=LEAST_SHOWN,
    )  # fmt: skip


@blueprint.get("/mein-bereich")
@signed_in
def mine() -> ResponseReturnValue:
    return render_template(
        "pages/mine.html", drafts=drafts_of(me()), ideas=ideas_of(me()), teams=teams_of_person(me()),
        juries=juries_of(me()), invitations=invitations_of(me()), written_along=ideas_written_along(me()),
        kept_until=draft_kept_until, team_invitations=invitations_to(me()), mentored=hackathons_mentored_by(me()),
        helped=hackathons_helped_by(me(), now()), partners=partners_edited_by(me()),
        assigned=assigned_to(me())[:5] if me().has_role(*STAFF) else [],
    )  # fmt: skip


@blueprint.get("/organisation")
@organiser
def organisation() -> ResponseReturnValue:
    return render_template("pages/organisation.html", edition=current_edition())


@blueprint.get("/ergebnisse")
@public
@same_for_visitors
def results() -> ResponseReturnValue:
    return render_template("pages/results.html", results=published_results(100), calls=calls_by_stage()["over"])


@blueprint.get("/so-funktioniert-es")
@public
@same_for_visitors
def help() -> ResponseReturnValue:
    return render_template("pages/help.html")


@blueprint.get("/impressum")
@public
def imprint() -> ResponseReturnValue:
    return render_template("pages/imprint.html", land=land_here())


@blueprint.get("/datenschutz")
@public
def privacy() -> ResponseReturnValue:
    return render_template("pages/privacy.html", purposes=PURPOSES)


@blueprint.get("/barrierefreiheit")
@public
def accessibility() -> ResponseReturnValue:
    return render_template(
        "pages/accessibility.html", land=land_here(), days=answer_days(), made=_day("statement_made_on"),
        checked=_day("statement_checked_on"),
    )  # fmt: skip


def _day(name: str) -> date | None:
    """A day of the accessibility statement."""
    kept = str(getattr(city(), name))
    return date.fromisoformat(kept) if kept else None


@blueprint.get("/gesund")
@public
def health() -> ResponseReturnValue:
    """For the machine that watches: the process answers and the database can be read."""
    current_edition()
    return {"status": "ok"}


NAVIGATION = {
    "events.programme": ("events",),
    "ideas.calls": ("ideas", "comments", "exchange"),
    "hackathons.hackathons": (
        "hackathons", "teams", "prototypes", "challenges", "mentors", "assignments", "pitches", "audience", "archives",
    ),
    "partners.partners": ("partners",),
    "pages.results": ("results", "insights"),
    "jury.queue": ("jury",),
    "moderation.moderation": ("moderation", "merges"),
    "pages.organisation": ("manage",),
}  # fmt: skip


def _room(endpoint: str) -> str:
    """The part of the house that a page belongs to."""
    if endpoint in ("pages.results", "jury.result"):
        return "results"
    if endpoint.startswith(("manage_", "administration.")) or endpoint == "pages.organisation":
        return "manage"
    if endpoint == "jury.rules":
        return "hackathons"
    if endpoint == "insights.opinions":
        return "ideas"
    return endpoint.partition(".")[0]


def _entries(roles: Collection[str]) -> list[tuple[str, str]]:
    entries = [
        (_("Programme"), "events.programme"),
        (_("Ideas"), "ideas.calls"),
        (_("Hackathon"), "hackathons.hackathons"),
        (_("Partners"), "partners.partners"),
        (_("Results"), "pages.results"),
    ]
    if "juror" in roles:
        entries.append((_("Jury"), "jury.queue"))
    if {"moderator", "organiser", "administrator"} & set(roles):
        entries.append((_("Moderation"), "moderation.moderation"))
    if {"organiser", "administrator"} & set(roles):
        entries.append((_("Organisation"), "pages.organisation"))
    return entries


def frame() -> dict[str, object]:
    """What header and footer of a whole page show. Parts of pages do not ask for it."""
    person = visitor()
    roles = tuple(sorted(role.name for role in person.roles)) if person else ()
    return _frame(request.endpoint or "", roles, _demo_note(), city().source_url, language(), request.script_root)


@lru_cache(maxsize=1024)
def _frame(
    here: str, roles: tuple[str, ...], demo_note: str, source_url: str, _language: str, _prefix: str
) -> dict[str, object]:
    """The same on every page of a kind for everybody with these roles. Tuples, so that it can be written out once."""
    room = _room(here)
    navigation = tuple(
        (label, url_for(endpoint), "page" if here == endpoint else room in NAVIGATION[endpoint])
        for label, endpoint in _entries(roles)
    )
    footer = [
        (_("How it works"), url_for("pages.help")),
        (_("How we moderate"), url_for("moderation.rules")),
        (_("Imprint"), url_for("pages.imprint")),
        (_("Privacy"), url_for("pages.privacy")),
        (_("Accessibility"), url_for("pages.accessibility")),
        (_("Open data"), url_for("opendata.open_data")),
        (_("Report a barrier"), url_for("barriers.report")),
        (_("Plain language"), url_for("texts.plain")),
        (_("Sign language"), url_for("texts.signs")),
        (_("Press"), url_for("texts.press")),
    ]
    if source_url:
        footer.append((_("Source code (EUPL)"), source_url))
    account = {
        "sign_in": url_for("accounts.sign_in"), "mine": url_for("pages.mine"), "sign_out": url_for("accounts.sign_out"),
        "notices": url_for("notifications.notices"),
    }  # fmt: skip
    return {"navigation": navigation, "footer_links": tuple(footer), "account": account, "demo_note": demo_note}


@blueprint.app_context_processor
def give_frame() -> dict[str, object]:
    return {"frame": frame}


def _demo_note() -> str:
    if not city().demo:
        return ""
    note: str = _("This is a demo city: everything in it is invented, and mails stay in the demo mailbox.")
    return note
