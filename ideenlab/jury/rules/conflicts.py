"""Conflicts of interest: jurors declare them at any time, organisers block and dismiss while nobody knows points."""

from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.phases import is_over
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import Pair, Suspicion, find_juror, has_result
from ideenlab.jury.rules.setting import may_lead_jury
from ideenlab.teams.models import Team
from ideenlab.teams.queries import is_member


def may_declare_conflict(person: Person, team: Team, *, pair: Pair | None = None) -> Verdict:
    """Until there is a result: also a conflict that one learns of late is one."""
    if find_juror(person, team.hackathon) is None:
        return no(_("You are not on the jury of this hackathon."))
    if is_member(person, team):
        return no(_("This is your own team. Nobody scores their own team."))
    if pair and pair.state == "declared":
        return no(_("You have declared this conflict of interest. Only the organisers can take it back."))
    if pair and pair.state == "blocked":
        return no(_("The organisers have decided that you do not score this team."))
    return _panel_is_open(team.hackathon)


def may_dismiss_suspicion(person: Person, team: Team, *, pair: Pair) -> Verdict:
    """The juror says why there is no conflict; only where one is suspected and nobody has decided."""
    allowed = may_declare_conflict(person, team, pair=pair)
    if allowed and not pair.is_waiting:
        return no(_("There is nothing to decide about this team."))
    return allowed


def may_decide_conflict(person: Person, juror: Juror, team: Team, now: datetime) -> Verdict:
    """Block a juror for a team, dismiss a suspicion, take back a conflict."""
    if not (allowed := may_decide_conflicts(person, juror.hackathon, now)):
        return allowed
    if juror.removed_at is not None:
        return no(_("This person is not on the jury any more."))
    if is_member(juror.person, team):
        return no(_("This juror is a member of the team and does not score it anyway."))
    return YES


def may_decide_conflicts(person: Person, hackathon: Hackathon, now: datetime) -> Verdict:
    """Nobody who knows the points chooses whose ballots count."""
    if not (allowed := may_lead_jury(person) and _panel_is_open(hackathon)):
        return allowed
    if is_over(hackathon, "scoring", now):
        return no(_("Scoring is over, and organisers see the points: only jurors themselves can declare a conflict."))
    return YES


def _panel_is_open(hackathon: Hackathon) -> Verdict:
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if has_result(hackathon):
        return no(_("There is a result. Conflicts of interest stay as they are."))
    return YES


def why_suspected(suspicion: Suspicion) -> str:
    """The sentence for juror and organisers. It names no member of the team."""
    about = suspicion.about
    return {
        "mentor": _("This juror has helped the team as a mentor."),
        "organisation": _("Somebody in the team comes from the same organisation: %(name)s.", name=about),
        "domain": _("Somebody in the team has a mail address of the same organisation: %(name)s.", name=about),
        "challenge": _("The juror's organisation offered the challenge of the team: “%(title)s”.", title=about),
        "idea": _("The team's challenge grew from an idea that this juror wrote: “%(title)s”.", title=about),
    }[suspicion.kind]
