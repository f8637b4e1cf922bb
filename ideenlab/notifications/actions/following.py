"""Whether a thing may be followed, the floor of that thing decides and has asked before; no door comes here."""

from sqlalchemy import delete

from ideenlab.accounts.models import Person
from ideenlab.core.db import Model, db
from ideenlab.core.upsert import insert_missing
from ideenlab.notifications.models import Follow
from ideenlab.notifications.queries import number_of


def follow(person: Person, thing: Model) -> None:
    """Hear of this thing from now on. Twice is as good as once."""
    db.session.flush()
    row = {"person_id": person.id, "thing": thing.__tablename__, "thing_id": number_of(thing)}
    insert_missing(Follow, row)


def unfollow(person: Person, thing: Model) -> None:
    own = delete(Follow).where(Follow.person_id == person.id, Follow.thing == thing.__tablename__)
    db.session.execute(own.where(Follow.thing_id == number_of(thing)))
