"""Many at once in the hall: a card, a count and a link are used once, and a double press is one idea."""

import pytest
from sqlalchemy import func, select

from ideenlab.accounts.queries import get_person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Gone, NotAllowed
from ideenlab.core.security import hash_secret
from ideenlab.ideas.actions import confirm_idea
from ideenlab.ideas.models import Claim, Idea
from ideenlab.ideas.queries import find_claim
from ideenlab.stations import actions
from ideenlab.stations.models import Card, DotCount, Station
from tests.factories import DAY, a_call, a_person, a_station, an_idea, saved
from tests.ideas.test_races import all_at_once

TEXT = "Mehr Bänke an der Hase, damit alle sich ausruhen können."
MANY = 8


def count(model):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("a_round", range(3))
def test_a_card_checked_by_many_is_one_idea(app, a_round):
    station = a_station()
    card_id = saved(Card(station=station, title="Bänke", text=TEXT, entered_by=a_person())).id
    people = [a_person("moderator").id for _number in range(MANY)]

    def check(number):
        def run():
            with transaction():
                card = db.session.get(Card, card_id)
                return actions.check_card(
                    get_person(people[number]), card=card, title="Bänke", text=TEXT, topic=None, alone=False,
                    agrees_to_licence=True,
                ).id  # fmt: skip

        return run

    answers = all_at_once(app, [check(number) for number in range(MANY)])
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert all(isinstance(answer, int | Conflict | NotAllowed) for answer in answers), answers
    assert count(Idea) == 1


@pytest.mark.parametrize("a_round", range(3))
def test_a_count_is_signed_once(app, a_round):
    call = a_call()
    count_id = saved(DotCount(station=a_station(call), idea=an_idea(call), dots=7, entered_by=a_person())).id
    people = [a_person("moderator").id for _number in range(MANY)]

    def sign(number):
        def run():
            with transaction():
                actions.check_dots(
                    get_person(people[number]), count=db.session.get(DotCount, count_id), dots=7, alone=False
                )
            return "signed"

        return run

    answers = all_at_once(app, [sign(number) for number in range(MANY)])
    assert answers.count("signed") == 1
    assert all(answer == "signed" or isinstance(answer, Conflict | NotAllowed) for answer in answers), answers


@pytest.mark.parametrize("a_round", range(3))
def test_a_link_pressed_by_many_works_once(app, a_round):
    idea = an_idea(state="waiting", published_at=None)
    with transaction():
        idea.author = None
    secret = "geheim" * 8
    saved(
        Claim(
            idea=idea, address="neu@example.org", expires_at=now() + DAY,
            secret_hash=hash_secret(secret, purpose="idea claim"),
        )
    )  # fmt: skip

    def press():
        with transaction():
            confirm_idea(find_claim(secret))
        return "confirmed"

    answers = all_at_once(app, [press] * MANY)
    assert answers.count("confirmed") == 1
    assert all(answer == "confirmed" or isinstance(answer, Gone) for answer in answers), answers
    db.session.rollback()
    assert db.session.get(Idea, idea.id).state == "published"


@pytest.mark.parametrize("a_round", range(3))
def test_a_button_pressed_eight_times_at_the_kiosk_is_one_idea(app, a_round):
    station_id = a_station().id

    def press():
        with transaction():
            station = db.session.get(Station, station_id)
            return actions.give_idea_at(station, title="Bänke", text=TEXT, topic=None, agrees_to_licence=True)[0].id

    answers = all_at_once(app, [press] * MANY)
    assert len(set(answers)) == 1, answers
    assert (count(Idea), count(Card)) == (1, 1)
