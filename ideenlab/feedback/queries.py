from ideenlab.core.db import db
from ideenlab.feedback.models import Feedback
from ideenlab.prototypes.models import Prototype


def find_feedback(prototype: Prototype) -> Feedback | None:
    """What was released to the team."""
    return db.session.get(Feedback, prototype.id)
