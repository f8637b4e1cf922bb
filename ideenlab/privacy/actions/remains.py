"""What is left of somebody in files, in what is stored as JSON, and in what others were told."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import String, Table, Text, delete, exists, func, or_, select, update

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Comment, CommentVersion
from ideenlab.core.db import Model, after_commit, db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import speaking
from ideenlab.core.storage import storage
from ideenlab.core.text import render_markdown
from ideenlab.files.models import StoredFile
from ideenlab.history.models import Entry
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.ideas.models import Idea, IdeaImage, IdeaImageSize
from ideenlab.jury.maths import canonical_json
from ideenlab.jury.models import Ballot, BallotRevision, Juror, PaperBallot, Score
from ideenlab.mail.models import Mail
from ideenlab.notifications.models import Notice

QUIETLY = {"synchronize_session": False}
FOR_THE_TEAM = ("strength", "second_strength", "next_step", "comment")
EMPTIED = "–"
TOLD: dict[type[Notice] | type[Mail], tuple[str, ...]] = {
    Notice: ("text", "detail", "thing_title"), Mail: ("subject", "text"),
}  # fmt: skip
WRITTEN_BY_PEOPLE = (  # in the log: reasons and titles; all other notes are numbers, check values, licences and roles
    "merges.proposed", "merges.separated", "feedback.withheld", "prototypes.late_permit_given", "ideas.change_asked",
    "ideas.hidden", "comments.hidden", "comments.locked", "accounts.second_factor_reset", "jury.result_withdrawn",
    "jury.conflict%", "jury.round_opened", "jury.version_%", "teams.renamed", "events.written_to_all",
    "hackathons.announced", "hackathons.announcement_withdrawn", "trails.outcome_told",
)  # fmt: skip


def empty_ballots(person: Person, *, way: str) -> None:
    """Points stay as numbers. The name goes: who leaves takes back that it may be shown."""
    words = (*FOR_THE_TEAM, "note") if way == "everything" else ("note",)
    jurors = select(Juror.id).where(Juror.person_id == person.id)
    ballots = select(Ballot.id).where(Ballot.juror_id.in_(jurors))
    with speaking("de"):
        named = update(Juror).where(Juror.id.in_(jurors)).values(name=_("Juror without a name"))
    db.session.execute(named, execution_options=QUIETLY)
    excused = (Score.ballot_id.in_(ballots), Score.excuse != "")
    db.session.execute(update(Score).where(*excused).values(excuse=EMPTIED), execution_options=QUIETLY)
    for model, of_juror in ((BallotRevision, BallotRevision.ballot_id.in_(ballots)),
                            (PaperBallot, PaperBallot.juror_id.in_(jurors))):  # fmt: skip
        for column in ("content", "checked_content"):
            if hasattr(model, column):
                _empty_json(model, column, of_juror, words)


def _empty_json(model: Any, name: str, where: Any, words: Collection[str]) -> None:
    column = getattr(model, name)
    for number, content in db.session.execute(select(model.id, column).where(where, column != "")).all():
        values = {name: _without(content, words)}
        db.session.execute(update(model).where(model.id == number).values(values), execution_options=QUIETLY)


def _without(content: str, words: Collection[str]) -> str:
    given = json.loads(content)
    given |= dict.fromkeys(words, "")
    given["excuses"] = {key: EMPTIED if text else "" for key, text in given.get("excuses", {}).items()}
    return canonical_json(given)


def drop_images(ideas: Collection[int]) -> None:
    """The pictures of these ideas, whoever put them there."""
    images = select(IdeaImage.id).where(IdeaImage.idea_id.in_(ideas))
    files = list(db.session.scalars(select(IdeaImageSize.file_id).where(IdeaImageSize.image_id.in_(images))))
    db.session.execute(delete(IdeaImage).where(IdeaImage.idea_id.in_(ideas)), execution_options=QUIETLY)
    db.session.execute(update(Idea).where(Idea.id.in_(ideas)).values(image_count=0), execution_options=QUIETLY)
    _drop_unused(StoredFile.id.in_(files))


def drop_files(number: int) -> None:
    """Files of this person that nothing shows any more. What a team or the city still shows stays, as nobody's."""
    _drop_unused(StoredFile.owner_id == number)
    nobodys = update(StoredFile).where(StoredFile.owner_id == number).values(owner_id=None)
    db.session.execute(nobodys, execution_options=QUIETLY)


