"""Joining with consent, and separating again: nothing is lost, nobody is counted twice."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import comment_on_idea, support_idea, undo_support, withdraw_idea
from ideenlab.ideas.models import Budget, CoAuthor, Idea
from ideenlab.ideas.queries import counted_vote, list_ideas
from ideenlab.mail.models import Mail
from ideenlab.merges.actions import answer_merge, cancel_merge, end_due_merges, propose_merge, separate_merge
from ideenlab.merges.models import Merge
from ideenlab.merges.queries import concerned_people, find_open_merge, get_merge, latest_merges, merged_parts_of
from ideenlab.merges.rules import may_see_merge
from ideenlab.notifications.actions import follow, tell_followers
from ideenlab.notifications.models import Follow, Notice
from tests.factories import a_call, a_person, an_idea
from tests.merges.world import REASON, agree_all, alike, expected, joined, numbers, proposed, votes


def support(person, idea, value=1):
    with transaction():
        support_idea(person, idea=idea, value=value)


def separate(merge, person=None, reason="Es sind doch zwei Ideen."):
    with transaction():
        separate_merge(person or a_person("moderator"), merge=get_merge(merge.id), reason=reason)


def mails(recipient=None):
    db.session.rollback()
    found = db.session.scalars(select(Mail).order_by(Mail.id)).all()
    return [mail.subject for mail in found if recipient in (None, mail.recipient)]


def state_of(idea):
    db.session.rollback()
    db.session.refresh(idea)
    return idea.state, idea.merged_into_id, idea.part_count


def test_nothing_changes_until_all_authors_have_agreed(app):
    target, part, third = alike(3)
    merge = proposed(target, part, third)
    assert (merge.state, find_open_merge(part)) == ("proposed", merge)
    for idea in (target, part):
        with transaction():
            answer_merge(idea.author, merge=get_merge(merge.id), idea=idea, agrees=True)
    assert [state_of(idea)[0] for idea in (target, part, third)] == ["published"] * 3
    with transaction():
        answer_merge(third.author, merge=get_merge(merge.id), idea=third, agrees=True)
    assert state_of(target) == ("published", None, 2)
    assert [state_of(idea) for idea in (part, third)] == [("merged", target.id, 0)] * 2
    assert [idea.id for idea in merged_parts_of(target)] == [part.id, third.id]
    assert [card.id for card in list_ideas(target.call).rows] == [target.id]
    assert find_open_merge(part) is None


def test_the_authors_are_asked_and_told(app):
    target, part = alike()
    merge = proposed(target, part)
    for idea in (target, part):
        assert mails(idea.author.email) == [f"Darf Ihre Idee mit anderen zusammengeführt werden? {target.title}"]
    assert REASON in db.session.scalars(select(Mail.text)).first()
    agree_all(merge)
    assert mails(part.author.email)[1:] == [f"Die Ideen sind zusammengeführt: {target.title}"]
    separate(merge)
    assert mails(part.author.email)[2:] == [f"Die Ideen sind wieder getrennt: {target.title}"]
    deeds = [entry.deed for entry in db.session.scalars(select(Entry).order_by(Entry.id)) if entry.thing == "merges"]
    assert deeds == ["merges.proposed", "merges.agreed", "merges.agreed", "merges.merged", "merges.separated"]


def test_one_no_changes_nothing_and_frees_the_ideas(app):
    target, part = alike()
    moderator = a_person("moderator")
    merge = proposed(target, part, moderator=moderator)
    with transaction():
        answer_merge(part.author, merge=get_merge(merge.id), idea=part, agrees=False)
    assert (get_merge(merge.id).state, state_of(part)) == ("declined", ("published", None, 0))
    assert mails(moderator.email) == [f"Die Ideen bleiben, wie sie sind: {target.title}"]
    assert joined(target, part).state == "merged"


def test_a_proposal_is_taken_back(app):
    target, part = alike()
    merge = proposed(target, part)
    with transaction():
        cancel_merge(a_person("moderator"), merge=get_merge(merge.id))
    assert get_merge(merge.id).state == "cancelled"
    with pytest.raises(NotAllowed), transaction():
        answer_merge(part.author, merge=get_merge(merge.id), idea=part, agrees=True)
    assert mails(part.author.email)[1:] == [f"Die Ideen bleiben, wie sie sind: {target.title}"]


def test_who_proposes_agrees_for_their_own_idea(app):
    call = a_call()
    moderator, author = a_person("moderator"), a_person()
    target, part = an_idea(call, moderator), an_idea(call, author)
    merge = proposed(target, part, moderator=moderator)
    assert mails(moderator.email) == []
    with transaction():
        answer_merge(author, merge=get_merge(merge.id), idea=part, agrees=True)
    assert get_merge(merge.id).state == "merged"


def without_author(call):
    idea = an_idea(call)
    with transaction():
        idea.author_id = None
    return idea


def test_where_nobody_can_be_asked_it_happens_at_once(app):
    call = a_call()
    target, part = without_author(call), without_author(call)
    assert proposed(target, part).state == "merged"
    assert state_of(part) == ("merged", target.id, 0)


@pytest.mark.parametrize(
    ("answers", "guest", "state"),
    [((), False, "expired"), (("target",), False, "expired"), (("target",), True, "merged"), ((), True, "expired")],
)
def test_what_becomes_of_silence(app, answers, guest, state):
    target, part = alike()
    with transaction():
        part.author.is_guest = guest
    merge = proposed(target, part)
    for idea in (target,) if answers else ():
        with transaction():
            answer_merge(idea.author, merge=get_merge(merge.id), idea=idea, agrees=True)
    with time_machine.travel(now() + timedelta(days=6, hours=23)):
        assert end_due_merges() == 0
    with time_machine.travel(now() + timedelta(days=7, seconds=1)):
        with pytest.raises(NotAllowed, match="Zeit für Antworten"), transaction():
            answer_merge(part.author, merge=get_merge(merge.id), idea=part, agrees=True)
        assert (end_due_merges(), end_due_merges()) == (1, 0)
    assert get_merge(merge.id).state == state
    assert state_of(part)[0] == ("merged" if state == "merged" else "published")


def test_an_idea_is_in_one_open_proposal_at_a_time(app):
    one, two, three = alike(3)
    proposed(one, two)
    with pytest.raises(Conflict, match="anderen Vorschlag"):
        proposed(two, three)
    db.session.rollback()
    assert len(latest_merges(9)) == 1


@pytest.mark.parametrize("reason", ["", "zu kurz", "x" * 501, "\u200b" * 20])
def test_a_proposal_needs_a_reason(app, reason):
    with pytest.raises(Invalid):
        proposed(*alike(), reason=reason)


def test_what_happened_meanwhile_stands_against_it(app):
    target, part = alike()
    merge = proposed(target, part)
    with transaction():
        withdraw_idea(part.author, idea=db.session.get(Idea, part.id))
    agree_all(merge)
    assert (merge.state, state_of(target)) == ("expired", ("published", None, 0))
    assert "ist nicht veröffentlicht" in merge.end_reason


def test_chains_and_cycles_are_refused_with_a_sentence(app):
    one, two, three, four = alike(4)
    joined(one, two)
    for target, part in ((three, one), (three, two), (two, three)):
        with pytest.raises((NotAllowed, Invalid)):
            proposed(db.session.get(Idea, target.id), db.session.get(Idea, part.id))
        db.session.rollback()
    joined(db.session.get(Idea, one.id), three, four)
    assert state_of(one) == ("published", None, 3)


def test_supporters_of_several_ideas_count_once(app):
    target, part, third = alike(3)
    people = [a_person() for _number in range(4)]
    for person, ideas in zip(people, [(target, part, third), (part, third), (third,), (target,)], strict=True):
        for idea in ideas:
            support(person, idea)
    before = votes()
    merge = joined(target, part, third)
    assert numbers(target) == (4, 0, 0)
    assert [numbers(idea)[0] for idea in (part, third)] == [2, 3]
    assert votes() == before
    assert [counted_vote(person, target) for person in people] == [1] * 4
    separate(merge)
    assert [numbers(idea)[0] for idea in (target, part, third)] == [2, 2, 3]
    assert votes() == before


def test_supports_after_joining_go_to_the_target_and_stay_there(app):
    target, part = alike()
    early, late = a_person(), a_person()
    support(early, part)
    merge = joined(target, part)
    support(late, target)
    support(early, target)
    assert numbers(target) == (2, 0, 0)
    with pytest.raises(NotAllowed):
        support(late, db.session.get(Idea, part.id))
    db.session.rollback()
    separate(merge)
    assert (numbers(target)[0], numbers(part)[0]) == (1, 1)


def test_taking_a_support_back_takes_all_of_it_back(app):
    target, part = alike()
    person, other = a_person(), a_person()
    for idea in (target, part):
        support(person, idea)
    support(other, part)
    merge = joined(target, part)
    with transaction():
        undo_support(person, idea=db.session.get(Idea, target.id))
    assert (numbers(target)[0], numbers(part)[0]) == (1, 1)
    assert counted_vote(person, target) is None
    with transaction():
        undo_support(person, idea=db.session.get(Idea, target.id))
    assert numbers(target) == (1, 0, 0)
    separate(merge)
    assert (numbers(target)[0], numbers(part)[0]) == (0, 1)


def test_a_vote_on_the_target_comes_before_votes_on_parts_and_of_these_the_latest(app):
    target, part, third = alike(3, support_mode="for_against")
    on_target, on_parts = a_person(), a_person()
    support(on_target, target, -1)
    support(on_target, part, 1)
    support(on_parts, part, 1)
    support(on_parts, third, 0)
    joined(target, part, third)
    assert numbers(target) == (0, 1, 1) == expected(target)
    support(on_parts, db.session.get(Idea, target.id), 1)
    assert numbers(target) == (1, 1, 0) == expected(target)
    assert db.session.get(Idea, target.id).controversy > 0
    with transaction():
        undo_support(on_target, idea=db.session.get(Idea, target.id))
    assert numbers(target) == (1, 0, 0) == expected(target)


def spent(person):
    db.session.rollback()
    return db.session.scalar(select(Budget.spent).where(Budget.person_id == person.id))


def test_points_add_up_to_what_one_idea_can_get(app):
    target, part, third = alike(3, support_mode="points", points_each=10, points_most=4)
    person = a_person()
    for idea, points in ((target, 2), (part, 1), (third, 3)):
        support(person, idea, points)
    merge = joined(target, part, third)
    assert (numbers(target)[0], counted_vote(person, target), spent(person)) == (4, 4, 6)
    with pytest.raises(NotAllowed, match="Teil dieser"):
        support(person, db.session.get(Idea, target.id), 3)
    db.session.rollback()
    support(person, db.session.get(Idea, target.id), 4)
    assert (numbers(target)[0], spent(person)) == (4, 4)
    separate(merge)
    assert [numbers(idea)[0] for idea in (target, part, third)] == [0, 1, 3]
    assert spent(person) == 4


def test_points_given_after_joining_are_counted_together_with_those_before(app):
    target, part = alike(support_mode="points", points_each=4, points_most=4)
    person, other = a_person(), a_person()
    support(person, part, 1)
    joined(target, part)
    target = db.session.get(Idea, target.id)
    support(person, target, 3)
    support(other, target, 2)
    assert (numbers(target)[0], counted_vote(person, target), spent(person)) == (5, 3, 3)
    with transaction():
        undo_support(person, idea=db.session.get(Idea, target.id))
    assert (numbers(target)[0], spent(person), spent(other)) == (2, 0, 2)


def test_comments_stay_where_they_are_and_can_be_read_from_the_target(app):
    target, part = alike()
    with transaction():
        comment_on_idea(a_person(), idea=part, text="Von Anfang an dabei.", parent=None)
    thread, count = part.thread_id, part.comment_count
    merge = joined(target, part)
    with pytest.raises(NotAllowed), transaction():
        comment_on_idea(a_person(), idea=db.session.get(Idea, part.id), text="Zu spät.", parent=None)
    separate(merge)
    db.session.refresh(part)
    assert (part.thread_id, part.comment_count) == (thread, count)


def followers(idea):
    db.session.rollback()
    return set(db.session.scalars(select(Follow.person_id).where(Follow.thing_id == idea.id)))


def test_followers_of_a_part_hear_of_the_target_until_it_is_separated(app):
    target, part = alike()
    both, of_part = a_person(), a_person()
    with transaction():
        for person, idea in ((both, target), (both, part), (of_part, part)):
            follow(person, idea)
    merge = joined(target, part)
    assert followers(target) == {both.id, of_part.id, part.author_id}
    with transaction():
        tell_followers(target, "merges/news", once="again", target=target, part=part)
    told = set(db.session.scalars(select(Notice.person_id).where(Notice.kind == "followed")))
    assert told == {both.id, of_part.id, part.author_id}
    separate(merge)
    assert followers(target) == {both.id}
    assert followers(part) == {both.id, of_part.id}


def test_an_author_separates_and_everything_is_as_before(app):
    target, part = alike()
    merge = joined(target, part)
    with pytest.raises(NotAllowed):
        separate(merge, a_person())
    db.session.rollback()
    separate(merge, part.author)
    assert [state_of(idea) for idea in (target, part)] == [("published", None, 0)] * 2
    assert get_merge(merge.id).end_reason == "Es sind doch zwei Ideen."
    with pytest.raises(NotAllowed):
        separate(merge)


def test_who_gave_the_target_cannot_withdraw_it_while_it_holds_others(app):
    target, part = alike()
    joined(target, part)
    with pytest.raises(NotAllowed, match="zuerst wieder getrennt"), transaction():
        withdraw_idea(target.author, idea=db.session.get(Idea, target.id))


def test_only_the_moderation_proposes(app):
    target, part = alike()
    with pytest.raises(NotAllowed), transaction():
        propose_merge(target.author, target=target, parts=[part], reason=REASON)
    assert db.session.scalars(select(Merge)).all() == []


def test_who_writes_along_is_told_sees_it_and_does_not_answer(app):
    target, part = alike()
    along = a_person()
    with transaction():
        db.session.add(CoAuthor(idea_id=part.id, person_id=along.id, state="accepted"))
        part.co_author_count = 1
    merge = proposed(target, part)
    told = db.session.scalars(select(Mail.text).where(Mail.recipient == along.email)).one()
    assert "Sie schreiben mit" in told
    assert may_see_merge(along, merge, [person.id for person in concerned_people(merge)])
    with pytest.raises(NotAllowed):
        done_as(along, merge, part)
    agree_all(merge)
    assert len(list(db.session.scalars(select(Mail).where(Mail.recipient == along.email)))) == 2


def done_as(person, merge, idea):
    with transaction():
        answer_merge(person, merge=merge, idea=idea, agrees=True)
