"""Each step is told once to those who took part in the idea, and only while it stands."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, select

from ideenlab.challenges.actions import withdraw_challenge
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.jury.models import Result
from ideenlab.mail.models import Mail
from ideenlab.notifications.actions import send_digests
from ideenlab.notifications.models import MailPreference, Notice
from ideenlab.trails.actions import (
    edit_outcome,
    follow_trails,
    show_outcome_again,
    tell_outcome,
    withdraw_outcome,
)
from ideenlab.trails.models import Hop
from ideenlab.trails.queries import trail_of
from tests.factories import a_challenge, a_hackathon, a_person, an_idea, saved
from tests.jury.world import a_juror, published, save
from tests.trails.world import an_outcome, people_and_prototype


def told():
    """By person what they were told, in the order in which it was said."""
    found = {}
    for notice in db.session.scalars(select(Notice).order_by(Notice.id)):
        found.setdefault(notice.person_id, []).append((notice.text, notice.path))
    return found


def kinds():
    return sorted(db.session.scalars(select(Hop.kind)))


def test_each_step_is_told_once_to_each_who_took_part_in_their_language(app):
    prototype, idea, people = people_and_prototype()
    saved(MailPreference(person_id=people["commenter"].id, kind="followed", pace="never"))
    prototype_id, idea_id = prototype.id, idea.id
    assert [follow_trails(), follow_trails()] == [2, 0]
    assert kinds() == ["challenge", "prototype"]
    said = told()
    assert {person_id: len(texts) for person_id, texts in said.items()} == {
        people[name].id: 2 for name in ("author", "along", "commenter", "supporter")
    }
    asked = "Aus Ihrer Idee „Bänke am Fluss“ ist ein Prototyp entstanden. Trifft er die Idee?"
    assert said[people["author"].id][1] == (asked, f"/prototyp/{prototype_id}#fits")
    grown = "A prototype has grown from the idea “Bänke am Fluss”"
    assert said[people["supporter"].id][1] == (grown, f"/idee/{idea_id}/werdegang")
    waits = select(func.count()).where(Notice.person_id == people["commenter"].id, Notice.mail_at.is_not(None))
    assert db.session.scalar(waits) == 0


def test_each_step_comes_once_and_privately_in_the_digest_of_its_day(app):
    prototype, idea, people = people_and_prototype()
    addresses = {people[name].email for name in ("author", "along", "commenter", "supporter")}
    supporter, number = people["supporter"].email, prototype.id
    title = trail_of(idea).branches[0].challenge.title

    def digests_after(days):
        with time_machine.travel(now() + timedelta(days=days)):
            follow_trails()
        with time_machine.travel(now() + timedelta(days=days + 1, hours=2)):
            send_digests()
            send_digests()
        letters = {mail.recipient: mail.text for mail in db.session.scalars(select(Mail))}
        with transaction():
            db.session.execute(delete(Mail))
        return letters

    first = digests_after(0)
    assert set(first) == addresses
    assert f"An idea has become a challenge: {title}" in first[supporter]
    assert "A prototype has grown from the idea" in first[supporter]
    an_outcome(db.session.get(type(prototype), number), told_on=now() + timedelta(days=3))
    second = digests_after(3)
    assert set(second) == addresses
    assert "What became of the idea" in second[supporter]
    assert "challenge" not in second[supporter]
    for text in (*first.values(), *second.values()):
        assert not [name for name in ("Kommentatorin", "Unterstützer") if text.count(name) > 1]  # only who is addressed
    assert digests_after(6) == {}


def test_a_verdict_and_what_became_of_it_are_steps_too_and_go_when_they_are_taken_back(app):
    prototype, idea, people = people_and_prototype()
    save(a_juror(prototype.hackathon), prototype, 4, submit=True)
    published(prototype.hackathon)
    outcome = an_outcome(prototype)
    follow_trails()
    assert kinds() == ["challenge", "outcome", "prototype", "verdict"]
    assert len(told()[people["supporter"].id]) == 4
    (built,) = trail_of(idea).branches[0].built
    assert (built.verdict.place, built.outcomes) == (1, [outcome])
    organiser = a_person("organiser")
    with transaction():
        result = db.session.scalars(select(Result)).one()
        result.withdrawn_at, result.withdrawal_reason = now(), "Falsch gerechnet"
        withdraw_outcome(organiser, outcome=outcome)
    (built,) = trail_of(idea).branches[0].built
    assert (built.verdict, list(built.outcomes)) == (None, [])
    with transaction():
        withdraw_challenge(organiser, challenge=trail_of(idea).branches[0].challenge)
    assert trail_of(idea).branches == []
    with transaction():
        show_outcome_again(organiser, outcome=outcome)
        db.session.scalars(select(Challenge)).one().withdrawn_at = None
    assert follow_trails() == 0  # nobody hears of it a second time


def test_what_does_not_stand_and_what_is_long_ago_is_told_to_nobody(app):
    organiser, author = a_person("organiser"), a_person()
    old, taken_back, of_hidden, trial = (an_idea(author=author) for _idea in range(4))
    hackathon = a_hackathon()
    a_challenge(hackathon, idea=old, published_at=now() - timedelta(days=31))
    a_challenge(a_hackathon(rehearsal_of_id=hackathon.id), idea=trial, published_at=now())
    withdrawn = a_challenge(hackathon, idea=taken_back, published_at=now())
    a_challenge(hackathon, idea=of_hidden, published_at=now())
    with transaction():
        withdraw_challenge(organiser, challenge=withdrawn)
        of_hidden.state = "hidden"
    assert follow_trails() == 0
    assert (told(), kinds()) == ({}, ["challenge"])


def test_a_joined_idea_tells_the_people_of_both(app):
    author, other = a_person(), a_person()
    target, part = an_idea(author=author), an_idea(author=other)
    a_challenge(idea=part, published_at=now())
    with transaction():
        part.state, part.merged_into_id, target.part_count = "merged", target.id, 1
    assert follow_trails() == 1
    assert set(told()) == {author.id, other.id}
    assert [branch.challenge.idea_id for branch in trail_of(target).branches] == [part.id]
    assert (trail_of(target).parts, trail_of(part).target) == ([part], target)


def test_organisers_tell_what_became_of_what_everybody_can_see(app):
    prototype, _idea, people = people_and_prototype()
    organiser, words = a_person("organiser"), {"title": "Bänke stehen", "text": "Am Fluss.", "url": ""}
    with pytest.raises(NotAllowed), transaction():
        tell_outcome(people["member"], prototype=prototype, **words)
    with pytest.raises(Invalid), transaction():
        tell_outcome(organiser, prototype=prototype, **{**words, "url": "javascript:alert(1)"})
    with transaction():
        outcome = tell_outcome(organiser, prototype=prototype, **{**words, "url": "https://www.bänke.de/x"})
    assert outcome.url == "https://www.xn--bnke-loa.de/x"
    with transaction():
        edit_outcome(organiser, outcome=outcome, revision=1, **words)
    with pytest.raises(Conflict) as refused, transaction():
        edit_outcome(organiser, outcome=outcome, revision=1, **{**words, "title": "Anders"})
    assert refused.value.mine == [("Was daraus wurde", "Anders")]
    with transaction():
        prototype.hackathon.gallery_shown_at = None
    with pytest.raises(NotAllowed), transaction():
        tell_outcome(organiser, prototype=prototype, **words)
