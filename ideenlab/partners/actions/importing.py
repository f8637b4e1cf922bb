"""Partners from a table. By command: nobody in particular acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.history.actions import record
from ideenlab.partners.actions.editing import Profile, free_slug
from ideenlab.partners.models import Participation, Partner
from ideenlab.partners.queries import find_participation, find_partner_by_title, next_place_in
from ideenlab.programme.models import Edition

COLUMNS = {
    "title": ("title", "name", "partner", "titel", "organisation"),
    "summary": ("summary", "kurztext", "kurzbeschreibung", "in einem satz"),
    "website": ("website", "webseite", "url", "link", "internet"),
    "part": ("part", "rolle", "role", "aufgabe"),
}
LIMITS = {"title": 120, "summary": 300, "website": 500, "part": 80}


@dataclass
class ImportReport:
    """What became of the rows: each is added, known or left out with its line and the reason."""

    added: int = 0
    known: int = 0
    taking_part: int = 0
    left_out: list[tuple[int, str]] = field(default_factory=list)


def import_partners(edition: Edition | None, *, rows: Iterable[tuple[int, Mapping[str, str]]]) -> ImportReport:
    """Publish partners that are not there yet, and let all of them take part in `edition`.

    Partners are known by their name. What stands here already is not changed, so a second import changes nothing.
    """
    report = ImportReport()
    for line, row in rows:
        values = {name: clean_line(row.get(name)) for name in LIMITS}
        try:
            _import(edition, values, report)
        except Invalid as problem:
            report.left_out.append((line, str(problem)))
    db.session.flush()
    return report


def _import(edition: Edition | None, values: dict[str, str], report: ImportReport) -> None:
    for name, most in LIMITS.items():
        if len(values[name]) > most:
            raise Invalid(_("“%(name)s” has more than %(most)s characters.", name=name, most=most))
    part = values.pop("part")
    columns = Profile(**values).columns()
    partner = find_partner_by_title(columns["title"])
    if partner is None:
        partner = Partner(slug=free_slug(columns["title"]), published_at=now(), **columns)
        db.session.add(partner)
        record(None, "partners.imported", partner)
        report.added += 1
    else:
        report.known += 1
    if edition is not None and find_participation(partner, edition) is None:
        db.session.add(Participation(partner=partner, edition=edition, part=part, position=next_place_in(edition)))
        db.session.flush()
        report.taking_part += 1
