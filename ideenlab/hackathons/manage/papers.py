"""Everybody who registered, to take along: as a table, as a list for the door, as badges."""

from collections.abc import Iterator, Sequence

from flask import send_file
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.pdf import Sheet
from ideenlab.core.sheets import write_sheet
from ideenlab.core.tables import csv_line
from ideenlab.core.web import streamed
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import card_sheet, fit, sent
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.hackathons.rules import is_minor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A4 = (210.0, 297.0)
BADGE = (85.0, 55.0)  # two in a row, five rows on a sheet of A4


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
    """To tick at the door when nothing else works: names in the order of the alphabet."""
    hackathon = queries.get_any_hackathon(slug)
    people = _by_name(hackathon)
    sheet = Sheet(_("List for the entrance: %(title)s", title=hackathon.title), width=A4[0], height=A4[1])
    kinds = queries.consent_kinds_of(hackathon)
    for number, registration in enumerate(people):
        if number % 36 == 0:
            sheet.add_page()
            sheet.say(hackathon.title, size=15, bold=True)
            sheet.say(_("Printed: %(moment)s", moment=moment(now())), size=9, grey=True)
        _draw_line(
            sheet, registration, 28 + 7.1 * (number % 36), agreed="guardian" in kinds.get(registration.id, set())
        )
    return sent(sheet, f"einlass-{slug}.pdf")


@blueprint.get("/hackathons/<slug>/namensschilder.pdf")
@organiser
def badges(slug: str) -> ResponseReturnValue:
    """Pseudonyms only: nobody reads on somebody's chest what only organisers were told."""
    hackathon = queries.get_any_hackathon(slug)
    people = _by_name(hackathon)
    sheet = Sheet(_("Badges: %(title)s", title=hackathon.title), width=A4[0], height=A4[1])
    for number, registration in enumerate(people):
        if number % 10 == 0:
            sheet.add_page()
        row, column = divmod(number % 10, 2)
        _draw_badge(sheet, registration, x=20 + column * BADGE[0], y=11 + row * BADGE[1])
    return sent(sheet, f"namensschilder-{slug}.pdf")


def _by_name(hackathon: Hackathon) -> Sequence[Registration]:
    found = queries.found_registrations(hackathon, state="registered")
    if not found:
        raise NotFound
    return sorted(found, key=lambda registration: (registration.person.pseudonym_folded, registration.id))


def _draw_line(sheet: Sheet, registration: Registration, y: float, *, agreed: bool) -> None:
    minor = is_minor(registration.person)
    note = "" if not minor else _("under 18, agreed") if agreed else _("under 18, PAPER IS MISSING")
    sheet.box(sheet.l_margin, y + 0.6, 4)
    columns = (
        (14, 62, registration.person.pseudonym, True), (78, 54, "" if minor else registration.legal_name, False),
        (134, 26, registration.ticket_code or "", False), (162, 42, note, bool(note) and not agreed),
    )  # fmt: skip
    for x, width, text, bold in columns:
        fit(sheet, text, x=x, y=y, width=width, size=10, bold=bold)


def _draw_badge(sheet: Sheet, registration: Registration, *, x: float, y: float) -> None:
    sheet.set_draw_color(190)
    sheet.rect(x, y, *BADGE)
    fit(sheet, registration.hackathon.title, x=x + 5, y=y + 5, width=75, size=10)
    fit(sheet, registration.person.pseudonym, x=x + 5, y=y + 20, width=75, size=26, bold=True)


@blueprint.post("/hackathons/<slug>/anmeldungen/<int:number>/karte.pdf")
@organiser
def card(slug: str, number: int) -> ResponseReturnValue:
    """A new card for one person without an address. The one before does not work any more."""
    hackathon = queries.get_any_hackathon(slug)
    registration = queries.get_registration(hackathon, number)
    code = actions.print_card(me(), registration=registration)
    return card_sheet(hackathon.title, [(registration.person.pseudonym, code)], name=f"karte-{number}.pdf")
