"""A call whose voters stand in two camps."""

from sqlalchemy import insert

from ideenlab.core.db import db, transaction
from ideenlab.ideas.models import Support
from tests.factories import a_call, a_person, an_idea


def divided_call(size=10, ideas=8):
    """The call, its ideas, and who votes; the last idea all are for."""
    call = a_call(support_mode="for_against", shows_opinion_map=True)
    given = [an_idea(call, title=f"Vorschlag {number}") for number in range(ideas)]
    people = [a_person() for _person in range(2 * size)]
    rows = [
        {"idea_id": idea.id, "person_id": person.id, "value": 1 if idea is given[-1] or number < size else -1}
        for number, person in enumerate(people)
        for idea in given
    ]
    with transaction():
        db.session.execute(insert(Support), rows)
    return call, given, people
