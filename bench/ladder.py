"""What the bare framework does with the same server, database and page weight: the rungs our pages are held against.

`BENCH_DATABASE` is the address of the database that `bench.data` filled, on SQLite or PostgreSQL.
"""

import json
import os
import sqlite3
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, jsonify, redirect, request
from psycopg.rows import dict_row
from sqlalchemy import Engine, ForeignKey, create_engine, event, make_url, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, mapped_column, relationship

URL = make_url(os.environ["BENCH_DATABASE"])
SQLITE = URL.get_backend_name() == "sqlite"
LOCK: Any = threading.Lock() if SQLITE else nullcontext()  # SQLite has one writer, and queues are fairer in front of it
BEGIN = "BEGIN IMMEDIATE" if SQLITE else "BEGIN"
CARDS = """SELECT id, title, excerpt, support_count, comment_count FROM ideas
    WHERE call_id = 1 AND state = 'published' ORDER BY published_at DESC, id DESC LIMIT 20"""
PAGE, DISCUSSION = (
    (Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("page.html", "discussion.html")
)


class Base(DeclarativeBase):
    pass


class Idea(Base):
    __tablename__ = "ideas"
    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int]
    state: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    text_html: Mapped[str]
    excerpt: Mapped[str]
    support_count: Mapped[int]
    comment_count: Mapped[int]
    published_at: Mapped[str]
    thread_id: Mapped[int]


class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    pseudonym: Mapped[str]


class Comment(Base):
    __tablename__ = "comments"
    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    author: Mapped[Person] = relationship()
    text_html: Mapped[str]
    state: Mapped[str]
    stance: Mapped[str]
    created_at: Mapped[str]


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _entry: object) -> None:
    if SQLITE:
        prepare(connection)


def prepare(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


app = Flask(__name__)
template, discussion_template = app.jinja_env.from_string(PAGE), app.jinja_env.from_string(DISCUSSION)
engine = create_engine(URL, pool_size=5)
local = threading.local()
memory = [
    {"id": n, "title": f"Eine Idee mit der Nummer {n} für die Stadt", "excerpt": "Wort für Wort " * 12,
     "support_count": n, "comment_count": n}
    for n in range(20)
]  # fmt: skip


def connection() -> Any:
    """The driver's own connection, one for each thread."""
    if not hasattr(local, "connection"):
        local.connection = _on_sqlite() if SQLITE else _on_postgresql()
    return local.connection


def _on_sqlite() -> sqlite3.Connection:
    made = sqlite3.connect(str(URL.database))
    made.row_factory = sqlite3.Row
    prepare(made)
    return made


def _on_postgresql() -> Any:
    address = URL.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True, row_factory=dict_row)


def ask(statement: str, values: Any = ()) -> Any:
    return connection().execute(statement if SQLITE else statement.replace("?", "%s"), values)


@app.get("/hello")
def hello():
    return "hello"


@app.get("/page")
def page():
    return template.render(ideas=memory)


@app.get("/raw")
def raw():
    return template.render(ideas=ask(CARDS).fetchall())


def _newest(*columns):
    chosen = select(*columns).where(Idea.call_id == 1, Idea.state == "published")
    return chosen.order_by(Idea.published_at.desc(), Idea.id.desc()).limit(20)


CORE = _newest(Idea.id, Idea.title, Idea.excerpt, Idea.support_count, Idea.comment_count)
OBJECTS = _newest(Idea)


@app.get("/core")
def core():
    with engine.connect() as database:
        return template.render(ideas=database.execute(CORE).all())


@app.get("/orm")
def orm():
    with Session(engine) as session:
        return template.render(ideas=session.scalars(OBJECTS).all())


@app.get("/discussion/<int:idea_id>")
def discussion(idea_id: int):
    """An idea with its comments and who wrote them, as objects, in a page as heavy as ours."""
    with Session(engine) as session:
        idea = session.get_one(Idea, idea_id)
        said = select(Comment).where(Comment.thread_id == idea.thread_id).options(joinedload(Comment.author))
        return discussion_template.render(idea=idea, comments=session.scalars(said.order_by(Comment.id)).all())


@app.post("/support/<int:idea_id>")
def support(idea_id: int):
    """The statements of a support, as durable as ours, for a person named in a header and never signed in."""
    person = int(request.headers["X-Person"])
    undo = "undo" in request.args
    with LOCK:
        ask(BEGIN)
        if undo:
            gone = ask("DELETE FROM supports WHERE idea_id = ? AND person_id = ?", (idea_id, person))
            change = -gone.rowcount
        else:
            new = ask(
                "INSERT INTO supports (idea_id, person_id, value, created_at) VALUES (?, ?, 1, CURRENT_TIMESTAMP) "
                "ON CONFLICT DO NOTHING", (idea_id, person),
            )  # fmt: skip
            change = new.rowcount
        if change:
            ask("UPDATE ideas SET support_count = support_count + ? WHERE id = ?", (change, idea_id))
        ask("COMMIT")
    return redirect(f"/idee/{idea_id}", 303)


SEAT = """SELECT jurors.id, ballots.id AS ballot FROM jurors
    JOIN prototypes ON prototypes.hackathon_id = jurors.hackathon_id
    LEFT JOIN ballots ON ballots.juror_id = jurors.id AND ballots.prototype_id = prototypes.id
    WHERE jurors.person_id = ? AND prototypes.id = ?"""
NEXT = """UPDATE ballots
    SET revision = revision + 1, state = 'open', comment = ?, note = ?, changed_at = CURRENT_TIMESTAMP
    WHERE id = ? AND revision = ?"""
KEPT = """INSERT INTO ballot_revisions (ballot_id, number, save_id, state, source, content, saved_at)
    VALUES (?, ?, ?, 'open', 'online', ?, CURRENT_TIMESTAMP)"""


@app.post("/ballot/<int:prototype_id>")
def ballot(prototype_id: int):
    """The statements of a saved ballot, as durable as ours, for a juror named in a header."""
    form, person = request.form, int(request.headers["X-Person"])
    shown = int(form["revision"])
    points = {int(name[7:]): round(float(value) * 2) for name, value in form.items() if name.startswith("points-")}
    with LOCK:
        ask(BEGIN)
        try:
            seat = ask(SEAT, (person, prototype_id)).fetchone()
            juror, number = seat["id"], seat["ballot"]
            if number is None:
                number = ask(
                    "INSERT INTO ballots (juror_id, prototype_id, round, rules_version, state, revision, strength, "
                    "second_strength, next_step, comment, note, changed_at) VALUES (?, ?, 1, 1, 'open', 0, '', '', '', "
                    "'', '', CURRENT_TIMESTAMP) RETURNING id", (juror, prototype_id),
                ).fetchone()["id"]  # fmt: skip
            moved = ask(NEXT, (form["comment"], form["note"], number, shown)).rowcount
            if moved != 1:
                raise LookupError("something newer was saved")
            ask(KEPT, (number, shown + 1, form["save_id"], json.dumps(points)))
            ask("DELETE FROM scores WHERE ballot_id = ?", (number,))
            rows = ", ".join("(?, ?, ?, '')" for _ in points)
            values = [value for criterion, half_points in points.items() for value in (number, criterion, half_points)]
            ask(f"INSERT INTO scores (ballot_id, criterion_id, half_points, excuse) VALUES {rows}", values)
            ask("COMMIT")
        except BaseException:
            ask("ROLLBACK")
            raise
    return jsonify(revision=shown + 1)
