"""Notices on the page, and mails: at once in the transaction of the thing they tell about, or later in a digest."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, case, delete, func, literal, select, update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime, db
from ideenlab.core.i18n import LANGUAGES, speaking
from ideenlab.core.mailtext import write_letter
from ideenlab.core.upsert import insert_missing, insert_selected
from ideenlab.notifications.actions.letters import mail_at_once
from ideenlab.notifications.actions.notices import notice_columns, notice_row
from ideenlab.notifications.actions.paces import due_times
from ideenlab.notifications.actions.passing_on import pass_on
from ideenlab.notifications.models import DEFAULT_PACES, IMPORTANT, KINDS, PACES, Follow, MailPreference, Notice
from ideenlab.notifications.queries import number_of, pace_of

COLUMNS = [
    "person_id", "kind", "text", "detail", "path", "thing", "thing_id", "thing_title", "once_key", "created_at",
    "mail_at",
]  # fmt: skip


def tell(
    person: Person, template: str, *, kind: str = IMPORTANT, once_key: str | None = None, about: Model | None = None,
    detail: str = "", qr_text: str = "", **values: object,
) -> None:  # fmt: skip
    """Tell a person something: a notice on the page, and a mail as soon as they want mails of this kind.

    `templates/mail/<template>.txt` is the mail; its first line is the subject and the notice, its first link where the
    notice leads. `about` is what notices are grouped by, otherwise the first of the values that has a title. Important
    mails always leave at once, and those with a secret leave no notice. People without an address read the notice when
    they sign in with their card; who registered them gets the mail. Nobody is told anything about a closed account, or
    about somebody made up for a rehearsal. `qr_text` goes along with the mail as the picture of a QR code.
    """
    if person.state == "closed" or person.is_trial:
        return
    pace = pace_of(person, kind) if person.email else "never"
    with speaking(person.language):
        letter = write_letter(template, person=person, **values)
        if "secret" not in values:
            row = notice_row(person, kind, letter, about or _titled(values), detail, pace)
            if not insert_missing(Notice, {**row, "once_key": once_key}) and kind != IMPORTANT:
                return
        if pace == "at_once":
            mail_at_once(person, kind, letter, once_key, qr_text=qr_text)
    if person.email is None and "secret" not in values:
        pass_on(person, template, kind=kind, about=about or _titled(values), values=values)


def tell_followers(
    thing: Model, template: str, *, kind: str = "followed", once: str, but: Collection[Person] = (), detail: str = "",
    about: Model | None = None, **values: object,
) -> None:  # fmt: skip
    """Tell everybody who follows a thing. They read subject and first link of the template, and `detail`.

    It costs one statement for each language, however many they are; their mails leave with the next digest, which for
    those who want to know at once is within a minute. `once` names the event: nobody hears of it twice, also when it
    is told to followers of several things. `about` is what notices are grouped by, else the thing.
    """
    followers = select(Follow.person_id).where(Follow.thing == thing.__tablename__, Follow.thing_id == number_of(thing))
    tell_many(followers, template, kind=kind, once=once, but=but, detail=detail, about=about or thing, **values)


def tell_many(
    whom: Select[int], template: str, *, kind: str, once: str, about: Model, but: Collection[Person] = (),
    detail: str = "", **values: object,
) -> None:  # fmt: skip
    """Tell everybody whose number a query gives, in the same way and at the same cost as followers."""
    assert kind in KINDS
    for language in LANGUAGES:
        with speaking(language):
            letter = write_letter(template, person=None, **values)
            notice = notice_columns(kind, letter, about, detail)
        _insert_for_many(whom, language, notice, once, [person.id for person in but])


def _insert_for_many(
    whom: Select[int], language: str, notice: dict[str, object], once: str, but: Collection[int]
) -> None:
    db.session.flush()
    wanted = whom.subquery()
    number = wanted.c[0]
    texts = [literal(notice[name]).label(name) for name in COLUMNS[1:8]]
    chosen = func.coalesce(MailPreference.pace, DEFAULT_PACES[str(notice["kind"])])
    due = due_times()
    times = {pace: literal(due[pace], UtcDateTime) for pace in PACES}
    followers = (
        select(
            number, *texts, literal(once[:120]), literal(now(), UtcDateTime),
            case((Person.email.is_(None), times["never"]), *((chosen == pace, time) for pace, time in times.items())),
        )
        .join(Person, Person.id == number)
        .outerjoin(MailPreference, (MailPreference.person_id == number) & (MailPreference.kind == notice["kind"]))
        .where(
            number.not_in(but), Person.state == "active", Person.language == language,
        )
    )  # fmt: skip
    insert_selected(Notice, COLUMNS, followers)


def _titled(values: dict[str, object]) -> Model | None:
    things = (value for value in values.values() if isinstance(value, Model))
    return next((thing for thing in things if hasattr(thing, "title") or hasattr(thing, "name")), None)


def rename_in_notices(thing: Model, *, before: str, after: str) -> None:
    """A name that must not be read any more goes from what people were told about its owner."""
    db.session.flush()
    texts = {
        column: func.replace(getattr(Notice, column), before, after) for column in ("text", "detail", "thing_title")
    }
    told = update(Notice).where(Notice.thing == thing.__tablename__, Notice.thing_id == number_of(thing))
    db.session.execute(told.values(texts), execution_options={"synchronize_session": False})


def forget_notices(thing: Model, *, since: datetime | None = None, path: str = "") -> None:
    """Take back what people were told about a thing: its words must not be read any more, also in mails to come.

    With `path` only what leads there: to one comment on an idea.
    """
    db.session.flush()
    told = delete(Notice).where(Notice.thing == thing.__tablename__, Notice.thing_id == number_of(thing))
    if path:
        told = told.where(Notice.path == path)
    db.session.execute(told.where(Notice.created_at >= since) if since else told)
