"""What the tests of answers begin with."""

from ideenlab.answers.actions import add_default_statuses, draft_answers, publish_answer
from ideenlab.answers.actions.drafts import Wording
from ideenlab.answers.queries import statuses
from ideenlab.core.db import db, transaction
from tests.factories import a_person, an_idea


def the_statuses():
    """By their slug."""
    with transaction():
        add_default_statuses(None)
    return {status.slug: status for status in statuses()}


def a_draft(idea=None, organiser=None, **words):
    idea, organiser = idea or an_idea(), organiser or a_person("organiser")
    with transaction():
        [answer] = draft_answers(organiser, ideas=[idea], wording=Wording(**{"text": "Wir bauen sie.", **words}))
    return answer


def an_answer(idea=None, organiser=None, **words):
    organiser = organiser or a_person("organiser")
    answer = a_draft(idea, organiser, **words)
    with transaction():
        publish_answer(organiser, answer=answer, revision=1)
    return answer


def fresh(thing):
    """As it is stored now."""
    model, number = type(thing), thing.id
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(model, number)
