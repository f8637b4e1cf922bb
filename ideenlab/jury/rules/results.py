from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import Result
from ideenlab.jury.queries import Figures, find_juror, find_result, has_result, open_round_of
from ideenlab.jury.rules.setting import may_lead_jury, rules_are_in_force
from ideenlab.teams.queries import find_team_of


def may_preview_ranking(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """The order, before it is published: not while points can still change."""
    allowed = may_lead_jury(person)
    if not allowed:
        return allowed
    if hackathon.scoring_from and not is_over(hackathon, "scoring", now):
        if hackathon.scoring_until:
            return no(_("Points stay hidden, also from you, until scoring ends on %(moment)s.",
                        moment=moment(hackathon.scoring_until)))  # fmt: skip
        return no(_("Points stay hidden, also from you, until scoring ends."))
    if open_round_of(hackathon):
        return no(_("A round of ballots is open. Points are shown again when it is closed."))
    return YES


def may_seal(person: Person, hackathon: Hackathon, figures: Figures, now: datetime) -> Verdict:
    """Freeze the order, before it is shown. Also for publishing it at once."""
    allowed = may_preview_ranking(person, hackathon, now) and is_not_archived(hackathon)
    if not allowed:
        return allowed
    if has_result(hackathon):
        return no(_("There is a result already, and it stays as it is."))
    if not (verdict := rules_are_in_force(hackathon)):
        return verdict
    if not figures.criteria:
        return no(_("There are no criteria."))
    if not figures.ranked:
        return no(_("No prototype has enough ballots yet."))
    return YES


def publication_has_begun(hackathon: Hackathon, now: datetime) -> Verdict:
    if hackathon.publication_from is None or now < hackathon.publication_from:
        return open_or_why_not(hackathon, "publication", now)
    return YES


def may_publish(
    person: Person, hackathon: Hackathon, figures: Figures, now: datetime, *, sealed: Result | None = None
) -> Verdict:
    """`sealed`: the result that was frozen for the ceremony. Without one the order is frozen and published at once."""
    if sealed is None:
        if has_result(hackathon) or not (allowed := may_preview_ranking(person, hackathon, now)):
            return may_seal(person, hackathon, figures, now)
        allowed = allowed and publication_has_begun(hackathon, now)
        return allowed and may_seal(person, hackathon, figures, now)
    return may_reveal(person, sealed, now)


def may_reveal(person: Person, result: Result, now: datetime) -> Verdict:
    """Show a place of a sealed result to everybody."""
    allowed = may_lead_jury(person) and is_not_archived(result.hackathon)
    if not allowed:
        return allowed
    if result.withdrawn_at:
        return no(_("This result was withdrawn."))
    if result.published_at:
        return no(_("The result is published already and stays as it is."))
    return publication_has_begun(result.hackathon, now)


def may_withdraw(person: Person, result: Result) -> Verdict:
    allowed = may_lead_jury(person) and is_not_archived(result.hackathon)
    if allowed and result.withdrawn_at:
        return no(_("This result was withdrawn."))
    return allowed


def may_see_result(hackathon: Hackathon, result: Result | None = None) -> Verdict:
    """For everybody: nothing before it is published."""
    if result or find_result(hackathon):
        return YES
    if hackathon.publication_from:
        planned = moment(hackathon.publication_from)
        return no(_("The result is not published yet. Publication is planned from %(moment)s.", moment=planned))
    return no(_("The result is not published yet."))


def may_read_protocol(person: Person | None, result: Result) -> Verdict:
    """Every ballot, once the result is published: everybody, or only who took part, as the rules said beforehand."""
    if result.published_at is None:
        return no(_("The result is not published yet."))
    if result.audience == "everybody":
        return YES
    if person and (
        may_lead_jury(person) or find_team_of(person, result.hackathon) or find_juror(person, result.hackathon)
    ):
        return YES
    return no(_("The protocol is read by the teams, the jury and the organisers. Its hash is public."))
