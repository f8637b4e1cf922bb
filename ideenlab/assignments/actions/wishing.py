from collections.abc import Sequence

from sqlalchemy import delete, select

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person_by_pseudonym
from ideenlab.assignments.models import FriendWish
from ideenlab.assignments.rules import may_wish
from ideenlab.challenges.models import Challenge, ChallengeWish
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon, Registration
from ideenlab.hackathons.queries import find_registration
from ideenlab.history.actions import record

MOST_FRIENDS = 5


def save_wishes(
    person: Person, *, hackathon: Hackathon, challenges: Sequence[Challenge], friends: Sequence[str]
) -> None:
    """Keep the ranked challenges and the pseudonyms of friends in place of what was wished before.

    Whether somebody has a place here, or wished too, is never said: it is the same for everybody with a pseudonym.
    """
    require(may_wish(person, hackathon, now()))
    registration = find_registration(person, hackathon)
    assert registration is not None  # the rule has seen it
    found = _people(person, friends)
    db.session.execute(select(Registration.id).where(Registration.id == registration.id).with_for_update())
    db.session.execute(delete(ChallengeWish).where(ChallengeWish.registration_id == registration.id))
    db.session.execute(delete(FriendWish).where(FriendWish.registration_id == registration.id))
    for rank, challenge in enumerate(dict.fromkeys(challenges), 1):
        db.session.add(ChallengeWish(registration_id=registration.id, challenge_id=challenge.id, rank=rank))
    for friend in found:
        db.session.add(FriendWish(registration_id=registration.id, friend_id=friend.id))
    record(person, "assignments.wished", registration)
    db.session.flush()


def _people(person: Person, pseudonyms: Sequence[str]) -> list[Person]:
    found: dict[int, Person] = {}
    for pseudonym in pseudonyms:
        friend = find_person_by_pseudonym(pseudonym)
        if friend is None or friend.state != "active":
            raise Invalid(
                _("Nobody has the pseudonym “%(name)s”. Please check how it is written.", name=pseudonym),
                field="friends",
            )
        if friend.id == person.id:
            raise Invalid(_("This is your own pseudonym."), field="friends")
        found[friend.id] = friend
    if len(found) > MOST_FRIENDS:
        raise Invalid(_("At most %(most)s people, please.", most=MOST_FRIENDS), field="friends")
    return list(found.values())
