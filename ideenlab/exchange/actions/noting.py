from ideenlab.city.actions.settings import remember
from ideenlab.city.models import CitySetting
from ideenlab.core.db import db
from ideenlab.core.settings import ELSEWHERE
from ideenlab.exchange.queries import is_anything_listed


def note_listing() -> None:
    """Whether ideas of other cities are listed now: pages of ideas look for their like only then, at no cost else."""
    said, row = "1" if is_anything_listed() else "", db.session.get(CitySetting, ELSEWHERE)
    if (row.value if row else "") != said:
        remember(None, ELSEWHERE, said)
