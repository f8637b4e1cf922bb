from collections.abc import Mapping, Sequence
from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.assignments.maths import Reason
from ideenlab.assignments.models import Assignment, Seat
from ideenlab.assignments.queries import answer_of, find_assignment, reasons_of
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment, ngettext
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import is_registered
from ideenlab.hackathons.rules import is_not_archived, may_change_hackathon
from ideenlab.teams.queries import is_member
from ideenlab.teams.rules import may_found_team


def is_answered_now(assignment: Assignment | None, now: datetime) -> bool:
    """Whether people are deciding about it at the moment."""
    return bool(
        assignment and assignment.sent_at and not assignment.ended_at
        and assignment.answer_until and now < assignment.answer_until
    )  # fmt: skip


def may_wish(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """With a place, until a proposal is sent; again when its time is over."""
    if not (verdict := may_write(person, now) and is_not_archived(hackathon)):
        return verdict
    if not is_registered(person, hackathon):
        return no(_("Please register for the hackathon first."))
    if hackathon.teams_until and is_over(hackathon, "teams", now):
        return no(_("Teams are formed since %(moment)s.", moment=moment(hackathon.teams_until)))
    assignment = find_assignment(hackathon)
    if assignment and is_answered_now(assignment, now):
        assert assignment.answer_until is not None
        return no(_("A proposal has been sent. You can change your wishes again after %(moment)s.",
                    moment=moment(assignment.answer_until)))  # fmt: skip
    return YES


def may_propose(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """As long as teams can be formed, and nobody is deciding about an earlier proposal."""
    if not (verdict := _may_arrange(person, hackathon, now)):
        return verdict
    assignment = find_assignment(hackathon)
    if assignment and is_answered_now(assignment, now):
        assert assignment.answer_until is not None
        return no(_("People answer the present proposal until %(moment)s. Put it aside before you make another one.",
                    moment=moment(assignment.answer_until)))  # fmt: skip
    return YES


def may_change_assignment(person: Person, assignment: Assignment, now: datetime) -> Verdict:
    """Move people, until it is sent."""
    if not (verdict := _may_arrange(person, assignment.hackathon, now)):
        return verdict
    if assignment.ended_at:
        return no(_("This proposal was put aside, or another one has taken its place."))
    return no(_("This proposal has been sent to everybody.")) if assignment.sent_at else YES


def may_send_assignment(person: Person, assignment: Assignment, now: datetime) -> Verdict:
    if not (verdict := may_change_assignment(person, assignment, now)):
        return verdict
    window = open_or_why_not(assignment.hackathon, "teams", now)
    return window or no(_("Teams cannot be formed now. %(why)s", why=window.reason))


def may_put_aside(person: Person, assignment: Assignment) -> Verdict:
    if not (verdict := may_change_hackathon(person, assignment.hackathon)):
        return verdict
    if assignment.ended_at:
        return no(_("This proposal was put aside, or another one has taken its place."))
    return YES


def may_decline_seat(person: Person, seat: Seat, now: datetime) -> Verdict:
    """Whose seat it is, once, until the time is over."""
    if seat.registration.person_id != person.id:
        return no(_("This proposal is for somebody else."))
    assignment = seat.assignment
    if assignment.ended_at or not assignment.sent_at:
        return no(_("The organisers have put this proposal aside."))
    if any(word == "objected" for word, _values in reasons_of(seat)):
        return no(
            _("A member of the team has said that it does not fit. The organisers look for another team with you.")
        )
    if seat.answer:
        return no(_("You have answered already."))
    if assignment.answer_until and assignment.answer_until <= now:
        return no(_("You could answer until %(moment)s. Please ask the organisers: nobody is left alone.",
                    moment=moment(assignment.answer_until)))  # fmt: skip
    return is_not_archived(assignment.hackathon)


def may_accept_seat(person: Person, seat: Seat, now: datetime) -> Verdict:
    if not (verdict := may_decline_seat(person, seat, now)):
        return verdict
    return may_found_team(person, seat.assignment.hackathon, now)


def may_object(person: Person, seat: Seat, now: datetime) -> Verdict:
    """Members of a team that was there before, until the person has answered. A new table has nobody who was first."""
    assignment, team = seat.assignment, seat.team
    if team is None or not is_member(person, team):
        return no(_("You are not in this team."))
    if assignment.sent_at is None or team.created_at > assignment.sent_at:
        return no(_("This team was made by the same proposal. Everybody in it has the same right to be there."))
    if assignment.ended_at:
        return no(_("The organisers have put this proposal aside."))
    if seat.answer or answer_of(seat, now) != "waiting":
        return no(_("This person has answered meanwhile."))
    return may_write(person, now) and is_not_archived(assignment.hackathon)


def _may_arrange(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := may_change_hackathon(person, hackathon)):
        return verdict
    if hackathon.teams_until and is_over(hackathon, "teams", now):
        return no(_("Teams are formed since %(moment)s.", moment=moment(hackathon.teams_until)))
    return YES


def why_in_words(reasons: Sequence[Reason], pseudonyms: Mapping[int, str]) -> list[str]:
    """Each reason as a sentence. Friends who are gone are left out."""
    said = [_said(word, [*values], pseudonyms) for word, values in reasons]
    return [sentence for sentence in said if sentence]


def _said(word: str, values: list[int | str], pseudonyms: Mapping[int, str]) -> str:
    if word == "friends":
        names = [pseudonyms[int(number)] for number in values if number in pseudonyms]
        return _("You wished for each other: %(names)s.", names=", ".join(names)) if names else ""
    if word == "wish":
        return {1: _("It is your first wish."), 2: _("It is your second wish."), 3: _("It is your third wish.")}[
            int(values[0])
        ]
    if word == "needed":
        return ngettext("The team needs %(num)s more person.", "The team needs %(num)s more people.", int(values[0]))
    skills = ", ".join(str(value) for value in values)
    return {
        "lacks": _("What you can do is missing in the team: %(skills)s.", skills=skills),
        "brings": _("You bring what nobody else here can do: %(skills)s.", skills=skills),
        "no_wish": _("Your wishes did not work out this time: too few others share them, or the teams are full."),
        "gap": _("The team has a free place."), "new": _("You would be a new team."),
        "objected": _("A member of the team has said that it does not fit."),
        "organisers": _("The organisers have put you here by hand."),
    }[word]  # fmt: skip
