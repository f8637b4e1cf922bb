from typing import Any

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.comments.models import Thread
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, excerpt, render_markdown
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.actions.following import announce_idea
from ideenlab.ideas.actions.holding_back import as_version
from ideenlab.ideas.actions.images import forget_images
from ideenlab.ideas.actions.places import NOWHERE, Whereabouts, checked_place, whereabouts_of
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries import find_same_draft
from ideenlab.ideas.rules import (
    is_held_back,
    may_ask_for_change,
    may_discard_draft,
    may_edit_idea,
    may_give_idea,
    may_hide_idea,
    may_publish_idea,
    may_release_idea,
    may_restore_idea,
    may_withdraw_idea,
    waits_again,
)
from ideenlab.programme.models import Topic

LONGEST_TITLE, SHORTEST_TITLE = 120, 5
LONGEST_TEXT, SHORTEST_TEXT = 10_000, 10
LICENCE = "CC BY 4.0"


def give_idea(
    author: Person, *, call: Call, title: str, text: str, topic: Topic | None, where: Whereabouts = NOWHERE
) -> Idea:  # fmt: skip
    """Write an idea down as a draft, which only its author sees.

    The same again is a double click, or a save whose answer was lost: it is kept once.
    """
    require(may_give_idea(author, call, now()))
    wording, place = wording_of(call, title=title, text=text, topic=topic), checked_place(where)
    double = find_same_draft(author, call, title=wording["title"], text=wording["text"])
    if double and (double.topic, whereabouts_of(double)) == (topic, place):
        return double
    idea = Idea(call=call, author=author, thread=Thread(), **wording, **place._asdict())
    db.session.add(idea)
    record(author, "ideas.drafted", idea)
    db.session.flush()
    return idea


def publish_idea(author: Person, *, idea: Idea, agrees_to_licence: bool) -> None:
    """Show a draft to everybody, or first to the moderation, once its author has agreed to the licence."""
    at = now()
    require(may_publish_idea(author, idea, at))
    if not agrees_to_licence:
        raise Invalid(_("Please agree, so that the city may publish your idea."), field="agrees")
    if is_held_back(author, idea.call):
        _change_state(idea, "draft", "waiting", changed_at=at)
        record(author, "ideas.waiting", idea, note=LICENCE)
        return
    _change_state(idea, "draft", "published", published_at=at, changed_at=at)
    record(author, "ideas.published", idea, note=LICENCE)
    announce_idea(idea)


def release_idea(moderator: Person, *, idea: Idea) -> None:
    """Show what waited. It counts as given now, so that nobody's idea begins far down the list."""
    require(may_release_idea(moderator, idea))
    is_new = idea.published_at is None
    _change_state(idea, "waiting", "published", published_at=idea.published_at or now(), hidden_reason="")
    record(moderator, "ideas.released", idea)
    if is_new:
        announce_idea(idea)


def ask_for_change(moderator: Person, *, idea: Idea, reason: str) -> None:
    """Out of sight until its author has changed it; then it waits for its release."""
    require(may_ask_for_change(moderator, idea))
    _change_state(idea, idea.state, "waiting", hidden_reason=reason)
    record(moderator, "ideas.change_asked", idea, note=reason)


