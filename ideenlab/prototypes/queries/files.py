from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import LARGEST_ID, db
from ideenlab.core.errors import NotFound
from ideenlab.files.models import StoredFile
from ideenlab.prototypes.models import HandIn, Prototype, PrototypeFile
from ideenlab.prototypes.queries.prototypes import file_ids_of, latest_hand_in
from ideenlab.teams.models import Team


def files_of(prototype: Prototype) -> Sequence[PrototypeFile]:
    """The files of the draft, whole or still arriving, in the order in which they were added."""
    return db.session.scalars(
        select(PrototypeFile)
        .join(StoredFile, StoredFile.id == PrototypeFile.file_id)
        .where(PrototypeFile.prototype_id == prototype.id, PrototypeFile.removed_at.is_(None))
        .options(joinedload(PrototypeFile.file, innerjoin=True))
        .order_by(PrototypeFile.id)
    ).all()


def files_of_dissolved() -> Sequence[int]:
    """The numbers of files of teams that were dissolved without having handed in."""
    handed_in = select(HandIn.id).where(HandIn.prototype_id == Prototype.id).exists()
    return db.session.scalars(
        select(PrototypeFile.file_id)
        .join(Prototype, Prototype.id == PrototypeFile.prototype_id)
        .join(Team, Team.id == Prototype.team_id)
        .where(Team.dissolved_at.is_not(None), ~handed_in)
        .order_by(PrototypeFile.file_id)
    ).all()


def get_file(prototype_id: int, file_id: int) -> PrototypeFile:
    """A whole file of a prototype's draft or of one of its versions, or NotFound."""
    attached = _find_attached(file_id, StoredFile.state == "whole")
    if attached is None or attached.prototype_id != prototype_id:
        raise NotFound
    return attached


def get_file_of_draft(prototype: Prototype, file_id: int) -> PrototypeFile:
    """A file of the draft, whole or arriving, or NotFound."""
    attached = _find_attached(file_id, PrototypeFile.removed_at.is_(None))
    if attached is None or attached.prototype_id != prototype.id:
        raise NotFound
    return attached


def get_upload(person: Person, team: Team, file_id: int) -> PrototypeFile:
    """An upload that this person began for this team, arriving or whole, or NotFound."""
    attached = _find_attached(file_id, StoredFile.owner_id == person.id, PrototypeFile.removed_at.is_(None))
    if attached is None or attached.prototype.team_id != team.id:
        raise NotFound
    return attached


def _find_attached(file_id: int, *conditions: ColumnElement[bool]) -> PrototypeFile | None:
    if not 0 < file_id <= LARGEST_ID:
        return None
    return db.session.scalar(
        select(PrototypeFile)
        .join(StoredFile, StoredFile.id == PrototypeFile.file_id)
        .where(PrototypeFile.file_id == file_id, *conditions)
        .options(joinedload(PrototypeFile.file, innerjoin=True), joinedload(PrototypeFile.prototype, innerjoin=True))
    )


def is_file_handed_in(attached: PrototypeFile) -> bool:
    """Whether it belongs to the version that counts."""
    latest = latest_hand_in(attached.prototype)
    return latest is not None and attached.file_id in file_ids_of(latest)


def arriving_of(person: Person, prototype: Prototype) -> int:
    """How many uploads this person has under way here."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(PrototypeFile)
            .join(StoredFile, StoredFile.id == PrototypeFile.file_id)
            .where(
                PrototypeFile.prototype_id == prototype.id,
                StoredFile.owner_id == person.id,
                StoredFile.state == "arriving",
            )
        )
        or 0
    )


@dataclass(frozen=True)
class Space:
    """What a prototype takes: files in its draft, their bytes, and the bytes with those of older versions."""

    files: int
    draft: int
    kept: int


def space_taken(prototype: Prototype) -> Space:
    in_draft = PrototypeFile.removed_at.is_(None)
    files, draft, kept = db.session.execute(
        select(
            func.count().filter(in_draft),
            func.coalesce(func.sum(StoredFile.size).filter(in_draft), 0),
            func.coalesce(func.sum(StoredFile.size), 0),
        )
        .select_from(PrototypeFile)
        .join(StoredFile, StoredFile.id == PrototypeFile.file_id)
        .where(PrototypeFile.prototype_id == prototype.id)
    ).one()
    return Space(files=files, draft=int(draft), kept=int(kept))
