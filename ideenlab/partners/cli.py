"""Commands about partners: `flask partners …`."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click
from flask import Blueprint

from ideenlab.core.db import transaction
from ideenlab.core.i18n import gettext as _
from ideenlab.core.tables import Unreadable, column_key, match_columns, open_table
from ideenlab.partners.actions import ImportReport, import_partners
from ideenlab.partners.actions.importing import COLUMNS
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import current_edition, find_edition

blueprint = Blueprint("partners_cli", __name__, cli_group="partners")


@blueprint.cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--edition", "slug", help="Short name of the week they take part in; else the current one.")
@click.option("--json", "as_json", is_flag=True, help="Say what happened as a JSON object.")
def import_(*, file: Path, slug: str | None, as_json: bool) -> None:
    """Take partners from FILE, a table (CSV) in UTF-8, UTF-16 or Latin-1.

    Fields: title, summary, website, part. Columns are found by their German or English names. Each row becomes a
    published partner that takes part in the week, or is reported with its line and the reason. Partners that are
    known by their name stay as they are: a second import changes nothing.
    """
    try:
        rows = list(_rows(file))
    except Unreadable as fault:
        raise click.ClickException(str(fault)) from fault
    with transaction():
        report = import_partners(_edition(slug), rows=rows)
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else _in_words(report))


def _rows(file: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    table = open_table(file, [column_key(name) for names in COLUMNS.values() for name in names])
    places = match_columns(table, COLUMNS, needed=("title",), mapping={})
    for line, row in table.rows():
        yield line, {name: row[place] if place < len(row) else "" for name, place in places.items()}


def _edition(slug: str | None) -> Edition | None:
    if slug is None:
        return current_edition()
    edition = find_edition(slug)
    if edition is None:
        raise click.ClickException(_("There is no edition “%(slug)s”.", slug=slug))
    return edition


def _in_words(report: ImportReport) -> str:
    lines = [_("Line %(line)s left out: %(reason)s", line=line, reason=reason) for line, reason in report.left_out]
    figures = {"added": report.added, "known": report.known, "left_out": len(report.left_out)}
    lines.append(_("%(added)s new partners, %(known)s already there, %(left_out)s left out.", **figures))
    return "\n".join(lines)
