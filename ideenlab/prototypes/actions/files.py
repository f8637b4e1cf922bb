from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import after_commit, db, kept_on_refusal
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import storage
from ideenlab.core.verdict import Verdict, require
from ideenlab.files.actions import Content, begin_arriving, check_content, finish_arriving, keep_content
from ideenlab.files.queries import find_file
from ideenlab.history.actions import record
from ideenlab.prototypes.actions.draft import locked_prototype
from ideenlab.prototypes.models import PrototypeFile
from ideenlab.prototypes.queries import arriving_of, file_ids_of, files_of_dissolved, hand_ins_of
from ideenlab.prototypes.rules import may_add_file, may_change_prototype, may_send_another
from ideenlab.teams.models import Team


def add_file(person: Person, *, team: Team, content: Content) -> PrototypeFile:
    """Put a file into the draft that was stored and looked at before this transaction."""
    prototype = locked_prototype(team)
    require(may_change_prototype(person, team, now()))
    _insist(may_add_file(prototype, content.size))
    attached = PrototypeFile(prototype=prototype, file=keep_content(content, owner_id=person.id))
    db.session.add(attached)
    record(person, "prototypes.file_added", prototype, note=content.name)
    db.session.flush()
    return attached


def begin_upload(person: Person, *, team: Team, name: str, size: int) -> PrototypeFile:
    """Make room for a file that comes in pieces. It counts from now on, and shows as arriving."""
    prototype = locked_prototype(team)
    require(may_change_prototype(person, team, now()))
    _insist(may_send_another(arriving_of(person, prototype)))
    _insist(may_add_file(prototype, size))
    file = begin_arriving(name=name, size=size, owner_id=person.id)
    attached = PrototypeFile(prototype=prototype, file=file)
    db.session.add(attached)
    db.session.flush()
    return attached


def add_piece(person: Person, *, upload: PrototypeFile, piece: bytes, offset: int) -> int:
    """Store a piece and say where the upload stands now. Touches no row, so no transaction waits for it."""
    require(may_change_prototype(person, upload.prototype.team, now()))
    return storage().append(upload.file.key, piece, offset=offset, total=upload.file.size)


def check_upload(upload: PrototypeFile) -> Content:
    """Look at an upload whose last piece is here. Slow: call it outside any transaction.

    What must not be kept is removed with its row, and Invalid says why.
    """
    file_id, key, name = upload.file_id, upload.file.key, upload.file.name
    try:
        return check_content(key, name=name)
    except (Invalid, FileNotFoundError) as error:
        with kept_on_refusal():
            _forget(file_id)
        if isinstance(error, FileNotFoundError):
            raise NotFound from error
        raise


def finish_upload(person: Person, *, upload: PrototypeFile, content: Content) -> None:
    """The upload is whole: from now on it is part of the draft."""
    prototype = locked_prototype(upload.prototype.team)
    require(may_change_prototype(person, prototype.team, now()))
    db.session.refresh(upload.file)
    if upload.file.state == "whole":
        return
    finish_arriving(upload.file, content)
    record(person, "prototypes.file_added", prototype, note=content.name)
    db.session.flush()


def remove_file(person: Person, *, attached: PrototypeFile) -> None:
    """Take a file, whole or arriving, out of the draft. Versions that were handed in with it keep it.

    What no version holds loses its row here and its content once that is kept: a rollback must not lose it, and adding
    and removing must not fill the disk.
    """
    prototype = locked_prototype(attached.prototype.team)
    require(may_change_prototype(person, prototype.team, now()))
    db.session.refresh(attached)
    if attached.removed_at:
        raise Conflict(_("This file was removed before."))
    name = attached.file.name
    if any(attached.file_id in file_ids_of(version) for version in hand_ins_of(prototype)):
        attached.removed_at = now()
    else:
        _forget(attached.file_id)
    record(person, "prototypes.file_removed", prototype, note=name)
    db.session.flush()


def _forget(file_id: int) -> None:
    file = find_file(file_id)
    if file:
        key = file.key
        db.session.delete(file)  # takes the row of the draft with it
        db.session.flush()
        after_commit(lambda: storage().delete(key))


def forget_dissolved() -> int:
    """Remove the files of teams that are no more and never handed in; gives back how many."""
    files = files_of_dissolved()
    for file_id in files:
        _forget(file_id)
    return len(files)


def _insist(verdict: Verdict) -> None:
    if not verdict:
        raise Invalid(verdict.reason, field="files")
