"""What the bare framework does with the same server, database and page weight: the rungs our pages are held against.

`BENCH_DATABASE` names the SQLite file that `bench.data` filled.
"""

import json
import os
import sqlite3
import threading
from pathlib import Path

from flask import Flask, jsonify, redirect, request
from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

LOCK = threading.Lock()
CARDS = """SELECT id, title, excerpt, support_count, comment_count FROM ideas
    WHERE call_id = 1 AND state = 'published' ORDER BY published_at DESC, id DESC LIMIT 20"""
PAGE = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")


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


@event.listens_for(Engine, "connect")
def _prepare(connection: sqlite3.Connection, _entry: object) -> None:
    prepare(connection)


def prepare(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


app = Flask(__name__)
template = app.jinja_env.from_string(PAGE)
path = os.environ["BENCH_DATABASE"]
engine = create_engine(f"sqlite:///{path}", pool_size=5)
local = threading.local()
memory = [
    {"id": n, "title": f"Eine Idee mit der Nummer {n} für die Stadt", "excerpt": "Wort für Wort " * 12,
     "support_count": n, "comment_count": n}
    for n in range(20)
]  # fmt: skip


def connection() -> sqlite3.Connection:
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(path)
        local.connection.row_factory = sqlite3.Row
        prepare(local.connection)
    return local.connection


@app.get("/hello")
def hello():
    return "hello"


@app.get("/page")
def page():
    return template.render(ideas=memory)


@app.get("/raw")
def raw():
    return template.render(ideas=connection().execute(CARDS).fetchall())


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


@app.post("/support/<int:idea_id>")
def support(idea_id: int):
    """The statements of a support, as durable as ours, for a person named in a header and never signed in."""
    person = int(request.headers["X-Person"])
    undo = "undo" in request.args
    with LOCK:
        database = connection()
        database.execute("BEGIN IMMEDIATE")
        if undo:
            gone = database.execute("DELETE FROM supports WHERE idea_id = ? AND person_id = ?", (idea_id, person))
            change = -gone.rowcount
        else:
            new = database.execute(
                "INSERT INTO supports (idea_id, person_id, value, created_at) VALUES (?, ?, 1, CURRENT_TIMESTAMP) "
                "ON CONFLICT DO NOTHING", (idea_id, person),
            )  # fmt: skip
            change = new.rowcount
        if change:
            database.execute("UPDATE ideas SET support_count = support_count + ? WHERE id = ?", (change, idea_id))
        database.execute("COMMIT")
    return redirect(f"/idee/{idea_id}", 303)


SEAT = """SELECT jurors.id, ballots.id AS ballot FROM jurors
    JOIN prototypes ON prototypes.hackathon_id = jurors.hackathon_id
    LEFT JOIN ballots ON ballots.juror_id = jurors.id AND ballots.prototype_id = prototypes.id
    WHERE jurors.person_id = ? AND prototypes.id = ?"""
NEXT = """UPDATE ballots
    SET revision = revision + 1, state = 'open', comment = ?, note = ?, changed_at = CURRENT_TIMESTAMP
    WHERE id = ? AND revision = ?"""
KEPT = """INSERT INTO ballot_revisions (ballot_id, number, save_id, state, content, saved_at)
    VALUES (?, ?, ?, 'open', ?, CURRENT_TIMESTAMP)"""


@app.post("/ballot/<int:prototype_id>")
def ballot(prototype_id: int):
    """The statements of a saved ballot, as durable as ours, for a juror named in a header."""
    form, person = request.form, int(request.headers["X-Person"])
    shown = int(form["revision"])
    points = {int(name[7:]): round(float(value) * 2) for name, value in form.items() if name.startswith("points-")}
    with LOCK:
        database = connection()
        database.execute("BEGIN IMMEDIATE")
        try:
            juror, number = database.execute(SEAT, (person, prototype_id)).fetchone()
            if number is None:
                number = database.execute(
                    "INSERT INTO ballots (juror_id, prototype_id, state, revision, comment, note, changed_at) "
                    "VALUES (?, ?, 'open', 0, '', '', CURRENT_TIMESTAMP)", (juror, prototype_id),
                ).lastrowid  # fmt: skip
            moved = database.execute(NEXT, (form["comment"], form["note"], number, shown)).rowcount
            if moved != 1:
                raise LookupError("something newer was saved")
            database.execute(KEPT, (number, shown + 1, form["save_id"], json.dumps(points)))
            database.execute("DELETE FROM scores WHERE ballot_id = ?", (number,))
            database.executemany(
                "INSERT INTO scores (ballot_id, criterion_id, half_points, excuse) VALUES (?, ?, ?, '')",
                [(number, criterion, value) for criterion, value in points.items()],
            )
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise
    return jsonify(revision=shown + 1)
