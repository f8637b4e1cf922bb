"""Which juror and which team do not go together: what was decided, and what looks like it (never stored)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db
from ideenlab.hackathons.models import Hackathon, Registration, RegistrationGroup
from ideenlab.ideas.models import CoAuthor, Idea
from ideenlab.jury.models import Juror, Recusal
from ideenlab.jury.queries.organisations import domain_of, is_same_organisation, is_under
from ideenlab.jury.queries.panel import jurors_of
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.models import Membership, Team

HELD = ("declared", "blocked")


@dataclass(frozen=True)
class Suspicion:
    """What juror and team seem to share. `about` is what can be said of it without naming a member of the team."""

    juror: Juror
    team: Team
    kind: str  # as in `Recusal`
    about: str


@dataclass(frozen=True)
class Pair:
    """A juror and a team with what was decided about them, if anything, and what they seem to share."""

    juror: Juror
    team: Team
    recusal: Recusal | None
    suspicions: Sequence[Suspicion]

    @property
    def state(self) -> str:
        """`declared`, `blocked`, `dismissed`, or nothing."""
        return self.recusal.state if self.recusal else ""

    @property
    def is_held(self) -> bool:
        return self.state in HELD

    @property
    def is_waiting(self) -> bool:
        """A suspicion about which nobody has decided."""
        return not self.recusal and bool(self.suspicions)


def recusals_of(hackathon: Hackathon) -> Sequence[Recusal]:
    """Those that hold, by name of the team: the protocol has a line for each, without the reason."""
    return [each for each in decisions_of(hackathon) if each.state in HELD]


def decisions_of(hackathon: Hackathon) -> Sequence[Recusal]:
    """Everything that was decided about jurors who are there, also that there is no conflict."""
    return db.session.scalars(
        select(Recusal)
        .join(Juror, Juror.id == Recusal.juror_id)
        .join(Team, Team.id == Recusal.team_id)
        .where(Juror.hackathon_id == hackathon.id, Juror.removed_at.is_(None))
        .options(contains_eager(Recusal.juror), contains_eager(Recusal.team), joinedload(Recusal.decided_by))
        .order_by(Team.name_folded, Juror.name, Recusal.id)
    ).all()


def find_recusal(juror: Juror, team: Team) -> Recusal | None:
    found = select(Recusal).where(Recusal.juror_id == juror.id, Recusal.team_id == team.id)
    return db.session.scalar(found.execution_options(populate_existing=True))


def get_pair(juror: Juror, team: Team) -> Pair:
    found = [each for each in suspicions_of(juror.hackathon, juror=juror) if each.team.id == team.id]
    return Pair(juror, team, find_recusal(juror, team), found)


def pairs_of(hackathon: Hackathon, *, juror: Juror | None = None) -> list[Pair]:
    """Every pair about which something is decided or suspected, by team and juror; of one juror, every team."""
    suspicions: dict[tuple[int, int], list[Suspicion]] = defaultdict(list)
    for each in suspicions_of(hackathon, juror=juror):
        suspicions[each.juror.id, each.team.id].append(each)
    decided = {(each.juror_id, each.team_id): each for each in decisions_of(hackathon)}
    jurors = [juror] if juror else jurors_of(hackathon)
    found = [
        Pair(one, team, decided.get((one.id, team.id)), suspicions.get((one.id, team.id), ()))
        for team in _teams(hackathon) for one in jurors
    ]  # fmt: skip
    return [pair for pair in found if juror or pair.recusal or pair.suspicions]


def conflicting_pairs(hackathon: Hackathon) -> set[tuple[int, int]]:
    """Juror and prototype that must not meet: a conflict that holds, or the juror's own team."""
    held = (
        select(Recusal.juror_id, Prototype.id)
        .join(Prototype, Prototype.team_id == Recusal.team_id)
        .where(Prototype.hackathon_id == hackathon.id, Recusal.state.in_(HELD))
    )
    own = (
        select(Juror.id, Prototype.id)
        .join(Membership, (Membership.person_id == Juror.person_id) & (Membership.hackathon_id == Juror.hackathon_id))
        .join(Prototype, Prototype.team_id == Membership.team_id)
        .where(Juror.hackathon_id == hackathon.id)
    )
    return {
        (juror_id, prototype_id) for juror_id, prototype_id in [*db.session.execute(held), *db.session.execute(own)]
    }


def _teams(hackathon: Hackathon) -> Sequence[Team]:
    """By name, with what they work on."""
    of_hackathon = select(Team).where(Team.hackathon_id == hackathon.id, Team.dissolved_at.is_(None))
    return db.session.scalars(
        of_hackathon.options(joinedload(Team.challenge)).order_by(Team.name_folded, Team.id)
    ).all()


