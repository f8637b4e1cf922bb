"""What must not stay anywhere: a telephone number, a name, a picture. Nobody gets it back, and it is noted nowhere.

A passage is looked for in the idea and in everything that hangs on it, found by the keys that tables point to it
with: so a table that is built tomorrow is searched too. Mails that still have their text are all searched.
"""

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Table, select, update
from sqlalchemy import String as StringType

from ideenlab.accounts.models import Person
from ideenlab.comments.models import CommentVersion
from ideenlab.core.db import Model, db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_text, render_markdown
from ideenlab.core.verdict import require
from ideenlab.ideas.actions.images import take_image
from ideenlab.ideas.models import Idea, IdeaImage, IdeaVersion
from ideenlab.mail.models import Mail
from ideenlab.moderation.actions.deciding import note_blackening
from ideenlab.moderation.queries import Key, Thing, find_thing, things_of
from ideenlab.moderation.rules import may_blacken

BLACK = "█████ (geschwärzt)"
SHORTEST, LONGEST = 3, 500
AT_ONCE = 5_000
WORDS = {
    "title",
    "text",
    "excerpt",
    "place",
    "alt",
    "note",
    "detail",
    "reason",
    "hidden_reason",
    "locked_reason",
    "end_reason",
    "withdrawn_reason",
    "thing_title",
    "label",
}  # columns that people type into


def blacken_passage(moderator: Person, *, idea: Idea, passage: str, reason: str) -> int:
    """Replace a passage everywhere. Gives in how many texts it stood."""
    require(may_blacken(moderator))
    pattern = _pattern(passage)
    db.session.flush()
    places = [place for table, chosen in _all_of(idea) for place in _blacken_table(table, chosen, pattern)]
    found = len(places) + _blacken_mails(pattern)
    if not found:
        raise Invalid(_("This passage was not found. Please copy it exactly as it stands there."), field="passage")
    _look_again(idea)
    for thing in _written_by_somebody(idea, places):
        note_blackening(moderator, thing=thing, reason=pattern.sub(BLACK, clean_text(reason)))
    return found


def _written_by_somebody(idea: Idea, places: list[Key]) -> list[Thing]:
    """Whose authors must know: the comments in which it stood, and the idea, unless it stood in comments alone."""
    versions = {number for table, number in places if table == "comment_versions"}
    of_versions = db.session.scalars(select(CommentVersion.comment_id).where(CommentVersion.id.in_(versions)))
    comments = {number for table, number in places if table == "comments"} | set(of_versions)
    in_idea = any(table in ("ideas", "idea_versions", "idea_images") for table, _number in places)
    keys: list[Key] = [("ideas", idea.id)] if in_idea or not comments else []
    found = things_of([*keys, *(("comments", number) for number in sorted(comments))])
    return list(found.values())


def blacken_version(moderator: Person, *, version: IdeaVersion, idea: Idea, reason: str) -> None:
    """An old version: that there was one stays, what it said goes."""
    require(may_blacken(moderator))
    if version.idea_id != idea.id or version.text == BLACK:
        raise Conflict(_("This version is not there, or blackened already."))
    version.title, version.text, version.place = BLACK, BLACK, ""
    version.latitude = version.longitude = None
    db.session.flush()
    _note(moderator, idea, reason)


def blacken_image(moderator: Person, *, image: IdeaImage, reason: str) -> None:
    """A picture with all its files. After the transaction nothing of it is left in the storage."""
    require(may_blacken(moderator))
    idea = image.idea
    take_image(moderator, image=image)
    _note(moderator, idea, reason)


def _note(moderator: Person, idea: Idea, reason: str) -> None:
    thing = find_thing("ideas", idea.id)
    assert thing is not None
    note_blackening(moderator, thing=thing, reason=reason)


def _pattern(passage: str) -> "re.Pattern[str]":
    """The words as they stand there: blanks, line ends and marks of Markdown between them play no part."""
    words = clean_text(passage).split()
    if not SHORTEST <= len(" ".join(words)) <= LONGEST:
        sentence = _("A passage has %(least)s to %(most)s characters.", least=SHORTEST, most=LONGEST)
        raise Invalid(sentence, field="passage")
    return re.compile(r"[\s*_`~>]+".join(map(re.escape, words)), re.IGNORECASE)


