"""Many with one code, one person many times: one vote. And the release misses none that was told stored."""

import json

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.queries import get_person
from ideenlab.audience import actions
from ideenlab.audience.models import AudienceCount
from ideenlab.audience.queries import find_prize
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.prototypes.queries import get_prototype
from tests.audience.worlds import a_prize, a_stage
from tests.factories import DAY, a_person
from tests.ideas.test_races import all_at_once

MANY = 8


def total():
    db.session.rollback()
    return db.session.scalar(select(func.coalesce(func.sum(AudienceCount.votes), 0)))


@pytest.mark.parametrize("a_round", range(3))
def test_one_code_and_one_person_vote_once_however_many_at_once(app, a_round):
    hackathon, (first, second) = a_stage(2)
    _prize, codes = a_prize(hackathon, codes=1)
    slug, numbers, fan, code = hackathon.slug, [first.id, second.id], a_person().id, codes[0]

    def in_hall(number):
        def run():
            with transaction():
                prototype = get_prototype(numbers[number % 2])
                actions.vote_in_hall(None, hackathon=get_hackathon(slug), code=code, prototype=prototype)
            return "counted"

        return run

    def on_stream(number):
        def run():
            with transaction():
                prototype = get_prototype(numbers[number % 2])
                actions.vote_on_stream(get_person(fan), hackathon=get_hackathon(slug), prototype=prototype)
            return "counted"

        return run

    for way in (in_hall, on_stream):
        before = total()
        answers = all_at_once(app, [way(number) for number in range(MANY)])
        assert answers.count("counted") == total() - before == 1
        assert all(each == "counted" or isinstance(each, Invalid | Conflict | NotAllowed) for each in answers), answers


@pytest.mark.parametrize("a_round", range(3))
def test_what_was_told_counted_is_in_the_protocol(app, a_round):
    hackathon, (first,) = a_stage(1)
    prize, codes = a_prize(hackathon, codes=MANY)
    slug, number, organiser = hackathon.slug, first.id, a_person("organiser").id

    def vote(code):
        def run():
            with transaction():
                actions.vote_in_hall(None, hackathon=get_hackathon(slug), code=code, prototype=get_prototype(number))
            return "counted"

        return run

    def release():
        with transaction():
            found = get_hackathon(slug)
            find_prize(found).voting_until = now()
            db.session.flush()
            actions.release_prize(get_person(organiser), hackathon=found)
        return "released"

    answers = all_at_once(app, [*(vote(code) for code in codes[:-1]), release])
    db.session.rollback()
    hall = json.loads(find_prize(get_hackathon(slug)).protocol)["circles"][0]
    assert answers.count("released") == 1
    assert hall["votes"] == answers.count("counted") == total()
    assert prize.voting_from < now() - DAY / 2
