"""Drafts are kept 90 days after their last change; their authors hear of it two weeks before."""

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.history.models import Entry
from ideenlab.ideas.actions import edit_idea, remove_old_drafts, warn_of_old_drafts
from ideenlab.ideas.models import Idea
from ideenlab.ideas.rules import draft_kept_until
from ideenlab.mail.models import Mail
from tests.factories import DAY, an_idea


def a_draft(days, warned=None):
    at = now() - warned * DAY if warned is not None else None
    return an_idea(state="draft", published_at=None, changed_at=now() - days * DAY, draft_warned_at=at)


def tidy():
    with transaction():
        return warn_of_old_drafts(), remove_old_drafts()


def there():
    db.session.rollback()
    return set(db.session.scalars(select(Idea.id)))


@pytest.mark.parametrize(
    ("days", "warned", "is_told", "goes"),
    [
        (0, None, False, False),
        (75, None, False, False),
        (77, None, True, False),
        (80, 3, False, False),
        (89, 13, False, False),
        (91, 13, False, False),
        (91, 15, False, True),
        (400, None, True, False),
    ],
)
def test_when_a_draft_is_told_of_and_when_it_goes(app, days, warned, is_told, goes):
    draft = a_draft(days, warned)
    number = draft.id
    assert tidy() == (int(is_told), int(goes))
    assert there() == (set() if goes else {number})
    assert len(db.session.scalars(select(Mail)).all()) == int(is_told)
    assert tidy() == (0, 0)


def test_the_mail_says_until_when(app):
    draft = a_draft(80)
    tidy()
    db.session.rollback()
    (mail,) = db.session.scalars(select(Mail))
    assert mail.subject == f"Ihr Entwurf wird gelöscht: {draft.title}"
    assert draft_kept_until(draft) - now() > 13 * DAY
    assert f"/idee/{draft.id}/bearbeiten" in mail.text


def test_other_ideas_never_go(app):
    kept = {
        an_idea(state=state, changed_at=now() - 900 * DAY, draft_warned_at=now() - 900 * DAY).id
        for state in ("published", "withdrawn", "hidden", "waiting", "merged")
    }
    assert tidy() == (0, 0)
    assert there() == kept


def test_a_change_begins_the_time_anew(app):
    draft = a_draft(85, 5)
    with transaction():
        edit_idea(draft.author, idea=draft, title="Neu begonnen", text=draft.text, topic=None, revision=1)
    assert (draft.draft_warned_at, draft_kept_until(draft) > now() + 89 * DAY) == (None, True)


def test_what_went_leaves_a_trace(app):
    draft = a_draft(91, 15)
    number = draft.id
    tidy()
    db.session.rollback()
    (entry,) = db.session.scalars(select(Entry).where(Entry.deed == "ideas.draft_ended"))
    assert (entry.thing_id, entry.actor_id) == (number, None)