def edit_idea(
    author: Person, *, idea: Idea, title: str, text: str, topic: Topic | None, revision: int,
    where: Whereabouts | None = None,
) -> None:  # fmt: skip
    """Replace what an idea says, and where it belongs if that is given. How a published one read before stays visible.

    Where the moderation reads first, it waits for its release again.
    Raises Conflict when `revision` is not the latest: another window was faster.
    """
    at = now()
    require(may_edit_idea(author, idea, at))
    wording = wording_of(idea.call, title=title, text=text, topic=topic)
    known = whereabouts_of(idea)
    place = checked_place(where, known) if where else known
    topic_id, district_id = topic.id if topic else None, place.district.id if place.district else None
    before = as_version(idea)
    if (before.title, before.text, before.topic_id, known) == (wording["title"], wording["text"], topic_id, place):
        return
    del wording["topic"]
    wording |= place._asdict() | {"topic_id": topic_id, "district_id": district_id, "draft_warned_at": None}
    del wording["district"]
    state = "waiting" if waits_again(author, idea) else idea.state
    changed = db.session.execute(
        update(Idea)
        .where(Idea.id == idea.id, Idea.revision == revision, Idea.state == idea.state)
        .values(**wording, state=state, revision=revision + 1, changed_at=at, is_indexed=False),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        db.session.refresh(idea)
        raise Conflict(
            _("This idea was changed in another window in the meantime. Nothing of it was overwritten."),
            mine=_shown(wording["title"], wording["text"], topic, place),
            stored=_shown(idea.title, idea.text, idea.topic, whereabouts_of(idea)),
        )  # fmt: skip
    if idea.state == "published":  # until now
        db.session.add(before)
    db.session.refresh(idea)
    if idea.state != "draft":
        record(author, "ideas.edited", idea, note=str(idea.revision))


def withdraw_idea(author: Person, *, idea: Idea) -> None:
    """Take an idea back. Its discussion stays readable, its text does not."""
    require(may_withdraw_idea(author, idea))
    _change_state(idea, idea.state, "withdrawn")
    record(author, "ideas.withdrawn", idea)


def discard_draft(author: Person, *, idea: Idea) -> None:
    require(may_discard_draft(author, idea))
    record(author, "ideas.discarded", idea)
    delete_draft(idea)


def delete_draft(idea: Idea) -> None:
    """With everything that hangs on it."""
    forget_images(idea)
    thread = idea.thread
    db.session.delete(idea)
    db.session.flush()
    db.session.delete(thread)
    db.session.flush()


def hide_idea(moderator: Person, *, idea: Idea, reason: str) -> None:
    """Take an idea out of sight, or do not release it. The moderation tells its author why."""
    require(may_hide_idea(moderator, idea))
    _change_state(idea, idea.state, "hidden", hidden_reason=reason)
    record(moderator, "ideas.hidden", idea, note=reason)


def restore_idea(moderator: Person, *, idea: Idea) -> None:
    require(may_restore_idea(moderator, idea))
    _change_state(idea, "hidden", "published", published_at=idea.published_at or now(), hidden_reason="")
    record(moderator, "ideas.restored", idea)


def wording_of(call: Call, *, title: str, text: str, topic: Topic | None) -> dict[str, Any]:
    """What an idea says, made clean and with all that follows from it. Raises Invalid."""
    title, text = clean_line(title), clean_text(text)
    if not SHORTEST_TITLE <= len(title) <= LONGEST_TITLE:
        sentence = _("A title has %(least)s to %(most)s characters.", least=SHORTEST_TITLE, most=LONGEST_TITLE)
        raise Invalid(sentence, field="title")
    if not SHORTEST_TEXT <= len(text) <= LONGEST_TEXT:
        sentence = _("A text has %(least)s to %(most)s characters.", least=SHORTEST_TEXT, most=LONGEST_TEXT)
        raise Invalid(sentence, field="text")
    if topic is not None and topic.edition_id != call.edition_id:
        raise Invalid(_("Please choose one of the topics."), field="topic")
    return {
        "title": title, "text": text, "text_html": render_markdown(text), "excerpt": excerpt(text), "topic": topic,
    }  # fmt: skip


def _shown(title: str, text: str, topic: Topic | None, where: Whereabouts) -> list[tuple[str, str]]:
    district = where.district.title if where.district else ""
    named = [(_("Topic"), topic.title if topic else ""), (_("District"), district), (_("Place"), where.place)]
    return [(_("Title"), title), (_("Text"), text), *((name, value) for name, value in named if value)]


def _change_state(idea: Idea, before: str, after: str, **values: Any) -> None:
    """Only once, whoever else does the same at this moment."""
    changed = db.session.execute(
        update(Idea).where(Idea.id == idea.id, Idea.state == before).values(state=after, is_indexed=False, **values),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just changed this idea."))
    db.session.refresh(idea)
