"""The votes an opinion map is made of, and the map that was made last."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from ideenlab.core.db import db
from ideenlab.ideas.models import Call, Idea, Support
from ideenlab.insights.models import OpinionMap


def calls_with_maps() -> Sequence[Call]:
    return db.session.scalars(
        select(Call).where(Call.shows_opinion_map, Call.support_mode == "for_against").order_by(Call.id)
    ).all()


def find_map(call: Call) -> OpinionMap | None:
    return db.session.get(OpinionMap, call.id)


def content_of(found: OpinionMap) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(found.content)
    return content


def votes_of(call: Call) -> list[dict[int, int]]:
    """Of each person the votes by idea, without who it is. A vote on a joined idea counts for its target."""
    people: dict[int, dict[int, int]] = {}
    rows = db.session.execute(
        select(Support.person_id, Idea.id, Idea.merged_into_id, Idea.state, Support.value)
        .join(Idea, Idea.id == Support.idea_id)
        .where(Idea.call_id == call.id, Idea.state.in_(("published", "merged")))
        .order_by(Idea.state, Support.created_at)  # merged ones first, so that the vote on the idea itself counts
        .execution_options(yield_per=5000)
    )
    shown = set(db.session.scalars(select(Idea.id).where(Idea.call_id == call.id, Idea.state == "published")))
    for person_id, idea_id, target_id, state, value in rows:
        counted = target_id if state == "merged" else idea_id
        if counted in shown:
            people.setdefault(person_id, {})[counted] = value
    return list(people.values())


def fingerprint_of(call: Call) -> str:
    """Another one whenever a vote came, went or changed, or an idea went out of sight."""
    row = db.session.execute(
        select(
            func.count(), func.sum(Support.value), func.sum(Support.idea_id * (Support.value + 2)),
            func.sum(Support.person_id * (Support.value + 2)), func.max(Support.created_at),
        )
        .join(Idea, Idea.id == Support.idea_id)
        .where(Idea.call_id == call.id, Idea.state.in_(("published", "merged")))
    ).one()  # fmt: skip
    ideas = db.session.execute(
        select(func.count(), func.sum(Idea.id)).where(Idea.call_id == call.id, Idea.state == "published")
    ).one()
    return "/".join(str(value) for value in (*row, *ideas))


def titles_of(ideas: Sequence[int]) -> dict[int, str]:
    """As far as everybody can read them now."""
    rows = db.session.execute(select(Idea.id, Idea.title).where(Idea.id.in_(ideas), Idea.state == "published"))
    return {number: title for number, title in rows}
