"""Ideas by the thousand, the same on every machine: a call with as many published ideas as wanted, no real person."""

import random
import re
import sys
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from itsdangerous import URLSafeTimedSerializer  # noqa: E402
from sqlalchemy import insert, text  # noqa: E402

from bench.jury import add_jury  # noqa: E402
from bench.week import add_week  # noqa: E402
from ideenlab import create_app  # noqa: E402
from ideenlab.accounts.models import Person, SignIn  # noqa: E402
from ideenlab.comments.models import Comment, Thread  # noqa: E402
from ideenlab.config import load_settings  # noqa: E402
from ideenlab.core.clock import now  # noqa: E402
from ideenlab.core.db import Model, db, dialect_name, transaction  # noqa: E402
from ideenlab.core.security import hash_secret  # noqa: E402
from ideenlab.core.text import render_markdown  # noqa: E402
from ideenlab.ideas.actions.indexing import index_ideas  # noqa: E402
from ideenlab.ideas.maths import LOTS  # noqa: E402
from ideenlab.ideas.models import Call, Idea  # noqa: E402
from ideenlab.programme.models import Edition, Topic  # noqa: E402

SLUG = "gruene-stadt"
SECRET = "b" * 40
PEOPLE = 60
PIECE = 5_000
BRANCHES = 20
SENTENCES = 2_000  # different ones in a piece
NOUNS = re.findall(
    r"\w+",
    "Rad Weg Baum Bank Licht Platz Schule Park Garten Brücke Ampel Kreuzung Haltestelle Bus Bahn Wasser "
    "Brunnen Spiel Straße Beleuchtung Kind Senioren Stadt Dach Solar Strom Müll Eimer Karte Ticket Hafen Ufer "
    "Fluss Markt Halle Bücher Laden Werkstatt Café Verein Sport Musik Bühne Kunst Museum Zebra Streifen Tunnel "
    "Treppe Rampe Aufzug ",
)
REST = re.findall(
    r"\w+",
    "mehr weniger sicher gemeinsam digital offen grün hell ruhig schnell langsam neu alt breit schmal wir "
    "brauchen wünschen könnten sollten dort hier abends morgens täglich endlich bitte damit alle Menschen gut "
    "kommen fahren gehen sitzen warten treffen lernen und oder mit ohne für an der die das ein eine im vor "
    "nach ",
)
TOPICS = ("Bildung", "Gesundheit", "Kultur", "Mobilität", "Umwelt", "Verwaltung", "Wirtschaft")


def make_app(folder: Path, port: int, database_url: str = "") -> Flask:
    return create_app(load_settings(environment(folder, port, database_url), env_file=None))


def environment(folder: Path, port: int, database_url: str = "") -> dict[str, str]:
    given = {
        "IDEENLAB_DEMO": "1", "INSTANCE_FOLDER": str(folder), "SECRET_KEY": SECRET, "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}", "THREADS": "4",
    }  # fmt: skip
    return {**given, "DATABASE_URL": database_url} if database_url else given


def sentence(draw: random.Random) -> str:
    """Between German and nonsense: about a third nouns, some of them compounds."""
    words = []
    for _ in range(draw.randrange(8, 14)):
        kind = draw.random()
        if kind < 0.35:
            words.append(draw.choice(NOUNS))
        elif kind < 0.5:
            ending = draw.choice(("", "", "n", draw.choice(NOUNS).lower()))
            words.append(draw.choice(NOUNS) + draw.choice(NOUNS).lower() + ending)
        else:
            words.append(draw.choice(REST))
    return " ".join(words).capitalize() + "."


