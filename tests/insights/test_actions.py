import json
from datetime import timedelta

import time_machine
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.ideas.models import Support
from ideenlab.insights.actions import draw_opinion_maps
from ideenlab.insights.models import OpinionMap
from ideenlab.insights.queries import content_of, find_map
from tests.factories import a_call, a_person, saved
from tests.insights.world import divided_call


def test_a_map_is_drawn_anew_when_votes_changed_and_it_is_an_hour_old(app):
    call, ideas, _people = divided_call()
    a_call(support_mode="for_against")
    assert [draw_opinion_maps(), draw_opinion_maps()] == [1, 0]
    content = content_of(find_map(call))
    assert [group["size"] for group in content["groups"]] == [10, 10]
    assert [row["idea"] for row in content["unites"]] == [ideas[-1].id]
    saved(Support(idea_id=ideas[0].id, person_id=a_person().id, value=1))
    assert draw_opinion_maps() == 0
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert draw_opinion_maps() == 1
    with transaction():
        db.session.get_one(type(call), call.id).shows_opinion_map = False
    assert draw_opinion_maps() == 0
    assert db.session.scalars(select(OpinionMap)).all() == []


def test_what_is_stored_holds_nobody(app):
    call, _ideas, people = divided_call()
    draw_opinion_maps()
    content = content_of(find_map(call))
    assert set(content) == {"people", "left_out", "groups", "ideas", "unites", "divides", "votes"}
    assert all(set(group) == {"size", "x", "y", "says"} for group in content["groups"])
    text = json.dumps(content)
    assert all(person.pseudonym not in text and person.email not in text for person in people)


def test_too_few_are_not_shown(app):
    call, _ideas, _people = divided_call(size=9)
    draw_opinion_maps()
    assert content_of(find_map(call))["groups"] == []
