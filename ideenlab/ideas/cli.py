"""Commands about calls and ideas: `flask ideas …`."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from flask import Blueprint
from sqlalchemy.exc import IntegrityError

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.i18n import gettext as _
from ideenlab.core.jobs import job, stopping
from ideenlab.core.phases import is_open
from ideenlab.core.tables import Table, Unreadable, column_key, csv_line, match_columns, open_table
from ideenlab.ideas.actions import tell_of_discussions
from ideenlab.ideas.actions.drafts import remove_old_drafts, warn_of_old_drafts
from ideenlab.ideas.actions.duplicates import store_duplicates
from ideenlab.ideas.actions.importing import count_known, import_ideas
from ideenlab.ideas.actions.indexing import index_all_anew, index_ideas
from ideenlab.ideas.actions.reading import COLUMNS, NEEDED, Preparation, Report
from ideenlab.ideas.models import PHASES, Call
from ideenlab.ideas.queries import (
    EXPORTED,
    calls,
    duplicates_of,
    exported_ideas,
    find_call,
    ideas_to_index,
    published_numbers,
)
from ideenlab.programme.models import Topic
from ideenlab.programme.queries import topics_of

blueprint = Blueprint("ideas_cli", __name__, cli_group="ideas")
PLAIN_LINE_EVERY = 1_000  # rows


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
    lines = [f"{call['slug']}\t{call['ideas']}\t{call['title']}" for call in listed]
    click.echo(json.dumps(listed, ensure_ascii=False, indent=2) if as_json else "\n".join(lines))


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


@blueprint.cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--call", "slug", required=True, help="Short name of the call, see `flask ideas calls`.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--map", "mapping", multiple=True, metavar="FIELD=COLUMN", help="Which column holds what: title=Betreff")
@click.option("--topic", "pairs", multiple=True, metavar="CATEGORY=TOPIC", help="Make a category a topic (its slug).")
@click.option(
    "--topics", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A table with the columns category and topic.",
)  # fmt: skip
def import_(
    *, file: Path, slug: str, dry_run: bool, mapping: tuple[str, ...], pairs: tuple[str, ...], topics: Path | None
) -> None:
    """Take the ideas of another system from FILE, a table (CSV) in UTF-8, UTF-16 or Latin-1.

    Fields: title, text, category, external_id, created_at, source_url. Columns are found by their German or English
    names or by --map. Each row becomes a published idea or is reported with its line and the reason. A second import
    of the same rows changes nothing. Ideas show no author; a column with authors is not read.
    """
    call = call_named(slug)
    try:
        table = open_table(file, [column_key(name) for names in COLUMNS.values() for name in names])
        columns = match_columns(table, COLUMNS, needed=NEEDED, mapping=_pairs(mapping))
        wanted = _topics_for(call, {**_topic_table(topics), **_pairs(pairs)})
        preparation = Preparation(columns, wanted)
        db.session.rollback()  # nothing is held while the table is read
        with closing(preparation):
            _read(preparation, table)
            report = _would_import(slug, preparation) if dry_run else _store(slug, preparation, file.name)
    except Unreadable as fault:
        raise click.ClickException(str(fault)) from fault
    _say(report, dry_run=dry_run)
    if not dry_run:
        _index(report.added)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for pair in given:
        left, sign, right = (part.strip() for part in pair.rpartition("="))
        if not (left and sign and right):
            raise click.ClickException(_("“%(pair)s” is not of the form left=right.", pair=pair))
        pairs[left] = right
    return pairs


def _topic_table(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    table = open_table(file, ("category", "topic"))
    names = {"category": ("category", "kategorie"), "topic": ("topic", "thema")}
    places = match_columns(table, names, needed=("category", "topic"), mapping={})
    return {row[places["category"]]: row[places["topic"]].strip() for _line, row in table.rows() if len(row) > 1}


def _topics_for(call: Call, given: dict[str, str]) -> dict[str, Topic]:
    """Which topic stands for a category: the one with its title, or the one it was given to."""
    topics = topics_of(call.edition)
    by_slug = {topic.slug: topic for topic in topics}
    unknown = sorted(set(given.values()) - by_slug.keys())
    if unknown:
        known = ", ".join(by_slug) or "–"
        raise click.ClickException(
            _("There is no topic “%(slug)s”. There are: %(known)s", slug=unknown[0], known=known)
        )
    return {topic.title: topic for topic in topics} | {name: by_slug[slug] for name, slug in given.items()}


def _read(preparation: Preparation, table: Table) -> None:
    total = sum(1 for _row in table.rows())
    with _progress(total, _("Reading")) as step:
        preparation.read(table, progress=step)


def _would_import(slug: str, preparation: Preparation) -> Report:
    return count_known(call_named(slug), preparation)


def _store(slug: str, preparation: Preparation, name: str) -> Report:
    try:
        with transaction():
            return import_ideas(call_named(slug), preparation=preparation, name=name)
    except IntegrityError as fault:
        raise click.ClickException(_("Somebody else imported at the same moment. Nothing was stored.")) from fault


@contextmanager
def _progress(total: int, what: str) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, now and then a plain line otherwise."""
    if sys.stderr.isatty():
        with click.progressbar(length=total, label=what, file=sys.stderr) as bar:
            yield lambda done: bar.update(done - bar.pos)
        return

    def say(done: int) -> None:
        if done % PLAIN_LINE_EVERY == 0 or done == total:
            click.echo(_("%(what)s: %(done)s of %(total)s", what=what, done=done, total=total), err=True)

    yield say


