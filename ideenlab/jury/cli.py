"""Ballots from a file, and the ranking as text or JSON."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import click
from flask import Blueprint

from ideenlab.core.db import transaction
from ideenlab.core.errors import Invalid, NotAllowed, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_hackathon, get_any_hackathon
from ideenlab.jury.actions import GivenBallot, GivenCriterion, ImportReport, hackathon_for_import, import_ballots
from ideenlab.jury.maths import six_places
from ideenlab.jury.maths.proof import NoProtocol, verify
from ideenlab.jury.models import Criterion, Juror
from ideenlab.jury.queries import Entry, figures_of
from ideenlab.prototypes.models import HandIn

blueprint = Blueprint("jury_cli", __name__, cli_group="jury")

NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)
HIGHEST = 100
COLUMNS = {"prototype": ("prototype", "project"), "juror": ("juror", "judge"), "criterion": ("criterion",),
           "score": ("score",)}  # fmt: skip
LENGTHS = {
    "prototype": HandIn.title.type.length, "juror": Juror.name.type.length, "criterion": Criterion.title.type.length
}  # fmt: skip
MOST_DIFFERENCES = 20
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Faults(Exception):
    """What is wrong with a file, one line of text for each fault."""


@blueprint.cli.command("import")
@click.argument("file", type=FILE)
@click.option("--hackathon", "slug", required=True, help="Slug of the hackathon the ballots belong to.")
@click.option("--criteria", "criteria_file", type=FILE, required=True, help="CSV: criterion, weight, min, max.")
@click.option("--create", "title", default="", help="Title of the hackathon if it has to be made.")
def import_file(file: Path, slug: str, criteria_file: Path, title: str) -> None:
    """Import ballots from FILE: a CSV with the columns prototype (or project), juror (or judge), criterion, score.

    What is missing is made: prototypes, jurors, criteria – and the hackathon, with all its windows closed. A missing
    or empty score stays missing; such a ballot is unfinished and does not count. All of the file is taken or nothing,
    and a second run changes nothing.
    """
    try:
        criteria = read_criteria(criteria_file)
        ballots = read_ballots(file, criteria)
        with transaction(), click.progressbar(ballots, label=_("Ballots")) as progress:
            hackathon, note = _hackathon(slug, title)
            report = import_ballots(hackathon, criteria=list(criteria.values()), ballots=progress)
    except (Faults, Invalid, NotAllowed) as error:
        raise click.ClickException(_("Nothing was imported.") + f"\n{error}") from error
    for line in (note, *_told(report)):
        if line:
            click.echo(line)


@blueprint.cli.command("ranking")
@click.argument("slug")
@click.option("--json", "as_json", is_flag=True, help="A list of objects instead of a table.")
def ranking(slug: str, as_json: bool) -> None:  # noqa: FBT001
    """Print the ranking of the hackathon SLUG as the ballots stand now.

    Ordered by place; prototypes that miss the quorum have none and come last, by title. As JSON: prototype, score
    (a decimal string with six places, or null without a ballot that counts), ballots (how many count), place.
    """
    try:
        entries = figures_of(get_any_hackathon(slug)).entries
    except NotFound as error:
        raise click.ClickException(_("There is no hackathon “%(slug)s”.", slug=slug)) from error
    if as_json:
        click.echo(json.dumps([_as_json(entry) for entry in entries], ensure_ascii=False, indent=2))
        return
    for entry in entries:
        row = _as_json(entry)
        click.echo(f"{row['place'] or '–':>4}  {row['score'] or '–':>11}  {row['ballots']:>4}  {row['prototype']}")


@blueprint.cli.command("verify")
@click.argument("file", type=FILE)
@click.option("--sha256", "published", default="", help="The published hash, to be compared with that of the file.")
def verify_file(file: Path, published: str) -> None:
    """Compute the result in FILE, a protocol as JSON, again: from the rules and ballots in it and nothing else.

    Needs no database. Says that it is right, or where it differs: the path, what stands there, what follows. Exit
    status: 0 right, 1 different, 2 no protocol.
    """
    try:
        proof = verify(file.read_bytes())
    except NoProtocol as error:
        click.echo(_("This file is no protocol of a result: %(fault)s", fault=str(error)), err=True)
        raise SystemExit(2) from None
    click.echo(_("%(title)s: %(prototypes)s prototypes, %(ballots)s ballots", title=proof.title,
                 prototypes=proof.prototypes, ballots=proof.ballots))  # fmt: skip
    click.echo(f"SHA-256 {proof.sha256}")
    for each in proof.differences[:MOST_DIFFERENCES]:
        click.echo(_("%(path)s: the file says %(stated)s, computed %(computed)s",
                     path=each.path, stated=each.stated, computed=each.computed))  # fmt: skip
    if len(proof.differences) > MOST_DIFFERENCES:
        click.echo(_("… and %(more)s more places", more=len(proof.differences) - MOST_DIFFERENCES))
    other = bool(published) and published.strip().lower() != proof.sha256
    if other:
        click.echo(_("The hash is not the one that was published: this is another file."))
    if proof.differences or other:
        raise SystemExit(1)
    click.echo(_("This is right: everything in the file follows from its rules and ballots."))


def _as_json(entry: Entry) -> dict[str, str | int | None]:
    standing = entry.standing
    score = None if standing.score is None else six_places(standing.score)
    return {
        "prototype": entry.hand_in.title,
        "score": score,
        "ballots": standing.ballots,
        "place": standing.place,
    }


def _hackathon(slug: str, title: str) -> tuple[Hackathon, str]:
    found = find_hackathon(slug)
    if found:
        return found, ""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or len(slug) > Hackathon.slug.type.length:
        raise Invalid(_("“%(slug)s” cannot be part of an address: small letters, digits and hyphens.", slug=slug))
    made = hackathon_for_import(slug, title=clean_line(title)[: Hackathon.title.type.length] or slug)
    return made, _("The hackathon “%(title)s” was made, with all its windows closed.", title=made.title)


def _told(report: ImportReport) -> Iterator[str]:
    yield _("New: %(criteria)s criteria, %(prototypes)s prototypes, %(jurors)s jurors.",
            criteria=report.criteria, prototypes=report.prototypes, jurors=report.jurors)  # fmt: skip
    yield _("Ballots: %(submitted)s complete, %(unfinished)s unfinished (these do not count).",
            submitted=report.submitted, unfinished=report.unfinished)  # fmt: skip
    yield _("%(unchanged)s of them were here already.", unchanged=report.unchanged)


@dataclass(frozen=True)
class Row:
    """One line of a file, its cells by the name of the column."""

    line: int
    cells: Mapping[str, str]

    def fault(self, text: str) -> str:
        return str(_("Line %(line)s: %(fault)s", line=self.line, fault=text))

    def half_points(self, name: str) -> int:
        """The number of this cell in half points; Faults when it is none or too fine."""
        text = self.cells[name].strip()
        if not NUMBER.fullmatch(text):
            raise Faults(self.fault(_("“%(text)s” is not a number such as 4 or 4.5.", text=text[:40])))
        doubled = Decimal(text) * 2
        if doubled != int(doubled):
            raise Faults(self.fault(_("%(text)s is finer than half a point.", text=text)))
        return int(doubled)


def read_criteria(file: Path) -> dict[str, GivenCriterion]:
    """The criteria of a file by title. Raises Faults."""
    found: dict[str, GivenCriterion] = {}
    faults = []
    for row in _rows(file, {"criterion": ("criterion",), "weight": ("weight",)}, optional={"min": "0", "max": "5"}):
        try:
            criterion = _criterion(row, found)
            found[criterion.title] = criterion
        except Faults as fault:
            faults.append(str(fault))
    if faults or not found:
        raise Faults("\n".join(faults) or _("The file has no criteria."))
    return found


def _criterion(row: Row, before: Mapping[str, GivenCriterion]) -> GivenCriterion:
    title, weight = clean_line(row.cells["criterion"]), row.cells["weight"].strip()
    if not title or len(title) > (LENGTHS["criterion"] or 0):
        raise Faults(
            row.fault(_("A criterion needs a title of at most %(most)s characters.", most=LENGTHS["criterion"]))
        )
    if title in before:
        raise Faults(row.fault(_("“%(title)s” is there twice.", title=title)))
    if not NUMBER.fullmatch(weight) or not 0 < Decimal(weight) <= 1000:
        raise Faults(row.fault(_("“%(text)s” is not a weight above 0 and up to 1000.", text=weight[:40])))
    lowest, highest = row.half_points("min"), row.half_points("max")
    if not lowest < highest <= HIGHEST * 2:
        raise Faults(row.fault(_("The scale must go up, to %(most)s at most.", most=HIGHEST)))
    if any((other.lowest, other.highest) != (lowest, highest) for other in before.values()):
        raise Faults(row.fault(_("All criteria must have the same scale.")))
    return GivenCriterion(title, Decimal(weight), lowest, highest)


def read_ballots(file: Path, criteria: Mapping[str, GivenCriterion]) -> list[GivenBallot]:
    """The ballots of a file in long form, in the order in which they first appear. Raises Faults, all at once."""
    ballots: dict[tuple[str, str], dict[str, int]] = {}
    lines: dict[tuple[str, str, str], int] = {}
    faults = []
    for row in _rows(file, COLUMNS):
        try:
            _take(row, criteria, ballots, lines)
        except Faults as fault:
            faults.append(str(fault))
    if faults or not ballots:
        raise Faults("\n".join(faults) or _("The file has no ballots."))
    return [GivenBallot(prototype, juror, values) for (prototype, juror), values in ballots.items()]


def _take(
    row: Row, criteria: Mapping[str, GivenCriterion], ballots: dict[tuple[str, str], dict[str, int]],
    lines: dict[tuple[str, str, str], int],
) -> None:  # fmt: skip
    names = {name: clean_line(row.cells[name]) for name in LENGTHS}
    for name, most in LENGTHS.items():
        if not names[name] or len(names[name]) > (most or 0):
            raise Faults(row.fault(_("“%(column)s” needs 1 to %(most)s characters.", column=name, most=most)))
    prototype, juror, title = names["prototype"], names["juror"], names["criterion"]
    if title not in criteria:
        raise Faults(row.fault(_("There is no criterion “%(title)s”.", title=title)))
    first = lines.setdefault((prototype, juror, title), row.line)
    if first != row.line:
        raise Faults(row.fault(_("The same juror, prototype and criterion as in line %(first)s.", first=first)))
    values = ballots.setdefault((prototype, juror), {})
    if not row.cells["score"].strip():
        return
    value, scale = row.half_points("score"), criteria[title]
    if not scale.lowest <= value <= scale.highest:
        text = _("%(text)s is not on the scale from %(lowest)s to %(highest)s.", text=row.cells["score"].strip(),
                 lowest=f"{scale.lowest / 2:g}", highest=f"{scale.highest / 2:g}")  # fmt: skip
        raise Faults(row.fault(text))
    values[title] = value


def _rows(
    file: Path, columns: Mapping[str, tuple[str, ...]], optional: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """The rows of a CSV in UTF-8 or Latin-1, with commas or semicolons; columns in any order, further ones ignored."""
    data = file.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    try:
        heads = [clean_line(name).casefold() for name in next(reader, [])]
        where = {name: next((heads.index(word) for word in words if word in heads), -1)
                 for name, words in {**columns, **{name: (name,) for name in optional or {}}}.items()}  # fmt: skip
        missing = [words for name, words in columns.items() if where[name] < 0]
        if missing:
            raise Faults("\n".join(_("The column “%(name)s” is missing.", name=words[0]) for words in missing))
        line = reader.line_num + 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield _row(line, cells, where, optional or {}, len(heads))
            line = reader.line_num + 1
    except csv.Error as error:
        raise Faults(_("Line %(line)s: %(fault)s", line=reader.line_num, fault=str(error))) from error


def _row(line: int, cells: list[str], where: Mapping[str, int], optional: Mapping[str, str], width: int) -> Row:
    if len(cells) != width:
        fault = _("%(found)s columns instead of %(width)s.", found=len(cells), width=width)
        raise Faults(_("Line %(line)s: %(fault)s", line=line, fault=fault))
    given = {name: cells[place] if place >= 0 else "" for name, place in where.items()}
    return Row(line, {name: value or optional.get(name, "") for name, value in given.items()})
