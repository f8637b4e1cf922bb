from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.archives.models import AfterNote
from ideenlab.archives.queries import due_notes, find_note, organisers
from ideenlab.archives.rules import may_archive, may_reopen, may_thank, may_write_note
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text, render_markdown
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import registrations_of
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.queries import members_of


def thank_everybody(organiser: Person, *, hackathon: Hackathon, text: str) -> int:
    """A mail to everybody with a place, once. Gives the number of people."""
    _lock(hackathon)
    require(may_thank(organiser, hackathon, now()))
    text = clean_text(text)
    if not text:
        raise Invalid(_("Please write a few lines."), field="text")
    thanked = registrations_of(hackathon)
    for registration in thanked:
        key = f"archives.thanks:{hackathon.id}:{registration.person_id}"
        tell(registration.person, "archives/thanks", once_key=key, hackathon=hackathon, text=text)
    record(organiser, "archives.thanked", hackathon, note=str(len(thanked)))
    db.session.flush()
    return len(thanked)


def write_note(person: Person, *, prototype: Prototype, months: int, text: str, revision: int) -> AfterNote:
    """What became of it. Raises Conflict with both texts when `revision` is not the latest; 0 is the first."""
    require(may_write_note(person, prototype, months, now()))
    text = clean_text(text)
    row = {"text": text, "text_html": render_markdown(text), "written_by_id": person.id, "written_at": now()}
    if revision == 0:
        saved = insert_missing(
            AfterNote, {"prototype_id": prototype.id, "months": months, "revision": 1, **row}
        )  # fmt: skip
    else:
        changed = db.session.execute(
            update(AfterNote)
            .where(
                AfterNote.prototype_id == prototype.id, AfterNote.months == months, AfterNote.revision == revision
            )
            .values(revision=revision + 1, **row)
            .execution_options(synchronize_session="fetch")
        )  # fmt: skip
        saved = bool(changed.rowcount)  # type: ignore[attr-defined]
    stored = find_note(prototype, months)
    if not saved or stored is None:
        label = _("What became of it")
        kept = [(label, stored.text)] if stored else []
        raise Conflict(_("Somebody else has written here meanwhile."), mine=[(label, text)], stored=kept)
    record(person, "archives.note_written", prototype, note=str(months))
    db.session.flush()
    return stored


def remind_of_notes() -> int:
    """Tell teams and organisers once what could be written by now. Gives the number of notes that are missing."""
    due = due_notes(now())
    for each in due:
        for member in members_of(each.prototype.team):
            key = f"archives.note_due:{each.prototype.id}:{each.months}:{member.id}"
            tell(
                member, "archives/note_due", kind="hackathon", once_key=key, hackathon=each.hackathon,
                prototype=each.prototype, months=each.months,
            )  # fmt: skip
    for hackathon, months in dict.fromkeys((each.hackathon, each.months) for each in due):
        for organiser in organisers():
            key = f"archives.notes_due:{hackathon.id}:{months}:{organiser.id}"
            tell(
                organiser, "archives/notes_due", kind="work", once_key=key, hackathon=hackathon, months=months
            )  # fmt: skip
    db.session.flush()
    return len(due)


def archive_hackathon(organiser: Person, *, hackathon: Hackathon) -> None:
    """From now on nothing in it changes; every page stays."""
    _lock(hackathon)
    require(may_archive(organiser, hackathon, now()))
    hackathon.archived_at = now()
    record(organiser, "archives.archived", hackathon)
    db.session.flush()


def reopen_hackathon(administrator: Person, *, hackathon: Hackathon) -> None:
    _lock(hackathon)
    require(may_reopen(administrator, hackathon))
    hackathon.archived_at = None
    record(administrator, "archives.reopened", hackathon)
    db.session.flush()


def _lock(hackathon: Hackathon) -> None:
    """Two who press a button at once: the second waits, and finds what the first has done."""
    held = update(Hackathon).where(Hackathon.id == hackathon.id).values(revision=Hackathon.revision)
    db.session.execute(held.execution_options(synchronize_session=False))
    db.session.refresh(hackathon)