def fill(app: Flask, ideas: int, *, comments: int = 50, searched: bool = True) -> dict[str, object]:
    """Tables, a call with ideas, one idea with comments, people who are signed in. Gives what a driver needs.

    `searched`: the ideas can be found too, which takes longer than everything else.
    """
    with app.app_context():
        with transaction():
            Model.metadata.create_all(db.session.connection())
            call = _a_call()
            people = _people()
            db.session.flush()
            every_topic = db.session.query(Topic).order_by(Topic.id).all()
            call_id, topics = call.id, [topic.id for topic in every_topic]
            people_ids = [person.id for person in people]
            jury, week = add_jury(call.edition, people_ids), add_week(call.edition, every_topic)
        for first in range(0, ideas, PIECE):
            with transaction():
                _ideas(call_id, topics, people_ids, first, min(PIECE, ideas - first))
        with transaction():
            idea = db.session.get(Idea, ideas // 2 or 1)
            _comments(idea, people_ids, comments)
            known = {"slug": SLUG, "idea": idea.id, "ideas": ideas, "jury": jury, **week}
        if searched:
            _index()
        _analyse()
        cookies = _cookies(app)
        db.session.remove()
        db.engine.dispose()
        return {**known, "cookies": cookies}


def _index() -> None:
    number = 1
    while number:
        with transaction():
            number = index_ideas()


def _a_call() -> Call:
    at, long = now(), timedelta(days=300)
    edition = Edition(slug="2027", title="Woche 2027", starts_on=at.date(), ends_on=at.date())
    topics = [
        Topic(edition=edition, slug=title.lower(), title=title, position=place) for place, title in enumerate(TOPICS)
    ]
    phases = {f"{phase}_{end}": at + sign * long for phase in ("collect", "discuss", "support")
              for end, sign in (("from", -1), ("until", 1))}  # fmt: skip
    call = Call(edition=edition, slug=SLUG, title="Grüne Stadt", summary="Ideen für alle", **phases)
    db.session.add_all([call, *topics])
    return call


def _people() -> list[Person]:
    people = [
        Person(pseudonym=f"Person {number}", pseudonym_folded=f"person {number}", state="active",
               email=f"person{number}@example.org")
        for number in range(PEOPLE)
    ]  # fmt: skip
    db.session.add_all(people)
    db.session.flush()
    for person in people:
        db.session.add(SignIn(person_id=person.id, secret_hash=hash_secret(_secret_of(person.id), purpose="sign-in"),
                              expires_at=now() + timedelta(days=1), second_factor_at=now()))  # fmt: skip
    return people


def _secret_of(person_id: int) -> str:
    return f"bench-{person_id}-" + "s" * 30


def _ideas(call_id: int, topics: list[int], people: list[int], first: int, number: int) -> None:
    draw = random.Random(first + 7)
    sentences = [sentence(draw) for _ in range(SENTENCES)]
    begin = now() - timedelta(days=200)
    threads, ideas = [], []
    for place in range(first + 1, first + number + 1):
        halves = [" ".join(draw.choices(sentences, k=3)) for _ in range(2)]
        at = begin + timedelta(seconds=place * 100)
        threads.append({"id": place})
        ideas.append({
            "id": place, "call_id": call_id, "author_id": draw.choice(people), "thread_id": place,
            "topic_id": draw.choice(topics), "title": draw.choice(sentences)[:90], "text": "\n\n".join(halves),
            "text_html": f"<p>{halves[0]}</p>\n<p>{halves[1]}</p>\n", "excerpt": halves[0][:170] + " …",
            "state": "published", "lot": draw.randrange(LOTS), "support_count": int(draw.expovariate(0.02)),
            "created_at": at, "published_at": at, "changed_at": at,
        })  # fmt: skip
    connection = db.session.connection()
    connection.execute(insert(Thread), threads)
    connection.execute(insert(Idea), ideas)


def _comments(idea: Idea, people: list[int], number: int) -> None:
    """Twenty comments and the answers to them: as many as stand on one page."""
    draw = random.Random(3)
    roots: list[Comment] = []
    for place in range(number):
        words = sentence(draw)
        comment = Comment(
            thread_id=idea.thread_id, author_id=draw.choice(people), text=words, text_html=render_markdown(words)
        )  # fmt: skip
        if place < BRANCHES:
            roots.append(comment)
        else:
            root = roots[place % BRANCHES]
            comment.root_id, comment.parent_id, comment.place = root.id, root.id, place // BRANCHES
        db.session.add(comment)
        db.session.flush()
    idea.comment_count = number


def _analyse() -> None:
    with transaction():
        if dialect_name() == "postgresql":
            for table in ("threads", "ideas"):  # their numbers were given, not drawn
                last = f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
                db.session.execute(text(last))
        db.session.execute(text("ANALYZE"))


def _cookies(app: Flask) -> list[dict[str, str]]:
    """Cookie and CSRF token of every person, as a browser would hold them."""
    token = "c" * 40
    signer = URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token")
    signing = app.session_interface.get_signing_serializer(app)
    name = app.config["SESSION_COOKIE_NAME"]
    return [
        {
            "Cookie": f"{name}=" + signing.dumps({"_user_id": _secret_of(number), "_fresh": True, "csrf_token": token}),
            "X-CSRFToken": signer.dumps(token),
        }
        for number in range(1, PEOPLE + 1)
    ]  # fmt: skip
