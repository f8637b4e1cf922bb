from sqlalchemy import select

from ideenlab.city.models import District
from ideenlab.core.db import db


def districts() -> list[District]:
    """In the city's own order."""
    return list(db.session.scalars(select(District).order_by(District.position, District.title, District.id)))
