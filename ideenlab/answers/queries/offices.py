from sqlalchemy import select

from ideenlab.answers.models import Answer, Office
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound


def offices() -> list[Office]:
    return list(db.session.scalars(select(Office).order_by(Office.name_folded, Office.id)))


def find_office(office_id: int) -> Office | None:
    return find(Office, office_id)


def get_office(office_id: int) -> Office:
    office = find_office(office_id)
    if office is None:
        raise NotFound
    return office


def is_office_used(office: Office) -> bool:
    return db.session.scalar(select(Answer.id).where(Answer.office_id == office.id).limit(1)) is not None
