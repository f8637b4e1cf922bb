"""What people without a team wish for, so that organisers can try a proposal."""

from ideenlab.assignments.models import FriendWish
from ideenlab.challenges.models import ChallengeWish
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.db import db
from ideenlab.demo.actions.finding import OPEN
from ideenlab.demo.actions.world import World
from ideenlab.hackathons.queries import registrations_of


def add_wishes(world: World) -> None:
    """Two wished for each other, a third for somebody who did not; each ranks two challenges."""
    hackathon = world.hackathons[OPEN]
    alone = [registration for registration in registrations_of(hackathon) if not registration.in_team]
    challenges = challenges_of(hackathon)
    for number, registration in enumerate(alone):
        friend = alone[1 - number if number < 2 else 0]
        db.session.add(FriendWish(registration_id=registration.id, friend_id=friend.person_id))
        for rank in (1, 2):
            challenge = challenges[(number // 2 + rank - 1) % len(challenges)]
            db.session.add(ChallengeWish(registration_id=registration.id, challenge_id=challenge.id, rank=rank))
    db.session.flush()
