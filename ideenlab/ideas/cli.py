"""Commands about calls and ideas: `flask ideas …`."""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from flask import Blueprint

from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.phases import is_open
from ideenlab.core.tables import csv_line
from ideenlab.ideas.models import PHASES, Call
from ideenlab.ideas.queries import EXPORTED, calls, exported_ideas, find_call, published_numbers

blueprint = Blueprint("ideas_cli", __name__, cli_group="ideas")


@blueprint.cli.command("calls")
@click.option("--json", "as_json", is_flag=True, help="As a list of JSON objects.")
def list_calls(*, as_json: bool) -> None:
    """List the calls with the short names that the other commands want."""
    at, numbers = now(), published_numbers()
    listed = [
        {
            "slug": call.slug, "title": call.title, "edition": call.edition.slug,
            "open": [phase for phase in PHASES if is_open(call, phase, at)], "ideas": numbers.get(call.id, 0),
        }
        for call in calls()
    ]  # fmt: skip
    if as_json:
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for call in listed:
        click.echo(f"{call['slug']}\t{call['ideas']}\t{call['title']}")


@blueprint.cli.command("export")
@click.option("--call", "slug", required=True, help="Short name of the call, see `flask ideas calls`.")
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), required=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="A file; else to the screen.")
def export(*, slug: str, kind: str, output: Path | None) -> None:
    """Write the published ideas of a call: one row or object per idea, always in the same order.

    In CSV a text that a spreadsheet would take for a formula begins with an apostrophe; take away one leading
    apostrophe to get what was stored. A file is complete or not there at all.
    """
    pieces = _as_csv(call_named(slug)) if kind == "csv" else _as_json(call_named(slug))
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        sys.stdout.writelines(pieces)
        return
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


def _as_csv(call: Call) -> Iterator[str]:
    yield csv_line(EXPORTED)
    for idea in exported_ideas(call):
        yield csv_line([idea[name] for name in EXPORTED])


def _as_json(call: Call) -> Iterator[str]:
    before = "[\n"
    for idea in exported_ideas(call):
        yield before + json.dumps(idea, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def call_named(slug: str) -> Call:
    call = find_call(slug)
    if call is None:
        known = ", ".join(call.slug for call in calls()) or "–"
        raise click.ClickException(_("There is no call “%(slug)s”. There are: %(known)s", slug=slug, known=known))
    return call
