from dataclasses import dataclass
from typing import Any

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge, ChallengeFile
from ideenlab.challenges.queries import all_challenges_of, files_of, next_position
from ideenlab.challenges.rules import (
    may_grow_from,
    may_manage_challenges,
    may_publish_challenge,
    may_remove_challenge,
)
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, render_markdown
from ideenlab.core.verdict import require
from ideenlab.files.actions import Content, keep_content
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.ideas.models import Idea
from ideenlab.partners.models import Partner

MOST_FILES = 10


@dataclass(frozen=True)
class Brief:
    """What organisers write about a challenge."""

    title: str
    summary: str = ""
    description: str = ""
    data_sources: str = ""
    partner: str = ""
    contact: str = ""
    prize: str = ""
    given_by: Partner | None = None  # its page is linked, where there is one

    def columns(self) -> dict[str, Any]:
        lines = {name: clean_line(getattr(self, name)) for name in ("title", "summary", "partner", "contact", "prize")}
        texts = {name: clean_text(getattr(self, name)) for name in ("description", "data_sources")}
        html = {f"{name}_html": render_markdown(text) for name, text in texts.items()}
        return {**lines, **texts, **html, "partner_id": self.given_by.id if self.given_by else None}


def add_challenge(organiser: Person, *, hackathon: Hackathon, brief: Brief, idea: Idea | None = None) -> Challenge:
    """A new one at the end of the list. Nobody else sees it before it is published."""
    require(may_manage_challenges(organiser, hackathon))
    if idea is not None:
        require(may_grow_from(idea))
    challenge = Challenge(hackathon=hackathon, idea=idea, position=next_position(hackathon), **brief.columns())
    db.session.add(challenge)
    record(organiser, "challenges.added", challenge)
    db.session.flush()
    return challenge


def edit_challenge(organiser: Person, *, challenge: Challenge, brief: Brief, revision: int) -> None:
    """Change it, if nobody changed it since `revision` was read."""
    require(may_manage_challenges(organiser, challenge.hackathon))
    saved = db.session.execute(
        update(Challenge)
        .where(Challenge.id == challenge.id, Challenge.revision == revision)
        .values(**brief.columns(), revision=revision + 1)
        .execution_options(synchronize_session="fetch")
    )
    if not saved.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this challenge meanwhile."))
    record(organiser, "challenges.edited", challenge)
    db.session.flush()


def publish_challenge(organiser: Person, *, challenge: Challenge) -> None:
    """Everybody sees it. The people of its idea are told by the floor of the trails."""
    require(may_publish_challenge(organiser, challenge))
    challenge.published_at, challenge.withdrawn_at = challenge.published_at or now(), None
    record(organiser, "challenges.published", challenge)
    db.session.flush()


def withdraw_challenge(organiser: Person, *, challenge: Challenge) -> None:
    """Nobody can choose it any more; its page says so."""
    require(may_manage_challenges(organiser, challenge.hackathon))
    if challenge.published_at and challenge.withdrawn_at is None:
        challenge.withdrawn_at = now()
        record(organiser, "challenges.withdrawn", challenge)
    db.session.flush()


def remove_challenge(organiser: Person, *, challenge: Challenge) -> None:
    require(may_remove_challenge(organiser, challenge))
    for attached in files_of(challenge):
        _drop(attached)
    record(organiser, "challenges.removed", challenge.hackathon, note=challenge.title)
    db.session.delete(challenge)
    db.session.flush()


def move_challenge(organiser: Person, *, challenge: Challenge, up: bool) -> None:
    """Change places with the neighbour."""
    require(may_manage_challenges(organiser, challenge.hackathon))
    row = list(all_challenges_of(challenge.hackathon))
    here = row.index(challenge)
    there = here - 1 if up else here + 1
    if 0 <= there < len(row):
        other = row[there]
        mine, theirs = challenge.position, other.position
        challenge.position = next_position(challenge.hackathon)
        db.session.flush()
        other.position = mine
        db.session.flush()
        challenge.position = theirs
    db.session.flush()


def add_material(organiser: Person, *, challenge: Challenge, content: Content) -> ChallengeFile:
    require(may_manage_challenges(organiser, challenge.hackathon))
    if len(files_of(challenge)) >= MOST_FILES:
        raise Invalid(_("At most %(most)s files, please.", most=MOST_FILES), field="files")
    attached = ChallengeFile(challenge=challenge, file=keep_content(content, owner_id=organiser.id))
    db.session.add(attached)
    record(organiser, "challenges.material_added", challenge, note=content.name)
    db.session.flush()
    return attached


def remove_material(organiser: Person, *, attached: ChallengeFile) -> None:
    """Its content goes with the next look of the janitor."""
    require(may_manage_challenges(organiser, attached.challenge.hackathon))
    record(organiser, "challenges.material_removed", attached.challenge, note=attached.file.name)
    _drop(attached)
    db.session.flush()


def _drop(attached: ChallengeFile) -> None:
    file = attached.file
    db.session.delete(attached)
    db.session.flush()
    db.session.delete(file)