def suspicions_of(hackathon: Hackathon, *, juror: Juror | None = None) -> list[Suspicion]:
    """By team, juror and kind, each once. Own teams are left out: nobody scores those anyway."""
    jurors = {each.id: each for each in ([juror] if juror else jurors_of(hackathon))}
    teams = {team.id: team for team in _teams(hackathon)}
    members = select(Membership.person_id, Membership.team_id).where(Membership.hackathon_id == hackathon.id)
    own = {(person_id, team_id) for person_id, team_id in db.session.execute(members)}
    found = {
        (team_id, juror_id, kind): about
        for juror_id, team_id, kind, about in _shared(hackathon, list(jurors.values()), teams)
        if team_id in teams and (jurors[juror_id].person_id, team_id) not in own
    }
    return [
        Suspicion(jurors[juror_id], teams[team_id], kind, about)
        for (team_id, juror_id, kind), about in sorted(
            found.items(), key=lambda each: (teams[each[0][0]].name_folded, *each[0])
        )
    ]


Shared = Iterator[tuple[int, int, str, str]]  # juror, team, kind, about


def _shared(hackathon: Hackathon, jurors: Sequence[Juror], teams: Mapping[int, Team]) -> Shared:
    yield from _helped(hackathon, jurors)
    yield from _organisation_of_members(hackathon, jurors)
    yield from _challenge_given(jurors, teams.values())
    yield from _idea_written(jurors, teams.values())


def _helped(hackathon: Hackathon, jurors: Sequence[Juror]) -> Shared:
    """Mentors of the team: who took one of its requests for help."""
    by_person = {juror.person_id: juror.id for juror in jurors}
    rows = db.session.execute(
        select(Mentor.person_id, HelpRequest.team_id)
        .join(Mentor, Mentor.id == HelpRequest.mentor_id)
        .where(HelpRequest.hackathon_id == hackathon.id, HelpRequest.state.in_(("taken", "done")))
        .where(Mentor.person_id.in_(by_person))
    )
    for person_id, team_id in rows:
        yield by_person[person_id], team_id, "mentor", ""


def _organisation_of_members(hackathon: Hackathon, jurors: Sequence[Juror]) -> Shared:
    """A member was registered by a school or club of the juror's, or has an address in the juror's organisation."""
    teacher = aliased(RegistrationGroup)
    rows = db.session.execute(
        select(Membership.team_id, Person.email, teacher.name, teacher.teacher_id)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(
            Registration,
            (Registration.person_id == Membership.person_id) & (Registration.hackathon_id == Membership.hackathon_id),
        )
        .outerjoin(teacher, teacher.id == Registration.group_id)
        .where(Membership.hackathon_id == hackathon.id)
    ).all()
    for juror in jurors:
        domain = domain_of(juror.organisation, juror.person.email)
        for team_id, email, group, teacher_id in rows:
            if group and (teacher_id == juror.person_id or is_same_organisation(juror.organisation, group)):
                yield juror.id, team_id, "organisation", juror.organisation or group
            if is_under(domain, email):
                yield juror.id, team_id, "domain", domain


def _challenge_given(jurors: Sequence[Juror], teams: Iterable[Team]) -> Shared:
    for team in teams:
        challenge = team.challenge
        for juror in jurors if challenge and challenge.partner else ():
            if challenge and is_same_organisation(juror.organisation, challenge.partner):
                yield juror.id, team.id, "challenge", challenge.title


def _idea_written(jurors: Sequence[Juror], teams: Iterable[Team]) -> Shared:
    """The team's challenge grew from an idea that the juror wrote, wrote along, or that was merged into it."""
    by_person = {juror.person_id: juror.id for juror in jurors}
    working_on: dict[int, list[int]] = defaultdict(list)
    for team in teams:
        if team.challenge and team.challenge.idea_id:
            working_on[team.challenge.idea_id].append(team.id)
    if not working_on:
        return
    whole, part = Idea, aliased(Idea)
    of_writers = (
        select(whole.id, whole.title, part.author_id, CoAuthor.person_id)
        .join(part, or_(part.id == whole.id, part.merged_into_id == whole.id))
        .outerjoin(CoAuthor, (CoAuthor.idea_id == part.id) & (CoAuthor.state == "accepted"))
        .where(whole.id.in_(working_on), or_(part.author_id.in_(by_person), CoAuthor.person_id.in_(by_person)))
    )
    for idea_id, title, author_id, co_author_id in db.session.execute(of_writers):
        for person_id in (author_id, co_author_id):
            for team_id in working_on[idea_id] if person_id in by_person else ():
                yield by_person[person_id or 0], team_id, "idea", title
