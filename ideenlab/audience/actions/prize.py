"""The window, the printed codes, and the release that freezes a protocol."""

import hashlib
import json
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from ideenlab.accounts.models import Person
from ideenlab.audience.maths import places_of, winners_of
from ideenlab.audience.models import AudienceCode, AudiencePrize
from ideenlab.audience.queries import (
    CIRCLES,
    CODE_LENGTH,
    CODE_SIGNS,
    counted_votes,
    find_prize,
    hash_code,
    locked_prize,
)
from ideenlab.audience.rules import may_plan_prize, may_print_codes, may_release_prize
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.prototypes.queries import gallery_of


def plan_prize(
    organiser: Person, *, hackathon: Hackathon, title: str, voting_from: datetime, voting_until: datetime,
    revision: int,
) -> AudiencePrize:  # fmt: skip
    """Set the prize up, or change it. `revision` 0 when there was none: Conflict when somebody was faster."""
    prize = find_prize(hackathon)
    require(may_plan_prize(organiser, hackathon, prize))
    if (prize.revision if prize else 0) != revision:
        raise Conflict(_("Somebody else has changed the audience prize meanwhile."))
    if prize is None:
        prize = AudiencePrize(hackathon=hackathon, title="", revision=0)
        db.session.add(prize)
    prize.title, prize.voting_from, prize.voting_until = clean_line(title), voting_from, voting_until
    prize.revision += 1
    note = f"{voting_from.isoformat()} – {voting_until.isoformat()}"
    record(organiser, "audience.planned", hackathon, note=note)
    db.session.flush()
    return prize


def print_codes(organiser: Person, *, prize: AudiencePrize, number: int) -> tuple[int, list[str]]:
    """New codes for the hall, and the number of their sheet. They are told once and kept only as hashes."""
    require(may_print_codes(organiser, prize, number, now()))
    last = select(func.max(AudienceCode.sheet)).where(AudienceCode.hackathon_id == prize.hackathon_id)
    sheet = (db.session.scalar(last) or 0) + 1
    codes = ["".join(secrets.choice(CODE_SIGNS) for _sign in range(CODE_LENGTH)) for _code in range(number)]
    db.session.add_all(
        AudienceCode(hackathon_id=prize.hackathon_id, circle="hall", code_hash=hash_code(code), sheet=sheet)
        for code in codes
    )
    record(organiser, "audience.codes_printed", prize.hackathon, note=f"{sheet}: {number}")
    db.session.flush()
    return sheet, codes


def end_sheet(organiser: Person, *, prize: AudiencePrize, sheet: int) -> None:
    """A printing was lost: its codes work no more. What was voted with them before stays counted."""
    require(may_plan_prize(organiser, prize.hackathon, prize))
    ended = db.session.execute(
        update(AudienceCode)
        .where(
            AudienceCode.hackathon_id == prize.hackathon_id, AudienceCode.circle == "hall",
            AudienceCode.sheet == sheet, AudienceCode.ended_at.is_(None),
        )
        .values(ended_at=now())
        .execution_options(synchronize_session=False)
    )  # fmt: skip
    if ended.rowcount:  # type: ignore[attr-defined]
        record(organiser, "audience.sheet_ended", prize.hackathon, note=str(sheet))
    db.session.flush()


def release_prize(organiser: Person, *, hackathon: Hackathon) -> AudiencePrize:
    """Open the seal: both circles are counted once, written down, and never counted again.

    Nobody votes while this runs. Afterwards it is not known any more who voted on the stream.
    """
    prize = locked_prize(hackathon, alone=True)
    if prize is None:
        raise NotFound
    require(may_release_prize(organiser, prize, now()))
    prize.released_at, prize.released_by = now(), organiser
    prize.protocol = _written(prize)
    prize.sha256 = hashlib.sha256(prize.protocol.encode()).hexdigest()
    prize.revision += 1
    _forget_who_voted(hackathon)
    record(organiser, "audience.released", hackathon, note=prize.sha256)
    db.session.flush()
    return prize


def _written(prize: AudiencePrize) -> str:
    """Canonical JSON: keys sorted, no blanks, so that the same result has the same hash."""
    assert prize.released_at
    content = {
        "hackathon": prize.hackathon.slug, "title": prize.title, "released_at": prize.released_at.isoformat(),
        "circles": [_circle(prize.hackathon, circle) for circle in CIRCLES],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _circle(hackathon: Hackathon, circle: str) -> dict[str, Any]:
    shown = {prototype.id: (prototype, hand_in) for prototype, hand_in in gallery_of(hackathon)}
    stored = counted_votes(hackathon, circle)
    votes = {number: stored.get(number, 0) for number in shown}
    first = winners_of(votes)
    return {
        "circle": circle,
        "codes": _codes(hackathon, circle),
        "votes": sum(stored.values()),
        "not_shown": sum(count for number, count in stored.items() if number not in shown),
        "prototypes": [
            {"place": place, "prototype": number, "title": shown[number][1].title,
             "team": shown[number][0].team.name, "votes": count, "wins": number in first}
            for place, number, count in places_of(votes)
        ],
    }  # fmt: skip


def _codes(hackathon: Hackathon, circle: str) -> dict[str, int]:
    mine = AudienceCode.hackathon_id == hackathon.id, AudienceCode.circle == circle
    given, used = db.session.execute(
        select(func.count(), func.count(AudienceCode.used_at)).where(*mine)
    ).one()  # fmt: skip
    return {"given": given, "used": used}


def _forget_who_voted(hackathon: Hackathon) -> None:
    db.session.execute(
        update(AudienceCode)
        .where(AudienceCode.hackathon_id == hackathon.id, AudienceCode.person_id.is_not(None))
        .values(person_id=None)
        .execution_options(synchronize_session=False)
    )
