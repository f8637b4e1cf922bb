"""A prototype that grew from an idea, with everybody who took part in the idea."""

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.models import Idea, Support
from ideenlab.trails.models import Outcome
from tests.factories import a_comment, a_person, saved
from tests.fits.world import grown_prototype


def people_and_prototype():
    """The prototype, its idea, and who took part in the idea."""
    prototype, member, author, along = grown_prototype()
    idea = db.session.query(Idea).filter(Idea.author_id == author.id).one()
    commenter, supporter = a_person(pseudonym="Kommentatorin"), a_person(pseudonym="Unterstützer", language="en")
    a_comment(idea, author=commenter)
    saved(Support(idea_id=idea.id, person_id=supporter.id))
    with transaction():
        idea.support_count, idea.co_author_count = 1, 1
    return prototype, idea, {"author": author, "along": along, "commenter": commenter, "supporter": supporter,
                             "member": member}  # fmt: skip


def an_outcome(prototype, **values):
    given = {"title": "Drei Bänke stehen schon", "text": "An der Hase.", "told_on": now()}
    return saved(Outcome(prototype_id=prototype.id, **{**given, **values}))
