"""A prototype that grew from an idea, for everybody to see."""

from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.ideas.models import CoAuthor
from ideenlab.prototypes.models import PrototypeChallenge
from tests.factories import a_challenge, a_person, an_idea, saved
from tests.jury.world import handed_in, scored_hackathon


def grown_prototype():
    """The prototype, a member of its team, who wrote the idea, and who wrote along."""
    hackathon = scored_hackathon("1")
    author, along, member = a_person(), a_person(), a_person()
    idea = an_idea(author=author, title="Bänke am Fluss")
    saved(CoAuthor(idea=idea, person=along, state="accepted"))
    challenge = a_challenge(hackathon, idea=idea)
    prototype = handed_in(hackathon, member, title="Bank-o-mat")
    saved(PrototypeChallenge(prototype_id=prototype.id, challenge_id=challenge.id))
    with transaction():
        hackathon.gallery_shown_at, challenge.published_at = now(), now()
    return prototype, member, author, along
