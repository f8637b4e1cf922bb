from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_open, window
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import HandIn, Prototype, PrototypeFile, Screenshot
from ideenlab.prototypes.queries import is_file_handed_in, is_screenshot_handed_in, latest_hand_in
from ideenlab.prototypes.rules.hiding import is_out_of_sight
from ideenlab.teams.models import Team
from ideenlab.teams.queries import is_member

ORGANISERS = ("organiser", "administrator")


def may_see_draft(person: Person | None, team: Team) -> Verdict:
    """What was not handed in, and older versions: the team and the organisers."""
    if person and (is_member(person, team) or person.has_role(*ORGANISERS)):
        return YES
    return no(_("Only the team and the organisers can see this."))


def may_see_every_prototype(person: Person | None, hackathon: Hackathon, now: datetime) -> Verdict:
    """What was handed in to a hackathon: organisers always, everybody once the gallery is open.

    The jury reads it on pages of its own, by rules of its own: the role alone says nothing about this hackathon.
    """
    if person and person.has_role(*ORGANISERS):
        return YES
    if hackathon.gallery_shown_at and not is_open(hackathon, "submission", now):
        return YES
    return _why_not_public(hackathon, now)


def _why_not_public(hackathon: Hackathon, now: datetime) -> Verdict:
    """Says what is shown when, for people who come with a link."""
    _begin, deadline = window(hackathon, "submission")
    if deadline and now < deadline:
        shown = {"title": hackathon.title, "moment": moment(deadline)}
        return no(
            _(
                "The prototypes of “%(title)s” are shown after %(moment)s, once the organisers open the gallery.",
                **shown,
            )
        )
    return no(_("The prototypes of “%(title)s” are shown once the organisers open the gallery.", title=hackathon.title))


def may_show_gallery(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Switch the gallery on, off and put it in order. Before the deadline nobody looks at what others hand in."""
    if not person.has_role(*ORGANISERS):
        return no(_("Only organisers may do this."))
    if hackathon.archived_at:
        return no(_("This hackathon was archived on %(moment)s.", moment=moment(hackathon.archived_at)))
    _begin, deadline = window(hackathon, "submission")
    if deadline is None or now < deadline:
        until = moment(deadline) if deadline else _("the deadline")
        return no(_("Teams hand in until %(moment)s. The gallery can be opened after that.", moment=until))
    return YES


def may_see_prototype(person: Person | None, prototype: Prototype, now: datetime) -> Verdict:
    """The version that counts. Its team sees it at any time."""
    if may_see_draft(person, prototype.team):
        return YES
    return _is_in_sight(person, prototype) and may_see_every_prototype(person, prototype.hackathon, now)


def may_see_version(person: Person | None, hand_in: HandIn, now: datetime) -> Verdict:
    """Versions that no longer count are for the team and the organisers."""
    verdict = may_see_draft(person, hand_in.prototype.team)
    if verdict or latest_hand_in(hand_in.prototype) != hand_in:
        return verdict
    prototype = hand_in.prototype
    return _is_in_sight(person, prototype) and may_see_every_prototype(person, prototype.hackathon, now)


def may_fetch_file(person: Person | None, attached: PrototypeFile, now: datetime) -> Verdict:
    """A file goes with the version that counts; any other file is for the team and the organisers."""
    verdict = may_see_draft(person, attached.prototype.team)
    if verdict or not is_file_handed_in(attached):
        return verdict
    return _may_see_what_counts(person, attached.prototype, now)


def may_see_screenshot(person: Person | None, screenshot: Screenshot, now: datetime) -> Verdict:
    """A picture goes with the version that counts; any other is for the team and the organisers."""
    verdict = may_see_draft(person, screenshot.prototype.team)
    if verdict or not is_screenshot_handed_in(screenshot):
        return verdict
    return _may_see_what_counts(person, screenshot.prototype, now)


def _may_see_what_counts(person: Person | None, prototype: Prototype, now: datetime) -> Verdict:
    return _is_in_sight(person, prototype) and may_see_every_prototype(person, prototype.hackathon, now)


def _is_in_sight(person: Person | None, prototype: Prototype) -> Verdict:
    if is_out_of_sight(person, prototype):
        return no(_("The moderation has taken this prototype out of sight."))
    return YES
