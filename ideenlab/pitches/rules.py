from datetime import datetime

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.phases import is_over
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import may_change_hackathon, may_manage_hackathons
from ideenlab.pitches.models import PitchPlan
from ideenlab.pitches.queries import pitches_of


def may_plan_pitches(person: Person, hackathon: Hackathon) -> Verdict:
    return may_change_hackathon(person, hackathon)


def may_draw_order(person: Person, plan: PitchPlan, now: datetime) -> Verdict:
    """When it is known who hands in, and while nobody has stood on the stage."""
    hackathon = plan.hackathon
    if not (verdict := may_plan_pitches(person, hackathon)):
        return verdict
    if hackathon.submission_until and not is_over(hackathon, "submission", now):
        until = moment(hackathon.submission_until)
        return no(_("Teams hand in until %(moment)s. The order can be drawn after that.", moment=until))
    if any(pitch.state != "planned" for pitch in pitches_of(hackathon)):
        return no(_("The pitches have begun. Teams can still be swapped by hand."))
    return YES


def may_publish_plan(person: Person, plan: PitchPlan) -> Verdict:
    if not (verdict := may_plan_pitches(person, plan.hackathon)):
        return verdict
    return YES if plan.drawn_at else no(_("Please draw the order first."))


def may_see_plan(person: Person | None, plan: PitchPlan | None) -> Verdict:
    """Everybody once it is published, organisers before."""
    if plan and (plan.published_at or (person and may_manage_hackathons(person))):
        return YES
    return no(_("The order of the pitches is not published yet."))
