"""Joining while others vote, join or separate at the same moment."""

import pytest
from sqlalchemy import select

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.ideas.actions import support_idea, undo_support
from ideenlab.ideas.models import Idea
from ideenlab.merges.actions import propose_merge, separate_merge
from ideenlab.merges.models import Merge
from tests.factories import a_call, a_person, an_idea
from tests.ideas.test_races import all_at_once
from tests.merges.world import REASON, expected, numbers, votes


def unowned(number, **values):
    """Ideas whose author cannot be asked: proposals join them at once."""
    call = a_call(**values)
    ideas = [an_idea(call) for _number in range(number)]
    with transaction():
        for idea in ideas:
            idea.author_id = None
    return ideas


def join(moderator_id, target_id, *part_ids):
    with transaction():
        parts = [db.session.get_one(Idea, number) for number in part_ids]
        propose_merge(db.session.get_one(Person, moderator_id), target=db.session.get_one(Idea, target_id),
                      parts=parts, reason=REASON)  # fmt: skip


def vote(person_id, idea_id):
    with transaction():
        support_idea(db.session.get_one(Person, person_id), idea=db.session.get_one(Idea, idea_id))


def undo(person_id, idea_id):
    with transaction():
        undo_support(db.session.get_one(Person, person_id), idea=db.session.get_one(Idea, idea_id))


@pytest.mark.parametrize("a_round", range(3))
def test_of_two_overlapping_joins_at_once_one_wins(app, a_round):
    one, two, three = (idea.id for idea in unowned(3))
    moderators = [a_person("moderator").id for _number in range(2)]
    db.session.rollback()
    answers = all_at_once(app, [lambda: join(moderators[0], one, two), lambda: join(moderators[1], two, three)])
    assert sorted(answer is None for answer in answers) == [False, True]
    assert {type(answer) for answer in answers} <= {type(None), Conflict, Invalid, NotAllowed}
    db.session.rollback()
    merges = db.session.scalars(select(Merge)).all()
    assert [merge.state for merge in merges] == ["merged"]
    parts = db.session.scalars(select(Idea).where(Idea.state == "merged")).all()
    assert [part.merged_into_id for part in parts] == [merges[0].target_id]


@pytest.mark.parametrize("mode", ["yes", "for_against"])
def test_votes_while_ideas_are_joined_are_all_counted_or_refused(app, mode):
    target, part = unowned(2, support_mode=mode)
    people, moderator = [a_person().id for _number in range(6)], a_person("moderator").id
    target_id, part_id = target.id, part.id
    db.session.rollback()
    deeds = [lambda number=number: vote(number, part_id) for number in people[:4]]
    deeds += [lambda number=number: vote(number, target_id) for number in people[3:]]
    answers = all_at_once(app, [*deeds, lambda: join(moderator, target_id, part_id)])
    assert {type(answer) for answer in answers} <= {type(None), Conflict, NotAllowed}
    assert answers[-1] is None
    assert numbers(target) == expected(target)
    assert sum(answer is None for answer in answers[:-1]) == len(votes())


def test_votes_and_undos_on_the_target_while_ideas_are_separated(app):
    target, part = unowned(2)
    people, moderator = [a_person().id for _number in range(4)], a_person("moderator").id
    target_id, part_id = target.id, part.id
    for number in people:
        vote(number, part_id)
    join(moderator, target_id, part_id)
    merge_id = db.session.scalars(select(Merge.id)).one()
    db.session.rollback()

    def separate():
        with transaction():
            merge = db.session.get_one(Merge, merge_id)
            separate_merge(db.session.get_one(Person, moderator), merge=merge, reason=REASON)

    deeds = [lambda number=number: undo(number, target_id) for number in people[:2]]
    deeds += [lambda number=number: vote(number, target_id) for number in people[2:]]
    answers = all_at_once(app, [*deeds, separate, separate])
    assert {type(answer) for answer in answers} <= {type(None), Conflict, NotAllowed}
    assert sorted(answer is None for answer in answers[-2:]) == [False, True]
    for idea in (target, part):
        assert numbers(idea) == expected(idea)
    assert (target.part_count, part.state) == (0, "published")