def _all_of(idea: Idea) -> Iterable[tuple[Table, ColumnElement[bool]]]:
    """The tables that hold something of the idea, and which of their rows."""
    found: dict[str, set[int]] = {"ideas": {idea.id}, "threads": {idea.thread_id}}
    tables = [table for table in Model.metadata.sorted_tables if "id" in table.columns]  # after those they point to
    for table in tables:
        _follow_keys(found, table)
    named = [table for table in tables if {"thing", "thing_id"} <= set(table.columns.keys())]
    for table in (*named, *named):  # twice: a notice may be about a measure
        for name, numbers in list(found.items()):
            _add(found, table, _numbers(table, table.c.thing_id, numbers, table.c.thing == name))
    for name in ("reports", "appeals"):  # hang on what was found last
        _follow_keys(found, Model.metadata.tables[name])
    for name, numbers in found.items():
        table = Model.metadata.tables[name]
        for some in _in_pieces(numbers):
            yield table, table.c.id.in_(some)


def _follow_keys(found: dict[str, set[int]], table: Table) -> None:
    for column in table.columns:
        for key in column.foreign_keys:
            _add(found, table, _numbers(table, column, found.get(key.column.table.name, set())))


def _add(found: dict[str, set[int]], table: Table, numbers: set[int]) -> None:
    if numbers:
        found.setdefault(table.name, set()).update(numbers)


def _numbers(table: Table, column: Any, parents: set[int], *more: ColumnElement[bool]) -> set[int]:
    numbers: set[int] = set()
    for some in _in_pieces(parents):
        numbers |= set(db.session.scalars(select(table.c.id).where(column.in_(some), *more)))
    return numbers


def _in_pieces(numbers: Iterable[int]) -> Iterable[list[int]]:
    ordered = sorted(numbers)
    return (ordered[begin : begin + AT_ONCE] for begin in range(0, len(ordered), AT_ONCE))


def _blacken_table(table: Table, chosen: ColumnElement[bool], pattern: "re.Pattern[str]") -> list[Key]:
    """Every text of these rows; what was rendered from a text is rendered anew. Gives where it stood."""
    names = [column.name for column in table.columns if column.name in WORDS and isinstance(column.type, StringType)]
    if not names:
        return []
    found: list[Key] = []
    for number, *texts in db.session.execute(select(table.c.id, *(table.c[name] for name in names)).where(chosen)):
        values: dict[str, str] = {}
        for name, text in zip(names, texts, strict=True):
            black, times = pattern.subn(BLACK, text or "")
            if times:
                values[name] = black[: getattr(table.c[name].type, "length", None) or len(black)]
                found.append((table.name, number))
        values |= {f"{name}_html": render_markdown(text) for name, text in values.items() if f"{name}_html" in table.c}
        if values:
            db.session.execute(update(table).where(table.c.id == number).values(**values, **_newer(table)))
    return found


def _newer(table: Table) -> dict[str, Any]:
    """A form that is still open with the old text meets a conflict."""
    return {"revision": table.c.revision + 1} if table.name in ("ideas", "comments") else {}


def _blacken_mails(pattern: "re.Pattern[str]") -> int:
    found = 0
    rows = select(Mail.id, Mail.subject, Mail.text).where(Mail.text != "").execution_options(yield_per=500)
    for number, subject, text in db.session.execute(rows).all():
        black, times = pattern.subn(BLACK, text)
        title, more = pattern.subn(BLACK, subject)
        if times or more:
            db.session.execute(update(Mail).where(Mail.id == number).values(text=black, subject=title[:200]))
            found += 1
    return found


def _look_again(idea: Idea) -> None:
    """What was read before is stale, and the search reads the idea and its parts anew."""
    stale = update(Idea).where((Idea.id == idea.id) | (Idea.merged_into_id == idea.id)).values(is_indexed=False)
    db.session.execute(stale, execution_options={"synchronize_session": False})
    db.session.expire_all()
