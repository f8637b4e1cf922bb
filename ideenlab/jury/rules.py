from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over, open_or_why_not
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import Juror, Result
from ideenlab.jury.queries import Figures, Seat, find_result, find_seat, has_published_result, is_frozen
from ideenlab.prototypes.models import Prototype


def may_see_ballot(person: Person, prototype: Prototype, *, seat: Seat | None = None) -> Verdict:
    """`seat`, here and below: what `find_seat` gave, where it was asked for already."""
    seat = seat or find_seat(person, prototype)
    if seat.juror is None:
        return no(_("You are not on the jury of this hackathon."))
    if seat.own_team:
        return no(_("This is your own team. Nobody scores their own team."))
    if not seat.handed_in:
        return no(_("This prototype was not handed in."))
    return YES


def may_read_hand_in(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    """What the team handed in, with its files, before it is public: from the beginning of the scoring on."""
    allowed = may_see_ballot(person, prototype, seat=seat)
    return scoring_has_begun(prototype.hackathon, now) if allowed else allowed


def may_score(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    seat = seat or find_seat(person, prototype)
    allowed = may_see_ballot(person, prototype, seat=seat)
    if not allowed:
        return allowed
    if seat.published:
        return no(_("The result is published. Ballots stay as they are."))
    if not seat.has_criteria:
        return no(_("The criteria of the jury are not set yet."))
    return scoring_is_open(prototype.hackathon, now)


def scoring_is_open(hackathon: Hackathon, now: datetime) -> Verdict:
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if hackathon.scoring_from and now < hackathon.scoring_from:
        return no(_("Scoring begins on %(moment)s.", moment=moment(hackathon.scoring_from)))
    if hackathon.scoring_until and now >= hackathon.scoring_until:
        return no(_("Scoring ended on %(moment)s.", moment=moment(hackathon.scoring_until)))
    return open_or_why_not(hackathon, "scoring", now)


def scoring_has_begun(hackathon: Hackathon, now: datetime) -> Verdict:
    return YES if is_over(hackathon, "scoring", now) else scoring_is_open(hackathon, now)


def may_reopen_ballot(person: Person, prototype: Prototype, now: datetime, *, seat: Seat | None = None) -> Verdict:
    seat = seat or find_seat(person, prototype)
    allowed = may_score(person, prototype, now, seat=seat)
    if not allowed:
        return allowed
    if seat.ballot is None or seat.ballot.state != "submitted":
        return no(_("This ballot is still open."))
    return YES


def may_lead_jury(person: Person) -> Verdict:
    """Whether somebody may look after criteria, jurors, progress and result."""
    if not person.has_role("organiser", "administrator"):
        return no(_("This is for organisers."))
    return YES


def may_set_rules(person: Person, hackathon: Hackathon) -> Verdict:
    allowed = may_lead_jury(person)
    if not allowed:
        return allowed
    return rules_are_open(hackathon)


def rules_are_open(hackathon: Hackathon) -> Verdict:
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if is_frozen(hackathon) or has_published_result(hackathon):
        return no(_("The jury has begun to score. Its criteria and rules cannot be changed any more."))
    return YES


def may_invite_juror(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Also for a new link and code, and for removing: nobody who knows the points chooses who has scored."""
    allowed = may_lead_jury(person) and is_not_archived(hackathon)
    if not allowed:
        return allowed
    if has_published_result(hackathon):
        return no(_("The result is published. The jury stays as it is."))
    if is_over(hackathon, "scoring", now):
        return no(_("Scoring is over. The jury stays as it is."))
    return YES


def may_accept_invitation(juror: Juror) -> Verdict:
    if juror.removed_at is not None or juror.code_hash is None:
        return no(_("This invitation is no longer valid."))
    if juror.person.state == "closed":
        return no(_("This account is closed."))
    return YES


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
    return YES


def may_publish(person: Person, hackathon: Hackathon, figures: Figures, now: datetime) -> Verdict:
    allowed = may_preview_ranking(person, hackathon, now) and is_not_archived(hackathon)
    if not allowed:
        return allowed
    if has_published_result(hackathon):
        return no(_("The result is published already and stays as it is."))
    if hackathon.publication_from is None or now < hackathon.publication_from:
        return open_or_why_not(hackathon, "publication", now)
    if not figures.criteria:
        return no(_("There are no criteria."))
    if not figures.ranked:
        return no(_("No prototype has enough ballots yet."))
    return YES


def may_see_result(hackathon: Hackathon, result: Result | None = None) -> Verdict:
    """For everybody: nothing before it is published."""
    if result or find_result(hackathon):
        return YES
    if hackathon.publication_from:
        planned = moment(hackathon.publication_from)
        return no(_("The result is not published yet. Publication is planned from %(moment)s.", moment=planned))
    return no(_("The result is not published yet."))


def may_import_ballots(hackathon: Hackathon) -> Verdict:
    """For commands."""
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if has_published_result(hackathon):
        return no(_("The result is published. Ballots stay as they are."))
    return YES
