"""What organisers needed for the days is forgotten some time after them."""

from datetime import timedelta

from sqlalchemy import delete, select, update

from ideenlab.accounts.models import Person, Token
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.hackathons.actions.registering import PRIVATE
from ideenlab.hackathons.models import Hackathon, QuestionAnswer, Registration
from ideenlab.hackathons.queries import hackathons_to_forget
from ideenlab.history.actions import record


def forget_hackathons(*, days: int) -> list[tuple[Hackathon, int]]:
    """Wipe legal names, diet, access needs, guardians, answers and who registered whom, so many days after the end.

    Gives each hackathon with the number of its registrations. Done a second time it changes nothing.
    """
    done = []
    for hackathon in hackathons_to_forget(now() - timedelta(days=days)):
        mine = Registration.hackathon_id == hackathon.id
        numbers = select(Registration.id).where(mine)
        wiped = db.session.execute(
            update(Registration).where(mine).values(**PRIVATE).execution_options(synchronize_session="fetch")
        )
        db.session.execute(delete(QuestionAnswer).where(QuestionAnswer.registration_id.in_(numbers)))
        by_groups = select(Registration.person_id).where(mine, Registration.group_id.is_not(None))
        db.session.execute(
            update(Person)
            .where(Person.id.in_(by_groups), Person.registered_by_id.is_not(None))
            .values(registered_by_id=None)
            .execution_options(synchronize_session="fetch")
        )
        links = [f"consent:{number}" for number in db.session.scalars(numbers)]
        db.session.execute(delete(Token).where(Token.purpose.in_(links)))
        hackathon.forgotten_at = now()
        record(None, "hackathons.forgotten", hackathon)
        done.append((hackathon, int(wiped.rowcount)))  # type: ignore[attr-defined]
    db.session.flush()
    return done