def _say(report: Report, *, dry_run: bool) -> None:
    for line, reason in sorted(report.left_out):
        click.echo(_("Line %(line)s left out: %(reason)s", line=line, reason=reason))
    for line, reason in sorted(report.changed):
        click.echo(_("Line %(line)s taken, but: %(reason)s", line=line, reason=reason))
    figures = {
        "read": report.read, "added": report.added, "known": report.known, "left_out": len(report.left_out),
    }  # fmt: skip
    if dry_run:
        click.echo(_("Dry run, nothing was stored."))
    click.echo(_("%(read)s rows read: %(added)s new ideas, %(known)s already there, %(left_out)s left out.", **figures))
    if not report.added:
        click.echo(_("There is nothing new. Nothing changes."))


@blueprint.cli.command("index")
@click.option("--all", "every", is_flag=True, help="Index every idea anew, not only what waits.")
def index(*, every: bool) -> None:
    """Put ideas that wait into the search. The worker does this by itself within seconds."""
    if every:
        with transaction():
            index_all_anew()
    click.echo(_("%(number)s ideas indexed.", number=_index(ideas_to_index())))


def _index(total: int) -> int:
    done = 0
    with _progress(total, _("Indexing for the search")) as step:
        while number := _index_some():
            done += number
            step(min(done, total))
    return done


def _index_some() -> int:
    with transaction():
        return index_ideas()


@job("ideas.index", seconds=3)
def keep_index() -> None:
    """What was published, changed or hidden reaches the search within seconds."""
    while not stopping.is_set() and ideas_to_index() and _index_some():
        pass


@blueprint.cli.command("tidy")
def tidy() -> None:
    """Tell authors of drafts that will go, and delete those whose time is over: 90 days after their last change."""
    told, gone = _tidy()
    click.echo(f"{told} authors told, {gone} drafts deleted")


@job("ideas.tidy", seconds=3600)
def keep_tidy() -> None:
    """Drafts go where everything goes that was kept long enough: in `privacy`."""
    while not stopping.is_set() and _warn_some():
        pass
    with transaction():
        tell_of_discussions()


def _warn_some() -> int:
    with transaction():
        return warn_of_old_drafts()


def _tidy() -> tuple[int, int]:
    """Some at a time, until nothing is left. Whoever runs it again finds nothing to do."""
    told = gone = 0
    while not stopping.is_set():
        with transaction():
            warned, removed = warn_of_old_drafts(), remove_old_drafts()
        told, gone = told + warned, gone + removed
        if not (warned or removed):
            break
    return told, gone


@blueprint.cli.command("duplicates")
@click.argument("slug", metavar="CALL")
def duplicates(slug: str) -> None:
    """List pairs of ideas of CALL that look the same, the likest first: likeness, kind, both numbers and titles."""
    with transaction():
        number = store_duplicates(call_named(slug))
    for pair, first, second in duplicates_of(call_named(slug), most=number):
        click.echo(f"{pair.likeness / 1000:.3f}\t{pair.kind}\t{first.id}\t{second.id}\t{first.title}\t{second.title}")
    click.echo(_("%(number)s likely pairs.", number=number))


@job("ideas.duplicates", seconds=1800)
def keep_duplicates() -> None:
    for slug in [call.slug for call in calls() if is_open(call, "collect", now())]:
        with transaction():
            store_duplicates(call_named(slug))


def call_named(slug: str) -> Call:
    call = find_call(slug)
    if call is None:
        known = ", ".join(call.slug for call in calls()) or "–"
        raise click.ClickException(_("There is no call “%(slug)s”. There are: %(known)s", slug=slug, known=known))
    return call
