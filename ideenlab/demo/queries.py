from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db


def is_filled() -> bool:
    return db.session.scalar(select(Person.id).where(Person.is_demo).limit(1)) is not None


def has_real_people() -> bool:
    return db.session.scalar(select(Person.id).where(Person.is_demo.is_(False)).limit(1)) is not None
