"""Joining ideas with their authors' consent, and separating them again. How votes count: ideas/actions/together."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, literal, select, update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import UtcDateTime, db, transaction
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.upsert import insert_missing, insert_selected
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.actions import join_ideas, lock_ideas, separate_ideas
from ideenlab.ideas.models import Idea
from ideenlab.merges.models import Merge, MergedIdea
from ideenlab.merges.queries import authors_of, concerned_people, due_merges, get_merge, ideas_of_merge, parts_of_merge
from ideenlab.merges.rules import (
    DAYS_TO_ANSWER,
    before_results,
    may_answer_merge,
    may_cancel_merge,
    may_join,
    may_propose_merge,
    may_separate_merge,
)
from ideenlab.notifications.actions import tell, tell_followers
from ideenlab.notifications.models import Follow

LONGEST_REASON, SHORTEST_REASON = 500, 10
QUIETLY = {"synchronize_session": False}


def propose_merge(moderator: Person, *, target: Idea, parts: Sequence[Idea], reason: str) -> Merge:
    """Ask the authors whether their ideas may be joined into one of them. Where nobody is to be asked it happens now.

    Raises Conflict when one of the ideas is in another proposal already.
    """
    at = now()
    lock_ideas([idea.id for idea in (target, *parts)])  # as they are now, whoever else proposes at this moment
    for idea in (target, *parts):
        require(may_propose_merge(moderator, idea, at))
    fits = may_join(target, parts)
    if not fits:
        raise Invalid(fits.reason)
    merge = Merge(
        target=target, reason=_reason(reason), proposed_by=moderator, proposed_at=at,
        answer_until=at + timedelta(days=DAYS_TO_ANSWER),
    )  # fmt: skip
    db.session.add(merge)
    db.session.flush()
    for idea in sorted((target, *parts), key=lambda idea: idea.id):
        own = idea.author_id == moderator.id
        answer = "agreed" if own else "nobody" if idea.author_id is None else "open"
        db.session.add(MergedIdea(merge=merge, idea=idea, answer=answer, answered_at=at if own else None))
    try:
        db.session.flush()
    except IntegrityError as problem:
        raise Conflict(_("One of these ideas is in another proposal that waits for answers.")) from problem
    record(moderator, "merges.proposed", merge, note=merge.reason)
    asked = {author.id for author in authors_of(merge)}
    for person in concerned_people(merge):
        if person.id != moderator.id:
            tell(person, "merges/asked", merge=merge, target=target, about=target, answers=person.id in asked)
    _join_if_all_agreed(merge, at)
    return merge


def answer_merge(author: Person, *, merge: Merge, idea: Idea, agrees: bool) -> None:
    """Agree to a proposal, or decline it: then nothing is changed. The last one who agrees joins the ideas."""
    at = now()
    _lock(merge)
    require(may_answer_merge(author, merge, idea, at))
    row = db.session.get_one(MergedIdea, (merge.id, idea.id))
    row.answer, row.answered_at = ("agreed" if agrees else "declined"), at
    record(author, "merges.agreed" if agrees else "merges.declined", merge)
    if agrees:
        _join_if_all_agreed(merge, at)
    else:
        _end(merge, "declined", at, by=author)


def cancel_merge(moderator: Person, *, merge: Merge) -> None:
    """Take a proposal back before everybody has answered."""
    _lock(merge)
    require(may_cancel_merge(moderator, merge))
    record(moderator, "merges.cancelled", merge)
    _end(merge, "cancelled", now(), by=moderator)


def separate_merge(person: Person, *, merge: Merge, reason: str) -> None:
    """Make the ideas what they were before. Votes given to the target meanwhile stay with it."""
    at = now()
    _lock(merge)
    parts = parts_of_merge(merge)
    authors = [author.id for author in authors_of(merge)]
    require(may_separate_merge(person, merge, authors, at))
    reason = _reason(reason)
    locked = lock_ideas([merge.target_id, *(part.id for part in parts)])
    target = locked[merge.target_id]
    separate_ideas(target, parts=parts)
    _drop_followers(merge)
    merge.state, merge.ended_at, merge.ended_by_id, merge.end_reason = "separated", at, person.id, reason
    record(person, "merges.separated", merge, note=reason)
    for part in parts:
        db.session.refresh(part)
        record(person, "ideas.separated", part)
    for author in concerned_people(merge):
        tell(author, "merges/separated", merge=merge, target=target, about=target)
    db.session.flush()


def end_due_merges() -> int:
    """Proposals whose time is over: joined when only authors without an account have not answered, else run out."""
    ended = 0
    for number in due_merges(now()):
        with transaction():
            merge = get_merge(number)
            _lock(merge)
            if merge.state == "proposed":
                _end_due(merge, now())
                ended += 1
    return ended


def _end_due(merge: Merge, at: datetime) -> None:
    missing = [row for row in ideas_of_merge(merge) if row.answer == "open" and _has_account(row.idea.author)]
    if missing:
        record(None, "merges.expired", merge)
        _end(merge, "expired", at)
    else:
        _join(merge, at)


def _has_account(author: Person | None) -> bool:
    """Guests have an address only: they are asked too, and their silence counts as agreement."""
    return author is not None and author.state == "active" and not author.is_guest


def _reason(typed: str) -> str:
    reason = clean_line(typed)
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        text = _("A reason has %(least)s to %(most)s characters.", least=SHORTEST_REASON, most=LONGEST_REASON)
        raise Invalid(text, field="reason")
    return reason


def _lock(merge: Merge) -> None:
    """Nobody else answers or ends this proposal before we are done."""
    db.session.execute(
        select(Merge).where(Merge.id == merge.id).with_for_update(of=Merge).execution_options(populate_existing=True)
    ).one()


def _join_if_all_agreed(merge: Merge, at: datetime) -> None:
    db.session.flush()
    if all(row.answer in ("agreed", "nobody") for row in ideas_of_merge(merge)):
        _join(merge, at)


def _join(merge: Merge, at: datetime) -> None:
    """All have agreed. What has happened to the ideas meanwhile may still stand against it."""
    rows = ideas_of_merge(merge)
    locked = lock_ideas([row.idea_id for row in rows])
    target = locked[merge.target_id]
    parts = [locked[row.idea_id] for row in rows if row.idea_id != merge.target_id]
    verdict = may_join(target, parts) and before_results(target.call, at)
    if not verdict:
        record(None, "merges.expired", merge, note=verdict.reason)
        _end(merge, "expired", at, reason=verdict.reason)
        return
    join_ideas(target, parts=parts)
    merge.state, merge.merged_at = "merged", at
    _close_rows(merge)
    record(merge.proposed_by, "merges.merged", merge)
    for part in parts:
        db.session.refresh(part)
        record(merge.proposed_by, "ideas.merged", part, note=str(target.id))
        tell_followers(part, "merges/news", once=f"merge-{merge.id}", but=concerned_people(merge), target=target,
                       part=part, about=target)  # fmt: skip
    _take_followers_along(merge, parts, at)
    for author in concerned_people(merge):
        tell(author, "merges/merged", merge=merge, target=target, about=target)
    db.session.flush()


def _end(merge: Merge, state: str, at: datetime, *, by: Person | None = None, reason: str = "") -> None:
    """A proposal that changed nothing."""
    merge.state, merge.ended_at, merge.ended_by_id, merge.end_reason = state, at, by.id if by else None, reason
    _close_rows(merge)
    told = {person.id: person for person in (*concerned_people(merge), merge.proposed_by) if person is not None}
    for person in told.values():
        if by is None or person.id != by.id:
            tell(person, "merges/ended", merge=merge, target=merge.target, about=merge.target)


def _close_rows(merge: Merge) -> None:
    closed = update(MergedIdea).where(MergedIdea.merge_id == merge.id).values(is_open=False)
    db.session.execute(closed, execution_options={"synchronize_session": "fetch"})
    db.session.flush()


def _take_followers_along(merge: Merge, parts: Sequence[Idea], at: datetime) -> None:
    """Who followed a part, or gave it, hears of the target; the moment marks whom separating lets go again."""
    thing = Idea.__tablename__
    for part in parts:
        followers = select(
            Follow.person_id, literal(thing), literal(merge.target_id), literal(at, UtcDateTime)
        ).where(Follow.thing == thing, Follow.thing_id == part.id)  # fmt: skip
        insert_selected(Follow, ["person_id", "thing", "thing_id", "created_at"], followers)
        if part.author_id is not None:
            row = {"person_id": part.author_id, "thing": thing, "thing_id": merge.target_id, "created_at": at}
            insert_missing(Follow, row)


def _drop_followers(merge: Merge) -> None:
    came = delete(Follow).where(Follow.thing == Idea.__tablename__, Follow.thing_id == merge.target_id)
    db.session.execute(came.where(Follow.created_at == merge.merged_at), execution_options=QUIETLY)
