from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.audience.models import AudiencePrize
from ideenlab.audience.queries import count_codes, has_voted
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import may_change_hackathon
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.rules import may_see_every_prototype
from ideenlab.teams.queries import is_member

MOST_AT_ONCE, MOST_CODES = 500, 5000


def may_plan_prize(person: Person, hackathon: Hackathon, prize: AudiencePrize | None) -> Verdict:
    if not (verdict := may_change_hackathon(person, hackathon)):
        return verdict
    if prize and prize.released_at:
        return no(
            _("The result was released on %(moment)s. Nothing changes any more.", moment=moment(prize.released_at))
        )
    return YES


def may_print_codes(person: Person, prize: AudiencePrize, number: int, now: datetime) -> Verdict:
    if not (verdict := may_plan_prize(person, prize.hackathon, prize)):
        return verdict
    if is_over(prize, "voting", now):
        return no(_("The vote is over: nobody could use new codes."))
    if not 1 <= number <= MOST_AT_ONCE:
        return no(_("Please give a number from 1 to %(most)s.", most=MOST_AT_ONCE))
    if count_codes(prize.hackathon) + number > MOST_CODES:
        return no(_("There are at most %(most)s codes for one hackathon.", most=MOST_CODES))
    return YES


def may_vote(prize: AudiencePrize | None, now: datetime) -> Verdict:
    """Whether the vote is open at all, for whoever has a code."""
    if prize is None:
        return no(_("There is no audience prize here."))
    if prize.released_at:
        return no(_("The vote is over and the result is released."))
    if not (verdict := open_or_why_not(prize, "voting", now)):
        return verdict
    return may_see_every_prototype(None, prize.hackathon, now)


def may_vote_on_stream(person: Person, prize: AudiencePrize | None, now: datetime) -> Verdict:
    """One vote for each person."""
    if not (verdict := may_vote(prize, now) and may_write(person, now)):
        return verdict
    assert prize is not None
    return no(_("You have voted already. Thank you!")) if has_voted(person, prize.hackathon) else YES


def may_vote_for(person: Person | None, prototype: Prototype | None, hackathon: Hackathon) -> Verdict:
    """Where somebody's team is known, not for it. Who types in a printed code need not be known."""
    if prototype is None or prototype.hackathon_id != hackathon.id or prototype.hidden_at:
        return no(_("Please choose a prototype."))
    if person and is_member(person, prototype.team):
        return no(_("Nobody votes for their own team."))
    return YES


def may_release_prize(person: Person, prize: AudiencePrize, now: datetime) -> Verdict:
    """Once, after the vote is over: until then the counts are sealed, for organisers too."""
    if not (verdict := may_plan_prize(person, prize.hackathon, prize)):
        return verdict
    if prize.voting_until is None:
        return no(_("The vote has no end yet. Please set one first."))
    if not is_over(prize, "voting", now):
        return no(
            _("People vote until %(moment)s. The counts are sealed until then.", moment=moment(prize.voting_until))
        )
    return YES


def may_see_prize_result(prize: AudiencePrize | None) -> Verdict:
    if prize and prize.released_at:
        return YES
    return no(_("The result of the audience prize is not released yet."))
