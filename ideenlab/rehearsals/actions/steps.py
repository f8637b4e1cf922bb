"""One window after the other; in each, the trial people do what real people will do, by the same actions."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.actions.invitations import free_pseudonym
from ideenlab.accounts.models import Person, Role
from ideenlab.challenges.queries import challenges_of
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import new_secret
from ideenlab.core.text import fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.actions import Details, approve_registration, check_in_by_code, register_for_hackathon
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import find_registration, questions_of
from ideenlab.hackathons.rules import needed_consents
from ideenlab.history.actions import record
from ideenlab.jury.actions import publish_result, score_prototype
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import criteria_of, rules_of
from ideenlab.prototypes.actions import DraftText, hand_in, save_draft
from ideenlab.prototypes.queries import find_prototype_of, handed_in_of
from ideenlab.rehearsals.queries import next_step, step_of, trial_people_of
from ideenlab.rehearsals.rules import may_go_on
from ideenlab.teams.actions import found_team, join_team
from ideenlab.teams.queries import members_of, teams_of

TEAMS, JURORS = 3, 3
OPEN_FOR = timedelta(hours=2)
ENDLESS = ("scoring", "publication")
TREES = (
    "Ahorn", "Birke", "Buche", "Eibe", "Eiche", "Erle", "Esche", "Fichte", "Hasel", "Kiefer", "Linde", "Pappel",
    "Tanne", "Ulme", "Weide",
)  # fmt: skip


def take_next_step(organiser: Person, *, rehearsal: Hackathon, step: str) -> None:
    """Close what is open, open `step`, and let the trial people act. Raises Conflict when it was taken already."""
    held = update(Hackathon).where(Hackathon.id == rehearsal.id).values(revision=Hackathon.revision + 1)
    db.session.execute(held.execution_options(synchronize_session=False))  # two clicks wait for each other
    db.session.refresh(rehearsal)
    require(may_go_on(organiser, rehearsal))
    if step != next_step(rehearsal):
        raise Conflict(_("This step was taken already."))
    _open(rehearsal, step, closing=step_of(rehearsal))
    record(organiser, "rehearsals.step", rehearsal, note=step)
    acting = {
        "registration": _register, "teams": _form_teams, "submission": _hand_in, "scoring": _score,
        "publication": _publish,
    }  # fmt: skip
    acting[step](organiser, rehearsal)
    db.session.flush()


def _open(rehearsal: Hackathon, step: str, *, closing: str | None) -> None:
    moment = now()
    if closing:
        until = getattr(rehearsal, f"{closing}_until")
        setattr(rehearsal, f"{closing}_until", min(until, moment) if until else moment)
    setattr(rehearsal, f"{step}_from", moment)
    setattr(rehearsal, f"{step}_until", None if step in ENDLESS else moment + OPEN_FOR)
    db.session.flush()


def _trial_person(name: str, *roles: str) -> Person:
    """Nobody: without an address there is no mail, and without a password no way in."""
    pseudonym = free_pseudonym(_("Trial %(name)s", name=name))
    person = Person(pseudonym=pseudonym, pseudonym_folded=fold(pseudonym), state="active", is_trial=True)
    person.roles = [Role(name=role) for role in roles]
    db.session.add(person)
    db.session.flush()
    return person


def _register(organiser: Person, rehearsal: Hackathon) -> None:
    """Enough for the teams, and one person more, whom organisers find without a team."""
    answers = {each.id: (each.choices.splitlines() or ["ja"])[0] for each in questions_of(rehearsal)}
    for number in range(min(rehearsal.places, TEAMS * _team_size(rehearsal) + 1)):
        person = _trial_person(_tree(number))
        registration = register_for_hackathon(
            person, hackathon=rehearsal, details=Details(skills=_("Design, programming"), answers=answers),
            consents=needed_consents(rehearsal),
        )  # fmt: skip
        if registration.state == "requested":
            approve_registration(organiser, registration=registration)


def _tree(number: int) -> str:
    return TREES[number % len(TREES)] + (f" {number // len(TREES) + 1}" if number >= len(TREES) else "")


def _team_size(rehearsal: Hackathon) -> int:
    return max(rehearsal.team_size_min, min(3, rehearsal.team_size_max))


def _participants(rehearsal: Hackathon) -> Sequence[Person]:
    return [person for person in trial_people_of(rehearsal) if find_registration(person, rehearsal)]


def _form_teams(organiser: Person, rehearsal: Hackathon) -> None:
    people, size = _participants(rehearsal), _team_size(rehearsal)
    for person in people:
        registration = find_registration(person, rehearsal)
        assert registration
        check_in_by_code(organiser, hackathon=rehearsal, code=registration.ticket_code or "")
    for number in range(TEAMS):
        members = people[number * size : (number + 1) * size]
        if members:
            team = found_team(members[0], hackathon=rehearsal, name=_("Trial team %(number)s", number=number + 1))
            for other in members[1:]:
                join_team(other, hackathon=rehearsal, code=team.code)


def _hand_in(_organiser: Person, rehearsal: Hackathon) -> None:
    challenges = tuple(challenge.id for challenge in challenges_of(rehearsal)[:1])
    address = "https://example.org/"
    for number, team in enumerate(teams_of(rehearsal), 1):
        text = DraftText(
            title=_("Trial prototype %(number)s", number=number), pitch=_("One sentence to try it out."),
            description=_("Text to try it out, with **bold** words."), licence="EUPL-1.2", prior_work=_("Nothing"),
            ai_use=_("Nothing"), code_url=address, demo_url=address, video_url=address, challenges=challenges,
        )  # fmt: skip
        members = members_of(team)
        found = find_prototype_of(team)
        if members and members[0].is_trial and (found is None or not found.title):
            prototype = save_draft(members[0], team=team, text=text, revision=found.revision if found else 1)
            hand_in(members[0], team=team, revision=prototype.revision)


def _score(_organiser: Person, rehearsal: Hackathon) -> None:
    rules, criteria = rules_of(rehearsal), criteria_of(rehearsal)
    for number in range(max(JURORS, rules.quorum)):
        person = _trial_person(_("jury %(number)s", number=number + 1), "juror")
        db.session.add(Juror(hackathon=rehearsal, person=person, name=person.pseudonym, accepted_at=now()))
        db.session.flush()
        for place, (prototype, _version) in enumerate(handed_in_of(rehearsal)):
            levels = list(rules.levels)
            points = {each: levels[-1 - (place + number + n) % len(levels)] for n, each in enumerate(criteria)}
            score_prototype(
                person, prototype=prototype, half_points=points, revision=0, save_id=new_secret()[:20], submit=True
            )


def _publish(organiser: Person, rehearsal: Hackathon) -> None:
    """The ceremony; afterwards it is over, so that also what comes after it can be looked at."""
    publish_result(organiser, hackathon=rehearsal)
    rehearsal.gallery_shown_at = rehearsal.ends_at = now()
