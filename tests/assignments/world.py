"""People without a team, and proposals for them."""

from datetime import timedelta

from ideenlab.assignments.actions import make_proposal, send_proposal
from ideenlab.assignments.models import FriendWish
from ideenlab.challenges.models import ChallengeWish
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from tests.factories import a_hackathon, a_person, a_registration, saved


def wishing(registration, *, challenges=(), friends=()):
    for rank, challenge in enumerate(challenges, 1):
        saved(ChallengeWish(registration_id=registration.id, challenge_id=challenge.id, rank=rank))
    for friend in friends:
        saved(FriendWish(registration_id=registration.id, friend_id=friend.id))


def proposed(number, **values):
    """A hackathon with so many people without a team, and a proposal nobody was told of."""
    hackathon = a_hackathon(**values)
    for _person in range(number):
        a_registration(hackathon)
    with transaction():
        assignment = make_proposal(a_person("organiser"), hackathon=hackathon, seed=1)
    return hackathon, assignment


def sent(number, **values):
    hackathon, assignment = proposed(number, **values)
    with transaction():
        send_proposal(a_person("organiser"), assignment=assignment, until=now() + timedelta(hours=1))
    return hackathon, assignment
