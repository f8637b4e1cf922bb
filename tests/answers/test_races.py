"""Two organisers at the same moment: one answer, one mail, and no change that nobody saw."""

import threading

import pytest

from ideenlab.accounts.models import Person
from ideenlab.answers.actions import draft_answers, publish_answer, set_status
from ideenlab.answers.actions.drafts import Wording
from ideenlab.answers.models import Answer
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.history.models import Entry
from ideenlab.ideas.models import Idea, Status
from ideenlab.mail.models import Mail
from tests.answers.factories import a_draft, the_statuses
from tests.factories import a_person, an_idea

pytestmark = pytest.mark.on("postgresql", "sqlite")
AT_ONCE = 6


def all_at_once(app, work):
    """Run it in several threads from one starting shot; gives what each came to."""
    barrier, outcomes = threading.Barrier(AT_ONCE), []

    def run(number):
        with app.app_context():
            barrier.wait()
            try:
                with transaction():
                    work(number)
                outcomes.append("done")
            except (Conflict, NotAllowed) as refused:
                outcomes.append(type(refused).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert len(outcomes) == AT_ONCE
    return outcomes.count("done")


def test_an_answer_is_published_and_told_once(app):
    organiser = a_person("organiser")
    answer_id, organiser_id = a_draft(organiser=organiser).id, organiser.id

    def publish(_number):
        answer = db.session.get_one(Answer, answer_id)
        publish_answer(db.session.get_one(Person, organiser_id), answer=answer, revision=1)

    assert all_at_once(app, publish) == 1
    assert db.session.query(Mail).count() == 1
    assert db.session.query(Entry).filter_by(deed="answers.published").count() == 1


def test_only_one_draft_is_begun_for_an_idea(app):
    idea_id, organiser_id = an_idea().id, a_person("organiser").id

    def begin(number):
        idea = db.session.get_one(Idea, idea_id)
        words = Wording(text=f"Antwort {number}")
        draft_answers(db.session.get_one(Person, organiser_id), ideas=[idea], wording=words)

    assert all_at_once(app, begin) == 1
    assert db.session.query(Answer).count() == 1


def test_of_several_status_changes_one_wins_and_the_others_hear_of_it(app):
    known = {slug: status.id for slug, status in the_statuses().items()}
    idea_id, organiser_id = an_idea().id, a_person("organiser").id
    wanted = list(known)[1:]

    def change(number):
        seen, status = (db.session.get_one(Status, known[slug]) for slug in ("eingegangen", wanted[number]))
        idea = db.session.get_one(Idea, idea_id)
        set_status(db.session.get_one(Person, organiser_id), idea=idea, status=status, seen=seen)

    assert all_at_once(app, change) == 1
    entry = db.session.query(Entry).filter_by(deed="answers.status").one()
    assert entry.note == db.session.get_one(Idea, idea_id).status.title
