"""The stage, the vote of the hall and the stream, the jury; and at the end the ceremony."""

import secrets
from datetime import timedelta

from ideenlab.accounts.models import Person
from ideenlab.audience.actions import plan_prize, print_codes, release_prize, vote_in_hall, vote_on_stream
from ideenlab.audience.queries import choices_of, find_prize
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import new_secret
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions import (
    Remarks,
    accept_invitation,
    accept_plan,
    confirm_informed,
    invite_juror,
    publish_result,
    score_prototype,
)
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import criteria_of, propose_plan, rules_in_force, rules_of
from ideenlab.jury.rules import may_score
from ideenlab.pitches.actions import Timing, draw_order, plan_pitches, publish_plan, set_pitch_state
from ideenlab.pitches.queries import pitches_of
from ideenlab.prototypes.actions import open_gallery
from ideenlab.prototypes.queries import handed_in_of
from ideenlab.rehearsals.actions.people import participants, trial_person

JURORS, CODES = 3, 12
PITCH_MINUTES, CHANGE_MINUTES = 3, 1
VOTE_FOR = timedelta(hours=2)


def judge(organiser: Person, rehearsal: Hackathon) -> None:
    open_gallery(organiser, hackathon=rehearsal)
    if handed_in_of(rehearsal):
        _go_on_stage(organiser, rehearsal)
        _vote(organiser, rehearsal)
    rules = rules_of(rehearsal)
    names = [_("jury %(number)s", number=number + 1) for number in range(max(JURORS, rules.quorum))]
    jurors = [_juror(organiser, rehearsal, name) for name in names]
    if rules.panel == "plan":
        accept_plan(organiser, hackathon=rehearsal, mark=propose_plan(rehearsal).mark)
    for number, juror in enumerate(jurors):
        _score(juror, rehearsal, shift=number)


def _go_on_stage(organiser: Person, rehearsal: Hackathon) -> None:
    """The first team stands on it, so that the page of the hall shows now, next and after that."""
    timing = Timing(starts_at=now(), minutes=PITCH_MINUTES, change_minutes=CHANGE_MINUTES, rooms=())
    plan = plan_pitches(organiser, hackathon=rehearsal, timing=timing, revision=0)
    draw_order(organiser, hackathon=rehearsal, seed="", revision=plan.revision)
    publish_plan(organiser, hackathon=rehearsal)
    for first in pitches_of(rehearsal)[:1]:
        set_pitch_state(organiser, pitch=first, state="running")


def _vote(organiser: Person, rehearsal: Hackathon) -> None:
    """The printed codes are kept nowhere; whoever tries it out prints more."""
    prize = plan_prize(
        organiser, hackathon=rehearsal, title=_("Audience prize"), voting_from=now(), voting_until=now() + VOTE_FOR,
        revision=0,
    )  # fmt: skip
    _sheet, codes = print_codes(organiser, prize=prize, number=CODES)
    choices = choices_of(rehearsal, None)
    for number, code in enumerate(codes[: CODES // 2]):
        prototype, _version = choices[number % 3 % len(choices)]
        vote_in_hall(None, hackathon=rehearsal, code=code, prototype=prototype)
    for person in participants(rehearsal):
        others = choices_of(rehearsal, person)
        if others:
            vote_on_stream(person, hackathon=rehearsal, prototype=others[0][0])


def _juror(organiser: Person, rehearsal: Hackathon, name: str) -> Juror:
    """Invited and accepted like a real one. The address leads nowhere and is gone again at once."""
    person = trial_person(name)
    person.email = f"{secrets.token_hex(8)}@probe.test"
    db.session.flush()
    juror, _code = invite_juror(organiser, hackathon=rehearsal, name=person.pseudonym, email=person.email)
    accept_invitation(juror, name=person.pseudonym)
    confirm_informed(person, hackathon=rehearsal, version=rules_in_force(rehearsal)["version"])
    person.email = None
    db.session.flush()
    return juror


def _score(juror: Juror, rehearsal: Hackathon, *, shift: int) -> None:
    """What is theirs to score, with words for the team in case the rules ask for them."""
    values, criteria = list(rules_of(rehearsal).values), criteria_of(rehearsal)
    words = Remarks(
        strength=_("Clear to understand"), second_strength=_("Well tried out"), next_step=_("Go on like this")
    )
    for place, (prototype, _version) in enumerate(handed_in_of(rehearsal)):
        if not may_score(juror.person, prototype, now()):
            continue
        points = {each: values[-1 - (place + shift + n) % len(values)] for n, each in enumerate(criteria)}
        score_prototype(
            juror.person, prototype=prototype, half_points=points, revision=0, save_id=new_secret()[:20],
            remarks=words, submit=True,
        )  # fmt: skip


def hold_ceremony(organiser: Person, rehearsal: Hackathon) -> None:
    """Afterwards it is over, so that also what comes after it can be looked at."""
    for pitch in pitches_of(rehearsal):
        if pitch.state in ("planned", "running"):
            set_pitch_state(organiser, pitch=pitch, state="done")
    prize = find_prize(rehearsal)
    if prize and not prize.released_at:
        plan_prize(
            organiser, hackathon=rehearsal, title=prize.title, voting_from=min(prize.voting_from or now(), now()),
            voting_until=now(), revision=prize.revision,
        )  # fmt: skip
        release_prize(organiser, hackathon=rehearsal)
    publish_result(organiser, hackathon=rehearsal)
    rehearsal.ends_at = now()
