"""The audience prize: one code, one vote; sealed counts; a release that freezes what was counted."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from ideenlab.audience import actions
from ideenlab.audience.models import AudienceCode, AudienceCount
from ideenlab.audience.queries import find_prize, printed_sheets
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.history.models import Entry
from tests.audience.worlds import a_prize, a_stage
from tests.factories import DAY, a_person


def votes():
    db.session.rollback()
    rows = db.session.execute(select(AudienceCount.circle, AudienceCount.prototype_id, AudienceCount.votes))
    return {(circle, number): count for circle, number, count in rows}


def test_a_code_votes_once_and_what_it_voted_for_is_kept_nowhere(app):
    hackathon, (first, second) = a_stage(2)
    prize, codes = a_prize(hackathon, codes=3)
    before = db.session.query(Entry).count()
    typed = codes[0].lower()[:4] + " - " + codes[0].lower()[4:]
    with transaction():
        actions.vote_in_hall(None, hackathon=hackathon, code=typed, prototype=first)
    for code, prototype in ((codes[0], second), ("ABCDEFGH", first), ("", first)):
        with pytest.raises(Invalid) as refused, transaction():
            actions.vote_in_hall(None, hackathon=hackathon, code=code, prototype=prototype)
        assert refused.value.field == "code"
    assert votes() == {("hall", first.id): 1}
    assert db.session.query(Entry).count() == before
    used = db.session.scalars(select(AudienceCode).where(AudienceCode.used_at.is_not(None))).one()
    assert (used.person_id, used.used_at.minute, used.used_at.second) == (None, 0, 0)
    assert prize.title == "Publikumspreis"


def test_a_lost_sheet_is_ended_and_its_earlier_votes_stay(app):
    hackathon, (first,) = a_stage(1)
    prize, lost = a_prize(hackathon, codes=2)
    organiser = a_person("organiser")
    with transaction():
        actions.vote_in_hall(None, hackathon=hackathon, code=lost[0], prototype=first)
        _sheet, fresh = actions.print_codes(organiser, prize=prize, number=1)
        actions.end_sheet(organiser, prize=prize, sheet=1)
    with pytest.raises(Invalid), transaction():
        actions.vote_in_hall(None, hackathon=hackathon, code=lost[1], prototype=first)
    with transaction():
        actions.vote_in_hall(None, hackathon=hackathon, code=fresh[0], prototype=first)
    assert votes() == {("hall", first.id): 2}
    assert [(each.number, each.codes, each.ended) for each in printed_sheets(hackathon)] == [(2, 1, 0), (1, 2, 2)]


def test_the_stream_has_one_vote_for_each_person_and_none_for_the_own_team(app):
    member, fan = a_person(), a_person()
    hackathon, (first, second) = a_stage(2, member)
    a_prize(hackathon)
    with transaction():
        actions.vote_on_stream(fan, hackathon=hackathon, prototype=first)
    with pytest.raises(NotAllowed), transaction():
        actions.vote_on_stream(fan, hackathon=hackathon, prototype=second)
    for voting, asking in ((actions.vote_on_stream, {}), (actions.vote_in_hall, {"code": "ABCDEFGH"})):
        with pytest.raises(Invalid) as refused, transaction():
            voting(member, hackathon=hackathon, prototype=first, **asking)
        assert (refused.value.field, str(refused.value)) == ("prototype", "Für das eigene Team kann niemand abstimmen.")
    with transaction():
        actions.vote_on_stream(member, hackathon=hackathon, prototype=second)
    assert votes() == {("stream", first.id): 1, ("stream", second.id): 1}


NOBODY_VOTES = [
    ({"voting_from": DAY}, {}, "Das beginnt am "),
    ({"voting_until": -timedelta(minutes=1)}, {}, "Das endete am "),
    ({}, {"gallery_shown_at": None}, "Die Prototypen von „"),
]


def test_nobody_votes_outside_the_window_or_for_what_is_not_shown(app):
    hackathon, (first,) = a_stage(1)
    prize, codes = a_prize(hackathon, codes=1)
    shown, window = hackathon.gallery_shown_at, (prize.voting_from, prize.voting_until)
    for dates, values, reason in NOBODY_VOTES:
        with transaction():
            prize.voting_from, prize.voting_until = window
            for name, away in dates.items():
                setattr(prize, name, now() + away)
            hackathon.gallery_shown_at = values.get("gallery_shown_at", shown)
        with pytest.raises(NotAllowed) as refused, transaction():
            actions.vote_in_hall(None, hackathon=hackathon, code=codes[0], prototype=first)
        assert str(refused.value).startswith(reason)
    assert votes() == {}


def test_the_release_counts_both_circles_apart_and_freezes_them(app):
    hackathon, (first, second, third) = a_stage(3)
    prize, codes = a_prize(hackathon, codes=4)
    organiser, fans = a_person("organiser"), [a_person() for _number in range(3)]
    with transaction():
        for code, prototype in zip(codes, (first, second, first, second), strict=True):
            actions.vote_in_hall(None, hackathon=hackathon, code=code, prototype=prototype)
        for fan in fans:
            actions.vote_on_stream(fan, hackathon=hackathon, prototype=third)
    with pytest.raises(NotAllowed) as sealed, transaction():
        actions.release_prize(organiser, hackathon=hackathon)
    assert "Zählung versiegelt" in str(sealed.value)
    with transaction():
        prize.voting_until = now() - timedelta(seconds=1)
    with transaction():
        actions.release_prize(organiser, hackathon=hackathon)
    released = find_prize(hackathon)
    assert released.sha256 == hashlib.sha256(released.protocol.encode()).hexdigest()
    hall, stream = json.loads(released.protocol)["circles"]
    assert [(line["prototype"], line["place"], line["votes"], line["wins"]) for line in hall["prototypes"]] == [
        (first.id, 1, 2, True), (second.id, 1, 2, True), (third.id, 3, 0, False),
    ]  # fmt: skip
    assert (hall["codes"], hall["votes"]) == ({"given": 4, "used": 4}, 4)
    assert [line["votes"] for line in stream["prototypes"]] == [3, 0, 0]
    assert db.session.scalars(select(AudienceCode).where(AudienceCode.person_id.is_not(None))).all() == []
    for change in (
        lambda: actions.release_prize(organiser, hackathon=hackathon),
        lambda: actions.print_codes(organiser, prize=released, number=1),
        lambda: actions.vote_on_stream(fans[0], hackathon=hackathon, prototype=first),
    ):
        with pytest.raises(NotAllowed), transaction():
            change()


def test_two_organisers_do_not_overwrite_each_other(app):
    hackathon, _prototypes = a_stage(1)
    prize, _codes = a_prize(hackathon)
    dates = {"voting_from": now() - DAY, "voting_until": now() + DAY}
    with pytest.raises(Conflict), transaction():
        actions.plan_prize(a_person("organiser"), hackathon=hackathon, title="Anders", revision=0, **dates)
    with pytest.raises(NotAllowed), transaction():
        actions.plan_prize(a_person("moderator"), hackathon=hackathon, title="Anders", revision=1, **dates)
    assert find_prize(hackathon).title == prize.title
