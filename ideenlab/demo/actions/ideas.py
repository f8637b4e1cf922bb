from datetime import timedelta
from typing import Any

from sqlalchemy import insert

from ideenlab.comments.models import Comment, Thread
from ideenlab.comments.queries import next_place
from ideenlab.core.db import db
from ideenlab.core.text import excerpt, render_markdown
from ideenlab.demo.actions.world import World, read_content
from ideenlab.history.models import Entry
from ideenlab.ideas.actions.indexing import index_ideas
from ideenlab.ideas.models import LOTS, PHASES, Call, Idea, IdeaVersion, Support
from ideenlab.programme.models import Edition, Topic


def add_weeks(world: World) -> None:
    """This year's week and last year's, both with the seven topics."""
    written = read_content("edition")
    today = world.start.astimezone(world.zone).date()
    for week in (written, written["previous"]):
        edition = Edition(
            slug=week["slug"], title=week["title"], motto=week["motto"], summary=week["summary"],
            description=week["description"], description_html=render_markdown(week["description"]),
            starts_on=today + timedelta(days=week["starts_in_days"]),
            ends_on=today + timedelta(days=week["ends_in_days"]),
        )  # fmt: skip
        db.session.add(edition)
        world.editions[edition.slug] = edition
        for position, topic in enumerate(written["topics"], 1):
            world.topics[edition.slug, topic["slug"]] = Topic(edition=edition, position=position, **topic)
    db.session.add_all(world.topics.values())
    db.session.flush()


def add_calls(world: World) -> None:
    for written in read_content("calls"):
        make_call(world, written)


def make_call(world: World, written: dict[str, Any]) -> Call:
    call = Call(
        edition=world.editions[written["edition"]], slug=written["slug"], title=written["title"],
        summary=written["summary"], description=written["description"],
        description_html=render_markdown(written["description"]), support_mode=written.get("support_mode", "yes"),
        **world.windows(written["phases"], PHASES),
    )  # fmt: skip
    db.session.add(call)
    db.session.flush()
    world.calls[call.slug] = call
    return call


def add_ideas(world: World) -> None:
    for written in sorted(read_content("ideas"), key=lambda idea: -idea["days_ago"]):
        idea = make_idea(world, written)
        db.session.add(idea)
        world.ideas[written["key"]] = idea
        db.session.flush()
        for number, before in enumerate(written.get("earlier", ()), 1):
            db.session.add(_version(world, idea, number, before))
    db.session.flush()
    _remember_hiding(world)


def make_idea(world: World, written: dict[str, Any]) -> Idea:
    call, at = world.calls[written["call"]], world.ago(written["days_ago"])
    return Idea(
        call=call, author=world.people[written["author"]], thread=Thread(),
        topic=world.topics[call.edition.slug, written["topic"]],
        title=written["title"], text=written["text"],
        text_html=render_markdown(written["text"]), excerpt=excerpt(written["text"]),
        state=_state(written), hidden_reason=written.get("hidden", {}).get("reason", ""),
        lot=world.dice.randrange(LOTS), revision=1 + len(written.get("earlier", ())),
        created_at=at, published_at=None if written.get("draft") else at,
        changed_at=world.ago(written.get("changed_days_ago", written["days_ago"])),
    )  # fmt: skip


def _state(written: dict[str, Any]) -> str:
    return next((state for state in ("draft", "hidden", "withdrawn") if written.get(state)), "published")


def _version(world: World, idea: Idea, number: int, before: dict[str, Any]) -> IdeaVersion:
    return IdeaVersion(
        idea_id=idea.id, revision=number, title=before["title"], text=before["text"], topic=idea.topic,
        written_at=world.ago(before["days_ago"]),
    )  # fmt: skip


def _remember_hiding(world: World) -> None:
    for idea in world.ideas.values():
        if idea.state == "hidden":
            moderator = world.people["mona"]
            entry = Entry(
                actor_id=moderator.id, deed="ideas.hidden", thing=Idea.__tablename__, thing_id=idea.id,
                at=idea.created_at + timedelta(hours=5), note=idea.hidden_reason,
            )  # fmt: skip
            db.session.add(entry)


def add_comments(world: World) -> None:
    """Oldest first, so that an answer finds what it answers."""
    made: dict[str, Comment] = {}
    for written in sorted(read_content("comments"), key=lambda comment: -comment["days_ago"]):
        idea = world.ideas[written["idea"]]
        answered = made.get(written.get("reply_to", ""))
        comment = Comment(
            thread_id=idea.thread_id, parent_id=answered.id if answered else None,
            author=world.people[written["author"]], text=written["text"], text_html=render_markdown(written["text"]),
            created_at=world.ago(written["days_ago"]),
        )  # fmt: skip
        if answered:
            comment.root_id = answered.root_id or answered.id
            comment.place = next_place(comment.root_id)
        db.session.add(comment)
        db.session.flush()
        made[written["key"]] = comment
        idea.comment_count += 1
    db.session.flush()


def add_supports(world: World) -> None:
    """As many people as the content says for each idea, never its author, and never twice the same."""
    citizens = [person for person in world.people.values() if not person.roles]
    rows = []
    for written in read_content("ideas"):
        idea = world.ideas[written["key"]]
        others = [person for person in citizens if person is not idea.author]
        for person in world.dice.sample(others, written["support"]):
            at = world.moment(idea.created_at, idea.call.support_until)
            idea.call.first_support_at = min(at, idea.call.first_support_at or at)
            rows.append({"idea_id": idea.id, "person_id": person.id, "created_at": at})
        idea.support_count = written["support"]
    db.session.execute(insert(Support), rows)
    db.session.flush()


def add_to_search(_world: World) -> None:
    """What the worker does within seconds is done here, so that the search finds everything from the first moment."""
    db.session.flush()
    while index_ideas():
        pass
