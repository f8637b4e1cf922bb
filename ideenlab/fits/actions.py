from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.fits.models import Fit
from ideenlab.fits.queries import find_fit
from ideenlab.fits.rules import may_say_whether_it_fits
from ideenlab.prototypes.models import Prototype


def say_whether_it_fits(person: Person, *, prototype: Prototype, meets_it: bool) -> None:
    """An answer for each person and prototype; a later one takes the place of the earlier one."""
    require(may_say_whether_it_fits(person, prototype, now()))
    row = {"prototype_id": prototype.id, "person_id": person.id, "meets_it": meets_it, "answered_at": now()}
    if not insert_missing(Fit, row):
        stored = find_fit(person, prototype)
        if stored is not None:
            stored.meets_it, stored.answered_at = meets_it, now()
    db.session.flush()


def take_answer_back(person: Person, *, prototype: Prototype) -> None:
    require(may_say_whether_it_fits(person, prototype, now()))
    stored = find_fit(person, prototype)
    if stored is not None:
        db.session.delete(stored)
        db.session.flush()
