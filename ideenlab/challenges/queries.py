from collections.abc import Sequence

from sqlalchemy import Select, bindparam, func, or_, select, union
from sqlalchemy.orm import contains_eager, joinedload

from ideenlab.challenges.models import Challenge, ChallengeFile
from ideenlab.comments.models import Comment
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.hackathons.models import Hackathon
from ideenlab.ideas.models import CoAuthor, Idea, Support
from ideenlab.partners.models import Partner


def get_challenge(challenge_id: int) -> Challenge:
    challenge = find(Challenge, challenge_id)
    if challenge is None:
        raise NotFound
    return challenge


def get_challenge_of(hackathon: Hackathon, challenge_id: int) -> Challenge:
    challenge = get_challenge(challenge_id)
    if challenge.hackathon_id != hackathon.id:
        raise NotFound
    return challenge


def challenges_of(hackathon: Hackathon) -> Sequence[Challenge]:
    """What teams may work on, in the organisers' order: published and not withdrawn."""
    shown = (Challenge.published_at.is_not(None), Challenge.withdrawn_at.is_(None))
    return [challenge for challenge in _in_order(hackathon, *shown)]


def all_challenges_of(hackathon: Hackathon) -> Sequence[Challenge]:
    """For organisers: also what is not published yet, or was withdrawn."""
    return _in_order(hackathon)


def _in_order(hackathon: Hackathon, *conditions: object) -> Sequence[Challenge]:
    of_hackathon = select(Challenge).where(Challenge.hackathon_id == hackathon.id, *conditions)  # type: ignore[arg-type]
    return db.session.scalars(of_hackathon.order_by(Challenge.position, Challenge.id)).all()


_FROM_IDEA = (  # on every page of an idea, so put together once
    select(Challenge.id)
    .join(Hackathon, Hackathon.id == Challenge.hackathon_id)
    .where(
        Challenge.idea_id == bindparam("idea_id"), Challenge.published_at.is_not(None),
        Challenge.withdrawn_at.is_(None), Hackathon.published_at.is_not(None),
    )
)  # fmt: skip


def challenges_from(idea: Idea) -> Sequence[Challenge]:
    """What everybody may see of the challenges that grew out of an idea, with their hackathons. Most have none."""
    numbers = db.session.connection().scalars(_FROM_IDEA, {"idea_id": idea.id}).all()
    if not numbers:
        return []
    grown = select(Challenge).where(Challenge.id.in_(numbers)).options(joinedload(Challenge.hackathon))
    return db.session.scalars(grown.order_by(Challenge.id)).all()


def challenges_by(partner: Partner) -> Sequence[Challenge]:
    """What everybody may see of the challenges that a partner gives, the latest hackathon first."""
    return db.session.scalars(
        select(Challenge)
        .join(Hackathon, Hackathon.id == Challenge.hackathon_id)
        .where(
            Challenge.partner_id == partner.id, Challenge.published_at.is_not(None), Challenge.withdrawn_at.is_(None),
            Hackathon.published_at.is_not(None), Hackathon.rehearsal_of_id.is_(None),
        )
        .options(contains_eager(Challenge.hackathon))
        .order_by(Hackathon.starts_at.desc(), Hackathon.id.desc(), Challenge.position, Challenge.id)
    ).all()  # fmt: skip


def next_position(hackathon: Hackathon) -> int:
    last = db.session.scalar(select(func.max(Challenge.position)).where(Challenge.hackathon_id == hackathon.id))
    return (last or 0) + 1


def files_of(challenge: Challenge) -> Sequence[ChallengeFile]:
    return db.session.scalars(
        select(ChallengeFile)
        .where(ChallengeFile.challenge_id == challenge.id)
        .options(joinedload(ChallengeFile.file))
        .order_by(ChallengeFile.id)
    ).all()


def get_file(challenge: Challenge, file_id: int) -> ChallengeFile:
    found = db.session.scalar(
        select(ChallengeFile)
        .where(ChallengeFile.challenge_id == challenge.id, ChallengeFile.file_id == file_id)
        .options(joinedload(ChallengeFile.file))
    )
    if found is None:
        raise NotFound
    return found


def people_of(idea: Idea) -> Select[int]:
    """The numbers of everybody who wrote, wrote along, commented or supported an idea or a part merged into it."""
    parts = select(Idea.id).where(or_(Idea.id == idea.id, Idea.merged_into_id == idea.id))
    threads = select(Idea.thread_id).where(Idea.id.in_(parts))
    everybody = union(
        select(Idea.author_id).where(Idea.id.in_(parts), Idea.author_id.is_not(None)),
        select(CoAuthor.person_id).where(CoAuthor.idea_id.in_(parts), CoAuthor.state == "accepted"),
        select(Comment.author_id).where(
            Comment.thread_id.in_(threads), Comment.author_id.is_not(None), Comment.state == "visible"
        ),
        select(Support.person_id).where(Support.idea_id.in_(parts), Support.value > 0),
    ).subquery()
    return select(everybody.c[0])
