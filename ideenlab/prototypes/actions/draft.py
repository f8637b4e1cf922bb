from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta

from sqlalchemy import delete, select

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.prototypes.models import Prototype, PrototypeChallenge
from ideenlab.prototypes.queries import challenges_of_prototype, find_prototype_of, fingerprint, written_fields
from ideenlab.prototypes.rules import clean_link, label_of, may_change_prototype
from ideenlab.teams.models import Team

LINKS = ("code_url", "demo_url", "video_url")
NOTED_EVERY = timedelta(minutes=10)  # while a page saves by itself, the history is not filled with it


@dataclass(frozen=True)
class DraftText:
    """What a team writes about its prototype; challenges are given as their numbers."""

    title: str = ""
    pitch: str = ""
    description: str = ""
    licence: str = ""
    prior_work: str = ""
    ai_use: str = ""
    code_url: str = ""
    demo_url: str = ""
    video_url: str = ""
    challenges: tuple[int, ...] = ()


class Clash(Conflict):
    """Two people changed the same fields, `names`, to different texts."""

    def __init__(self, names: list[str], mine: Mapping[str, str], stored: Mapping[str, str]) -> None:
        super().__init__(
            _("Somebody of your team saved this draft while you were writing. Nothing of yours was saved yet."),
            mine=[(label_of(name), mine[name]) for name in names],
            stored=[(label_of(name), stored[name]) for name in names],
        )  # fmt: skip
        self.names = names


def save_draft(
    person: Person, *, team: Team, text: DraftText, revision: int, seen: Mapping[str, str] | None = None,
    leave: Collection[str] = (), by_itself: bool = False,
) -> Prototype:  # fmt: skip
    """Keep what a team writes. A field that only one of two people changed is theirs; nothing is lost unseen.

    `seen` holds the fingerprint of each field as this person saw it, `leave` names fields that stay as they are.
    Raises NotAllowed with the reason, and Clash with both texts when a field was changed by both; without `seen`,
    when `revision` is not the latest.
    """
    prototype = locked_prototype(team)
    moment = now()
    require(may_change_prototype(person, team, moment))
    given, stored = cleaned(text), written_fields(prototype)
    changed = _merged(
        {name: value for name, value in given.items() if name not in leave}, stored, seen or {},
        is_latest=prototype.revision == revision,
    )  # fmt: skip
    if not changed:
        return prototype
    _write(prototype, changed)
    if not by_itself or prototype.revision == 1 or moment - prototype.changed_at > NOTED_EVERY:
        record(person, "prototypes.saved", prototype)
    prototype.revision += 1
    prototype.changed_at = moment
    db.session.flush()
    return prototype


def cleaned(text: DraftText) -> dict[str, str]:
    """Every field as one text, in the form in which it is kept."""
    given = asdict(text) | {name: clean_link(getattr(text, name)) for name in LINKS}
    return given | {"challenges": " ".join(map(str, sorted(text.challenges)))}


def _merged(
    given: Mapping[str, str], stored: Mapping[str, str], seen: Mapping[str, str], *, is_latest: bool
) -> dict[str, str]:
    """What is to be written. A field that this person did not touch keeps what somebody else wrote meanwhile."""
    changed, both = {}, []
    for name, value in given.items():
        untouched_by_others = seen[name] == fingerprint(stored[name]) if name in seen else is_latest
        if value == stored[name] or (name in seen and seen[name] == fingerprint(value)):
            continue
        if untouched_by_others:
            changed[name] = value
        else:
            both.append(name)
    if both:
        raise Clash(both, _readable(given), _readable(stored))
    return changed


def _readable(values: Mapping[str, str]) -> dict[str, str]:
    """Challenges by their titles: numbers tell nobody anything."""
    numbers = [int(number) for number in values.get("challenges", "").split()]
    titles = db.session.scalars(select(Challenge.title).where(Challenge.id.in_(numbers)).order_by(Challenge.position))
    return {**values, "challenges": ", ".join(titles)}


def _write(prototype: Prototype, changed: Mapping[str, str]) -> None:
    for name, value in changed.items():
        if name == "challenges":
            _choose(prototype, {int(number) for number in value.split()})
        else:
            setattr(prototype, name, value)


def _choose(prototype: Prototype, numbers: set[int]) -> None:
    """A challenge that was withdrawn meanwhile stays with those who chose it before."""
    before = {challenge.id for challenge in challenges_of_prototype(prototype)}
    offered = {challenge.id for challenge in challenges_of(prototype.hackathon)}
    if not numbers <= before | offered:
        raise Invalid(_("This challenge cannot be chosen."), field="challenges")
    mine = PrototypeChallenge.prototype_id == prototype.id
    db.session.execute(delete(PrototypeChallenge).where(mine, PrototypeChallenge.challenge_id.not_in(numbers)))
    db.session.add_all(
        PrototypeChallenge(prototype_id=prototype.id, challenge_id=number) for number in sorted(numbers - before)
    )
    db.session.flush()


def locked_prototype(team: Team) -> Prototype:
    """The team's prototype, made when it is missing. Until the end of the transaction nobody else changes it.

    Waits for others, so the clock must be asked afterwards.
    """
    db.session.execute(select(Team.id).where(Team.id == team.id).with_for_update())
    prototype = find_prototype_of(team)
    if prototype is None:
        prototype = Prototype(team=team, hackathon_id=team.hackathon_id, revision=1)
        db.session.add(prototype)
        db.session.flush()
    else:
        db.session.refresh(prototype)
    return prototype
