import pytest
from sqlalchemy import select

from ideenlab.challenges.actions import (
    Brief,
    add_challenge,
    edit_challenge,
    move_challenge,
    publish_challenge,
    remove_challenge,
    withdraw_challenge,
)
from ideenlab.challenges.queries import all_challenges_of, challenges_from, challenges_of
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.ideas.models import CoAuthor, Support
from ideenlab.notifications.models import Notice
from ideenlab.trails.actions import follow_trails
from tests.factories import a_challenge, a_comment, a_hackathon, a_person, an_idea, saved

FULL = Brief(title="Grünes Licht", summary="Kurz", description="**Lang**")


def test_a_challenge_is_chosen_from_once_it_is_published_and_until_it_is_withdrawn(app):
    organiser, hackathon = a_person("organiser"), a_hackathon()
    with transaction():
        challenge = add_challenge(organiser, hackathon=hackathon, brief=FULL)
    assert (list(challenges_of(hackathon)), list(all_challenges_of(hackathon))) == ([], [challenge])
    with transaction():
        publish_challenge(organiser, challenge=challenge)
    assert list(challenges_of(hackathon)) == [challenge]
    with transaction():
        withdraw_challenge(organiser, challenge=challenge)
    assert list(challenges_of(hackathon)) == []
    with pytest.raises(NotAllowed), transaction():
        remove_challenge(organiser, challenge=challenge)


def test_everybody_who_took_part_in_the_idea_is_told_once_and_nobody_else(app):
    organiser, hackathon, idea = a_person("organiser"), a_hackathon(), an_idea()
    commenter, supporter, against, writer, stranger = (a_person() for _person in range(5))
    a_comment(idea, author=commenter)
    saved(Support(idea_id=idea.id, person_id=supporter.id))
    saved(Support(idea_id=idea.id, person_id=commenter.id))
    saved(Support(idea_id=idea.id, person_id=against.id, value=-1))
    saved(CoAuthor(idea_id=idea.id, person_id=writer.id, state="accepted"))
    with transaction():
        challenge = add_challenge(organiser, hackathon=hackathon, brief=FULL, idea=idea)
    assert list(challenges_from(idea)) == []
    for _click in range(2):
        with transaction():
            publish_challenge(organiser, challenge=challenge)
        follow_trails()  # it tells, nobody else
        with transaction():
            withdraw_challenge(organiser, challenge=challenge)
    told = db.session.scalars(select(Notice.person_id).order_by(Notice.person_id)).all()
    assert told == sorted([idea.author_id, commenter.id, supporter.id, writer.id])
    assert stranger.id not in told


def test_two_organisers_do_not_overwrite_each_other(app):
    organiser, challenge = a_person("organiser"), a_challenge()
    with transaction():
        edit_challenge(organiser, challenge=challenge, brief=FULL, revision=1)
    with pytest.raises(Conflict), transaction():
        edit_challenge(organiser, challenge=challenge, brief=Brief(title="Anders"), revision=1)


def test_the_order_is_the_organisers(app):
    organiser, hackathon = a_person("organiser"), a_hackathon()
    first, second = a_challenge(hackathon), a_challenge(hackathon)
    with transaction():
        move_challenge(organiser, challenge=second, up=True)
    assert list(challenges_of(hackathon)) == [second, first]
    with transaction():
        move_challenge(organiser, challenge=second, up=True)
    assert list(challenges_of(hackathon)) == [second, first]


def test_who_may_not(app):
    hackathon, hidden = a_hackathon(), an_idea(state="hidden")
    organiser, citizen = a_person("organiser"), a_person()
    refused = [
        lambda: add_challenge(citizen, hackathon=hackathon, brief=FULL),
        lambda: add_challenge(organiser, hackathon=a_hackathon(archived_at=now()), brief=FULL),
        lambda: add_challenge(organiser, hackathon=hackathon, brief=FULL, idea=hidden),
        lambda: publish_challenge(organiser, challenge=a_challenge(hackathon, published_at=None)),
        lambda: withdraw_challenge(citizen, challenge=a_challenge(hackathon)),
    ]
    for act in refused:
        with pytest.raises(NotAllowed), transaction():
            act()
