"""One account cannot flood a discussion; a lively one is not slowed."""

from datetime import timedelta

import pytest

from ideenlab.comments.rules import MOST_PER_HOUR
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.ideas.actions import comment_on_idea
from tests.factories import a_comment, a_person, an_idea


def write(person, idea):
    with transaction():
        return comment_on_idea(person, idea=idea, text="Und noch etwas.")


def test_sixty_comments_an_hour_are_enough(app):
    idea, person = an_idea(), a_person()
    for _number in range(MOST_PER_HOUR):
        a_comment(idea, person)
    with pytest.raises(NotAllowed, match="Sie haben in einer Stunde 60 Kommentare geschrieben"):
        write(person, idea)
    write(a_person(), idea)


def test_after_an_hour_and_for_staff_it_goes_on(app):
    idea, person, moderator = an_idea(), a_person(), a_person("moderator")
    for _number in range(MOST_PER_HOUR):
        a_comment(idea, person, created_at=now() - timedelta(minutes=61))
        a_comment(idea, moderator)
    write(person, idea)
    write(moderator, idea)
