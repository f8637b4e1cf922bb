import json
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete

from ideenlab.core.clock import now
from ideenlab.core.db import begin_reading, db, transaction
from ideenlab.core.upsert import insert_missing
from ideenlab.ideas.models import Call
from ideenlab.insights.maths.opinions import opinion_map
from ideenlab.insights.models import OpinionMap
from ideenlab.insights.queries import calls_with_maps, content_of, find_map, fingerprint_of, votes_of

STALE = timedelta(hours=1)


def draw_opinion_maps(*, at_once: bool = False, stopped: Callable[[], bool] = lambda: False) -> int:
    """Draw the maps whose votes have changed and that are an hour old. Gives the number of maps drawn.

    The arithmetic is done while nothing is locked; what is stored holds groups and shares, nobody's votes.
    """
    begin_reading()
    calls = [call.id for call in calls_with_maps()]
    with transaction():
        db.session.execute(delete(OpinionMap).where(OpinionMap.call_id.not_in(calls)))
    drawn = 0
    for number in calls:
        if stopped():
            break
        begin_reading()
        drawn += _draw(db.session.get_one(Call, number), at_once=at_once)
    return drawn


def _draw(call: Call, *, at_once: bool) -> bool:
    known, number, votes = find_map(call), call.id, fingerprint_of(call)
    if known and (content_of(known)["votes"] == votes or not (at_once or known.computed_at <= now() - STALE)):
        return False
    people = votes_of(call)
    begin_reading()
    content = json.dumps(opinion_map(people) | {"votes": votes}, separators=(",", ":"))
    with transaction():
        row = {"call_id": number, "computed_at": now(), "content": content}
        if not insert_missing(OpinionMap, row):
            stored = db.session.get_one(OpinionMap, number)
            stored.computed_at, stored.content = now(), content
    return True
