from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model
from ideenlab.core.mailtext import Letter
from ideenlab.core.text import clean_line
from ideenlab.notifications.actions.paces import due_times
from ideenlab.notifications.queries import number_of


def notice_row(
    person: Person, kind: str, letter: Letter, about: Model | None, detail: str, pace: str
) -> dict[str, object]:
    """A notice to one person, which waits for a digest where they want it in one."""
    due = due_times()[pace] if pace in ("daily", "weekly") else None
    return {
        **notice_columns(kind, letter, about, detail), "person_id": person.id, "created_at": now(), "mail_at": due
    }  # fmt: skip


def notice_columns(kind: str, letter: Letter, about: Model | None, detail: str) -> dict[str, object]:
    return {
        "kind": kind, "text": clean_line(letter.subject)[:200], "detail": clean_line(detail)[:300],
        "path": letter.path if len(letter.path) <= 300 else "",
        "thing": about.__tablename__ if about is not None else "",
        "thing_id": number_of(about) if about is not None else None,
        "thing_title": clean_line(getattr(about, "title", "") or getattr(about, "name", ""))[:200],
    }  # fmt: skip
