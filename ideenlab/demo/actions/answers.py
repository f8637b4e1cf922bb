"""What the city has said about some of the ideas."""

from datetime import timedelta

from ideenlab.accounts.models import Person
from ideenlab.answers.actions import add_default_statuses
from ideenlab.answers.models import Answer, Office
from ideenlab.core.db import db
from ideenlab.core.text import fold, render_markdown
from ideenlab.demo.actions.world import CLOSES, World, read_content
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Idea, Status


def add_statuses(_world: World) -> None:
    """Before the ideas, so that each begins with the first."""
    add_default_statuses(None)


def add_answers(world: World) -> None:
    written = read_content("answers")
    offices = {
        name: Office(name=name, name_folded=fold(name), email=email) for name, email in written["offices"].items()
    }
    db.session.add_all(offices.values())
    statuses = {status.slug: status for status in add_default_statuses(None)}
    organiser = _organiser(world)
    for slug, days in written["deadlines"].items():
        world.calls[slug].answer_until = world.at(days, CLOSES)
    for one in written["answers"]:
        idea, status = world.ideas[one["idea"]], statuses[one["status"]]
        at = None if one.get("draft") else max(world.ago(one["days_ago"]), idea.created_at + timedelta(hours=1))
        answer = Answer(
            idea=idea, office=offices[one["office"]], status=status, status_before_id=idea.status_id,
            signed=one["signed"], text=one["text"], text_html=render_markdown(one["text"]),
            written_by_id=organiser.id, assigned_to_id=organiser.id if one.get("draft") else None,
            state="draft" if one.get("draft") else "published", published_at=at,
        )  # fmt: skip
        db.session.add(answer)
        db.session.flush()
        if at:
            idea.status, idea.answered_at = status, at
            _remember(organiser, idea, status, answer)
    db.session.flush()


def _organiser(world: World) -> Person:
    return next(person for person in world.people.values() if person.has_role("organiser"))


def _remember(organiser: Person, idea: Idea, status: Status, answer: Answer) -> None:
    for deed, note in (("answers.published", str(answer.id)), ("answers.status", status.title)):
        db.session.add(
            Entry(actor_id=organiser.id, deed=deed, thing="ideas", thing_id=idea.id, note=note, at=answer.published_at)
        )
