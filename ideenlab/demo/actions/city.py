"""What the city says about itself: imprint, accessibility statement, words, and two reports about barriers."""

from datetime import timedelta

from sqlalchemy import select

from ideenlab.accounts.models import Person, Role
from ideenlab.barriers.models import Barrier
from ideenlab.barriers.queries import PURPOSE
from ideenlab.city.actions import add_word, change_settings
from ideenlab.core.db import db
from ideenlab.core.i18n import in_city_time
from ideenlab.core.security import city, hash_secret, new_secret
from ideenlab.demo.actions.world import World, read_content
from ideenlab.texts.actions import write_page


def add_city(world: World) -> None:
    written = read_content("city")
    organiser = db.session.scalars(
        select(Person).join(Role).where(Role.name == "organiser", Person.is_demo).order_by(Person.id).limit(1)
    ).one()
    day = in_city_time(world.ago(40)).date().isoformat()
    days = dict.fromkeys(("statement_made_on", "statement_checked_on", "land_checked_on"), day)
    for group, values in written["settings"].items():
        change_settings(None, group=group, given={"city_name": city().city_name, **values, **days})
    for name, texts in written["pages"].items():
        for language, text in texts.items():
            write_page(None, name=name, language=language, text=text, revision=0)
    for word, instead in written["words"].items():
        add_word(organiser, word=word, instead=instead)
    for one in written["barriers"]:
        at = world.ago(one["days_ago"])
        answered = {
            "state": "answered", "answer": one["answer"], "answered_at": at + timedelta(days=6),
            "answered_by_id": organiser.id,
        } if "answer" in one else {}  # fmt: skip
        barrier = Barrier(
            code_hash=hash_secret(new_secret(), purpose=PURPOSE), page=one["page"], tools=one["tools"],
            text=one["text"], reported_at=at, due_at=at + timedelta(days=42), **answered,
        )  # fmt: skip
        db.session.add(barrier)
    db.session.flush()