def _drop_unused(where: Any) -> None:
    """From the storage too, once all of this is kept."""
    files = StoredFile.__table__
    used = [
        exists().where(column == files.c.id) for table in Model.metadata.sorted_tables for column in _of_files(table)
    ]
    unused = select(StoredFile.id, StoredFile.key).where(where, ~or_(*used))
    for file_id, key in db.session.execute(unused).all():
        db.session.execute(delete(StoredFile).where(StoredFile.id == file_id), execution_options=QUIETLY)
        after_commit(lambda key=key: storage().delete(key))  # type: ignore[misc]


def _of_files(table: Table) -> Iterator[Any]:
    return (column for column in table.columns for key in column.foreign_keys if key.column.table.name == "files")


def forget_quotes(comments: Collection[int], ideas: Collection[int]) -> None:
    """What others were told in words of these comments and ideas, also in mails that still wait."""
    begins = tuple(f"comment-{number}-" for number in comments)
    exact = {f"idea-{number}" for number in ideas}
    for model in (Notice, Mail):
        kept = select(model.id, model.once_key).where(
            or_(model.once_key.like("comment-%"), model.once_key.like("idea-%"))
        )
        quoting = [
            row.id for row in db.session.execute(kept) if row.once_key.startswith(begins) or row.once_key in exact
        ]
        db.session.execute(delete(model).where(model.id.in_(quoting)), execution_options=QUIETLY)


def sweep(number: int, pseudonym: str, email: str, *, since: datetime) -> None:
    """The name in what the house wrote to others and where they were called by it; the address wherever it stands.

    Somebody may be called `https`, `17` or `CC`: nothing is looked for that is older than the account, nor in links,
    and in the log only where people wrote the note.
    """
    notes = update(Entry).where(Entry.actor_id == number, Entry.note != LICENCE, Entry.deed != "privacy.erased")
    db.session.execute(notes.values(note=""), execution_options=QUIETLY)
    with speaking("de"):
        instead = _("[deleted]")
    name = re.compile(rf"(?P<kept>https?://\S+)|(?<!\w){re.escape(pseudonym)}(?!\w)")
    for model, columns in TOLD.items():
        _replace(model.__table__, columns, pseudonym, name, instead, model.created_at >= since)
    written = (Entry.at >= since, or_(*(Entry.deed.like(deed) for deed in WRITTEN_BY_PEOPLE)))
    _replace(Entry.__table__, ("note",), pseudonym, name, instead, *written)
    _rename_mentions(pseudonym, instead, since)
    if email:
        address = re.compile(rf"(?<![\w.+-]){re.escape(email)}(?![\w-]|\.\w)", re.IGNORECASE)
        for table in Model.metadata.sorted_tables:
            _replace(table, _texts(table), email, address, instead)


def _texts(table: Table) -> list[str]:
    """Whatever is long enough for an address."""
    texts = [column for column in table.columns if isinstance(column.type, String | Text) and not column.foreign_keys]
    return [
        column.name
        for column in texts
        if (getattr(column.type, "length", None) or 999) > 60 and column.name != "outline"
    ]


def _replace(
    table: Any, columns: Iterable[str], words: str, pattern: re.Pattern[str], instead: str, *where: Any
) -> None:  # fmt: skip
    """In rows that hold these words, longest texts first read by the database, then changed where they match."""

    def fresh_text(match: re.Match[str]) -> str:
        return match.groupdict().get("kept") or instead

    names = list(columns)
    if table.name == "people" or not names:
        return
    holds = or_(*(func.lower(table.c[name]).contains(words.lower(), autoescape=True) for name in names))
    key = list(table.primary_key)
    chosen = select(*key, *(table.c[name] for name in names)).where(holds, *where)
    for row in db.session.execute(chosen).mappings().all():
        fresh = {name: pattern.sub(fresh_text, row[name])[: table.c[name].type.length] for name in names if row[name]}
        here = [column == row[column.name] for column in key]
        db.session.execute(update(table).where(*here).values(fresh))


def _rename_mentions(pseudonym: str, instead: str, since: datetime) -> None:
    """`@name` in comments of others called this person."""
    called = re.compile(rf"(?<![\w@.])@{re.escape(pseudonym)}(?!\w)", re.IGNORECASE)  # no part of an address
    for model, at in ((Comment, Comment.created_at), (CommentVersion, CommentVersion.written_at)):
        found = select(model.id, model.text).where(model.text.contains(f"@{pseudonym}", autoescape=True), at >= since)
        for number, text in db.session.execute(found).all():
            values = {"text": called.sub(f"@{instead}", text)}
            if model is Comment:
                values["text_html"] = render_markdown(values["text"])
            db.session.execute(update(model).where(model.id == number).values(values), execution_options=QUIETLY)
