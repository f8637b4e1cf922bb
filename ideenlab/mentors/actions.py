from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived, may_change_hackathon
from ideenlab.history.actions import record
from ideenlab.mentors.models import HelpRequest, Mentor
from ideenlab.mentors.queries import find_any_mentor, find_mentor, mentors_of, mentorships_of, requests_taken_by
from ideenlab.mentors.rules import (
    may_ask_for_help,
    may_finish_help,
    may_give_back_help,
    may_name_mentor,
    may_take_help,
    may_withdraw_help,
)
from ideenlab.notifications.actions import tell
from ideenlab.teams.actions import lock_team
from ideenlab.teams.models import Team
from ideenlab.teams.queries import members_of


def name_mentor(organiser: Person, *, hackathon: Hackathon, person: Person, expertise: str) -> Mentor:
    """Give somebody the role for this hackathon. They are told. Raises Invalid when it cannot be this person."""
    require(may_change_hackathon(organiser, hackathon))
    if not (verdict := may_name_mentor(organiser, person, hackathon)):
        raise Invalid(verdict.reason, field="pseudonym")
    mentor = find_any_mentor(person, hackathon) or Mentor(hackathon=hackathon, person=person)
    mentor.expertise, mentor.named_at, mentor.ended_at = clean_line(expertise), now(), None
    db.session.add(mentor)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("This person is a mentor already.")) from error
    record(organiser, "mentors.named", mentor)
    tell(person, "mentors/named", kind="hackathon", hackathon=hackathon)
    db.session.flush()
    return mentor


def end_mentor(organiser: Person, *, mentor: Mentor) -> None:
    """Take the role back. What they had taken waits for somebody else again."""
    require(may_change_hackathon(organiser, mentor.hackathon))
    _end(mentor)
    record(organiser, "mentors.ended", mentor)
    db.session.flush()


def stop_mentoring(person: Person) -> None:
    """Somebody else helps the teams from now on. What is archived stays as it was."""
    for mentor in mentorships_of(person):
        if is_not_archived(mentor.hackathon):
            _end(mentor)
            record(None, "mentors.ended", mentor)
    db.session.flush()


def ask_for_help(person: Person, *, team: Team, text: str, place: str) -> HelpRequest:
    """Ask the mentors of the hackathon. All of them are told, one takes it."""
    lock_team(team)
    require(may_ask_for_help(person, team, now()))
    text = clean_text(text)
    if not text:
        raise Invalid(_("Please fill in this field."), field="text")
    request = HelpRequest(
        hackathon=team.hackathon, team=team, text=text, place=clean_line(place), asked_by=person, asked_at=now()
    )
    db.session.add(request)
    record(person, "mentors.asked", team)
    for mentor in mentors_of(team.hackathon):
        tell(mentor.person, "mentors/asked", kind="hackathon", team=team, request=request)
    db.session.flush()
    return request


def take_help_request(person: Person, *, request: HelpRequest) -> None:
    """Say that one comes. Of two mentors at once one is told that somebody else was faster."""
    db.session.refresh(request)
    require(may_take_help(person, request, now()))
    mentor = find_mentor(person, request.hackathon)
    assert mentor is not None
    _change(request, "open", state="taken", mentor_id=mentor.id, taken_at=now())
    record(person, "mentors.taken", request.team)
    _tell_team(request, "mentors/taken", mentor=person)


def give_back_help_request(person: Person, *, request: HelpRequest) -> None:
    """It waits for somebody else, in its old place of the queue."""
    db.session.refresh(request)
    require(may_give_back_help(person, request))
    _change(request, "taken", state="open", mentor_id=None, taken_at=None)
    record(person, "mentors.given_back", request.team)
    _tell_team(request, "mentors/given_back", mentor=person)


def finish_help_request(person: Person, *, request: HelpRequest) -> None:
    db.session.refresh(request)
    require(may_finish_help(person, request))
    _change(request, "taken", state="done", done_at=now())
    record(person, "mentors.done", request.team)
    db.session.flush()


def withdraw_help_request(person: Person, *, request: HelpRequest) -> None:
    """Help is not needed any more; a mentor who was on the way is told."""
    db.session.refresh(request)
    require(may_withdraw_help(person, request))
    before, mentor = request.state, request.mentor
    _change(request, before, state="withdrawn", done_at=now())
    record(person, "mentors.withdrawn", request.team)
    if mentor:
        tell(mentor.person, "mentors/withdrawn", kind="hackathon", team=request.team)
    db.session.flush()


def _end(mentor: Mentor) -> None:
    mentor.ended_at = now()
    for request in requests_taken_by(mentor):
        _change(request, "taken", state="open", mentor_id=None, taken_at=None)
        _tell_team(request, "mentors/given_back", mentor=mentor.person)


def _change(request: HelpRequest, before: str, **values: Any) -> None:
    changed = db.session.execute(
        update(HelpRequest)
        .where(HelpRequest.id == request.id, HelpRequest.state == before)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody was faster: this request has changed meanwhile."))
    db.session.refresh(request)


def _tell_team(request: HelpRequest, template: str, *, mentor: Person) -> None:
    for member in members_of(request.team):
        tell(member, template, kind="hackathon", team=request.team, mentor=mentor, request=request)
    db.session.flush()
