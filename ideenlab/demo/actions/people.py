from ideenlab.accounts.models import Person, Role
from ideenlab.core.db import db
from ideenlab.core.passwords import hash_password
from ideenlab.core.text import fold
from ideenlab.demo.actions.world import World, read_content

MEMBERS_SINCE = 500  # days


def add_people(world: World) -> None:
    """Those who may be played first, with one password; then citizens and jurors, who have none."""
    written = read_content("people")
    password_hash = hash_password(world.password)
    for played in written["played"]:
        person = _person(world, played["key"], played["pseudonym"], played["email"])
        person.password_hash = password_hash
        person.roles = [Role(name=played["role"])] if played["role"] else []
    for citizen in written["citizens"]:
        _person(world, citizen["key"], citizen["pseudonym"], f"{citizen['key']}@demo.example")
    for juror in written["jurors"]:
        if juror["key"] not in world.people:
            person = _person(world, juror["key"], juror["name"], f"{juror['key']}@demo.example")
            person.roles = [Role(name="juror")]
    db.session.flush()


def _person(world: World, key: str, pseudonym: str, email: str) -> Person:
    person = Person(
        pseudonym=pseudonym, pseudonym_folded=fold(pseudonym), email=email, state="active", is_demo=True,
        created_at=world.ago(MEMBERS_SINCE - len(world.people)),
    )  # fmt: skip
    db.session.add(person)
    world.people[key] = person
    return person
