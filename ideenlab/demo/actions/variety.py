"""What a stranger would otherwise have to make first: other ways to vote, ideas joined, a report, news for the citizen.

Joining, mentioning, reporting and answering are done by the actions themselves, so that everything follows from them.
"""

from typing import Any

from sqlalchemy import insert, select

from ideenlab.answers.actions import draft_answers, publish_answer
from ideenlab.answers.actions.drafts import Wording
from ideenlab.answers.models import Office
from ideenlab.comments.models import Comment
from ideenlab.core.db import db
from ideenlab.core.text import render_markdown
from ideenlab.demo.actions.ideas import make_call, make_idea
from ideenlab.demo.actions.world import World, read_content
from ideenlab.ideas.actions.mentions import tell_mentioned
from ideenlab.ideas.actions.together import recount
from ideenlab.ideas.models import Budget, Idea, Status, Support
from ideenlab.merges.actions import answer_merge, propose_merge
from ideenlab.moderation.actions import report_thing
from ideenlab.moderation.queries import get_thing


def add_variety(world: World) -> None:
    written = read_content("more")
    for call in written["calls"]:
        make_call(world, call)
    for one in written["ideas"]:
        idea = make_idea(world, one)
        db.session.add(idea)
        world.ideas[one["key"]] = idea
    db.session.flush()
    for one in written["ideas"]:
        _vote(world, world.ideas[one["key"]], one)
    db.session.flush()
    _join(world, written["merge"])
    _mention(world, written["mention"])
    _report(written["report"])
    _answer(world, written["answer"])


def _vote(world: World, idea: Idea, written: dict[str, Any]) -> None:
    if "points" in written:
        values = _handfuls(world, written["points"])
    else:
        values = [value for value, number in zip((1, -1, 0), written["votes"], strict=True) for _one in range(number)]
    others = [person for person in world.people.values() if not person.roles and person is not idea.author]
    rows = [
        {"idea_id": idea.id, "person_id": person.id, "value": value, "created_at": world.moment(idea.created_at)}
        for person, value in zip(_voters(world, idea, others, len(values)), values, strict=True)
    ]
    db.session.execute(insert(Support), rows)
    first = min(row["created_at"] for row in rows)
    idea.call.first_support_at = min(first, idea.call.first_support_at or first)
    recount(idea)
    for row in rows if "points" in written else ():
        _spend(idea, row)


def _voters(world: World, idea: Idea, others: list[Any], number: int) -> list[Any]:
    """With points only those who have some left."""
    if idea.call.support_mode != "points":
        return world.dice.sample(others, number)
    of_call = select(Budget.person_id, Budget.spent).where(Budget.call_id == idea.call_id)
    spent = {person_id: points for person_id, points in db.session.execute(of_call)}
    rich = [person for person in others if spent.get(person.id, 0) + idea.call.points_most <= idea.call.points_each]
    return world.dice.sample(rich, number)


def _handfuls(world: World, points: int) -> list[int]:
    """So many points as one to three from each person."""
    given: list[int] = []
    while points:
        given.append(min(points, world.dice.choice((1, 1, 2, 3))))
        points -= given[-1]
    return given


def _spend(idea: Idea, row: dict[str, Any]) -> None:
    key = {"call_id": idea.call_id, "person_id": row["person_id"]}
    budget = db.session.get(Budget, key)
    if budget is None:
        budget = Budget(**key, points_each=idea.call.points_each, spent=0)
        db.session.add(budget)
    budget.spent += row["value"]
    db.session.flush()


def _join(world: World, written: dict[str, str]) -> None:
    target, part = world.ideas[written["target"]], world.ideas[written["part"]]
    merge = propose_merge(world.people["mona"], target=target, parts=[part], reason=written["reason"])
    for idea in (target, part):
        if idea.author is not None:
            answer_merge(idea.author, merge=merge, idea=idea, agrees=True)


def _mention(world: World, written: dict[str, str]) -> None:
    idea = world.ideas[written["idea"]]
    comment = Comment(
        thread_id=idea.thread_id, author=world.people[written["author"]], text=written["text"],
        text_html=render_markdown(written["text"]), created_at=world.ago(0.1),
    )  # fmt: skip
    db.session.add(comment)
    idea.comment_count += 1
    db.session.flush()
    tell_mentioned(comment, idea=idea, but=())


def _report(written: dict[str, str]) -> None:
    text = next(one["text"] for one in read_content("comments") if one["key"] == written["comment"])
    number = db.session.scalars(select(Comment.id).where(Comment.text == text)).one()
    report_thing(None, thing=get_thing("kommentar", number), reason=written["reason"], text=written["text"])


def _answer(world: World, written: dict[str, str]) -> None:
    organiser, idea = world.people["olaf"], world.ideas[written["idea"]]
    office = db.session.scalars(select(Office).where(Office.name == written["office"])).one()
    status = db.session.scalars(select(Status).where(Status.slug == written["status"])).one()
    wording = Wording(written["text"], written["signed"], status=status, office=office)
    (draft,) = draft_answers(organiser, ideas=[idea], wording=wording)
    publish_answer(organiser, answer=draft, revision=draft.revision)
