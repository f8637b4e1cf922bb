"""Commands of whoever runs the house: `flask backup`, `restore`, `copy-to`, `doctor`."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import click
from flask import Blueprint, current_app
from flask_migrate import upgrade
from sqlalchemy.exc import OperationalError

from ideenlab.config import DATABASES, database_address
from ideenlab.core.db import db, roll_back, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import speaking
from ideenlab.core.jobs import job
from ideenlab.core.security import city
from ideenlab.core.storage import NoRoom
from ideenlab.operating import actions
from ideenlab.operating.queries import has_tables
from ideenlab.operating.rules import BACKUP_MARK, findings

blueprint = Blueprint("operating_cli", __name__, cli_group=None)


@blueprint.cli.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write database and stored files into FILE, while the city goes on. It fits SQLite and PostgreSQL.

    FILE is complete or not there at all, and nothing is ever written over.
    """
    with _plainly():
        packed = actions.back_up(file, tell=click.echo)
        (city().instance / BACKUP_MARK).touch()
    click.echo(f"{file}: {packed.rows:,} rows, {packed.files:,} files, {file.stat().st_size / 1e6:,.1f} MB")
    click.echo("Keep it where nobody else reads. The settings (.env) and instance/secret_key are not in it.")
    _name_lost(packed.missing, packed.damaged)


@blueprint.cli.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Fill an empty database and an empty folder of stored files from FILE. All of it, or nothing."""
    with _plainly(), file.open("rb") as source:
        unpacked = _unpack(source)
    click.echo(f"Restored: {unpacked.rows:,} rows, {unpacked.files:,} files. Each was compared with its hash.")
    _name_lost(unpacked.missing, unpacked.damaged)


@blueprint.cli.command("copy-to")
@click.argument("url")
def copy_to(url: str) -> None:
    """Copy all rows into the empty database at URL, from SQLite to PostgreSQL or back. The stored files stay.

    Stop server and worker before: what is written meanwhile does not come along.
    """
    address = database_address(url)
    if not address.startswith(DATABASES):
        raise click.ClickException("The URL must begin with sqlite:/// or postgresql://.")
    if address == city().database_url:
        raise click.ClickException("This is the database that is in use.")
    with _plainly(), tempfile.TemporaryDirectory(dir=city().instance) as folder:
        file = Path(folder) / "rows"
        actions.back_up(file, tell=_quiet, with_files=False)
        other = current_app.extensions["create_app"](replace(city(), database_url=address))
        with other.app_context(), file.open("rb") as source:
            try:
                unpacked = _unpack(source, with_files=False)
            finally:
                db.session.remove()
                db.engine.dispose()
    click.echo(f"Copied: {unpacked.rows:,} rows. Now set DATABASE_URL to this address and start again.")


@blueprint.cli.command("doctor")
def doctor() -> None:
    """Say what is missing before going live, a line for each thing. Ends with 1 when something is."""
    missing = 0
    for finding in findings(city()):
        missing += not finding.is_fine
        click.echo(f"{_('ok') if finding.is_fine else _('missing'):7} {finding.title}: {finding.sentence}")
    if missing:
        raise SystemExit(1)


@job("operating.note_runs", seconds=30)
def note_runs() -> None:
    with transaction():
        actions.note_runs()


def _quiet(_line: str) -> None:
    pass


def _unpack(source: BinaryIO, *, with_files: bool = True) -> actions.Unpacked:
    tell: Callable[[str], None] = click.echo
    if not has_tables():
        roll_back()
        upgrade()
    with actions.whole_or_nothing() as stored, transaction():
        return actions.restore(source, stored=stored, tell=tell, with_files=with_files)


@contextmanager
def _plainly() -> Iterator[None]:
    """Says in English, as all commands do, why nothing happened."""
    try:
        with speaking("en"):
            yield
    except (actions.Refused, actions.Broken, NotAllowed) as problem:
        raise click.ClickException(f"{problem} Nothing was changed.") from problem
    except NoRoom as problem:
        raise click.ClickException("The disk is full. Nothing was changed.") from problem
    except OperationalError as problem:
        raise click.ClickException(f"The database cannot be used: {problem.orig}") from problem
    except OSError as problem:
        raise click.ClickException(f"{problem.filename or ''} {problem.strerror or problem}".strip()) from problem


def _name_lost(missing: tuple[str, ...], damaged: tuple[str, ...]) -> None:
    """What was lost before the backup was made; it is told, and everything else is kept."""
    for key in missing:
        click.echo(f"missing: {key}", err=True)
    for key in damaged:
        click.echo(f"damaged: {key}", err=True)
    if missing or damaged:
        raise SystemExit(2)
