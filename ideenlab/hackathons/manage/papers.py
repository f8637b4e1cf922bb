"""Everybody who registered, to take along: as a table, as a list for the door, as badges."""

from collections.abc import Iterator, Sequence

from flask import send_file
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.attendance.forms import DoorLine, printed_badges, printed_door_list
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.sheets import write_sheet
from ideenlab.core.tables import csv_line
from ideenlab.core.web import streamed
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import card_sheet
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.hackathons.rules import is_minor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@blueprint.get("/hackathons/<slug>/anmeldungen.<any(csv, xlsx):filetype>")
@organiser
def registrations_table(slug: str, filetype: str) -> ResponseReturnValue:
    hackathon = queries.get_any_hackathon(slug)
    name = f"anmeldungen-{slug}.{filetype}"
    if filetype == "xlsx":
        questions = queries.questions_of(hackathon)
        return send_file(
            write_sheet(slug, queries.export_columns(questions), queries.exported_registrations(hackathon, questions)),
            mimetype=XLSX, as_attachment=True, download_name=name, max_age=0,
        )  # fmt: skip
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return streamed(lambda: _as_csv(queries.get_any_hackathon(slug)), "text/csv", **headers)


def _as_csv(hackathon: Hackathon) -> Iterator[str]:
    questions = queries.questions_of(hackathon)
    yield csv_line(queries.export_columns(questions))
    for row in queries.exported_registrations(hackathon, questions):
        yield csv_line(row)


@blueprint.get("/hackathons/<slug>/anmeldungen.pdf")
@organiser
def door_list(slug: str) -> ResponseReturnValue:
    """Names in the order of the alphabet; who is under age stands out where a paper is missing."""
    hackathon = queries.get_any_hackathon(slug)
    kinds = queries.consent_kinds_of(hackathon)
    lines = [_line(each, agreed="guardian" in kinds.get(each.id, set())) for each in _by_name(hackathon)]
    return printed_door_list(lines, title=hackathon.title, filename=f"einlass-{slug}.pdf")


@blueprint.get("/hackathons/<slug>/namensschilder.pdf")
@organiser
def badges(slug: str) -> ResponseReturnValue:
    """Pseudonyms only: nobody reads on somebody's chest what only organisers were told."""
    hackathon = queries.get_any_hackathon(slug)
    names = [registration.person.pseudonym for registration in _by_name(hackathon)]
    return printed_badges(names, title=hackathon.title, filename=f"namensschilder-{slug}.pdf")


def _by_name(hackathon: Hackathon) -> Sequence[Registration]:
    found = queries.found_registrations(hackathon, state="registered")
    if not found:
        raise NotFound
    return sorted(found, key=lambda registration: (registration.person.pseudonym_folded, registration.id))


def _line(registration: Registration, *, agreed: bool) -> DoorLine:
    person, minor = registration.person, is_minor(registration.person)
    note = "" if not minor else _("under 18, agreed") if agreed else _("under 18, PAPER IS MISSING")
    return DoorLine(
        person.pseudonym, "" if minor else registration.legal_name, registration.ticket_code or "", note,
        warns=minor and not agreed,
    )  # fmt: skip


@blueprint.post("/hackathons/<slug>/anmeldungen/<int:number>/karte.pdf")
@organiser
def card(slug: str, number: int) -> ResponseReturnValue:
    """A new card for one person without an address. The one before does not work any more."""
    hackathon = queries.get_any_hackathon(slug)
    registration = queries.get_registration(hackathon, number)
    code = actions.print_card(me(), registration=registration)
    return card_sheet(hackathon.title, [(registration.person.pseudonym, code)], name=f"karte-{number}.pdf")
