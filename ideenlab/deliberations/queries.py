from ideenlab.core.db import db
from ideenlab.deliberations.models import Deliberation
from ideenlab.hackathons.models import Hackathon


def find_deliberation(hackathon: Hackathon) -> Deliberation | None:
    return db.session.get(Deliberation, hackathon.id)
