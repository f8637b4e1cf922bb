from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.models import Calibration, Juror
from ideenlab.jury.queries import has_result
from ideenlab.jury.rules.setting import may_lead_jury


def may_set_example(person: Person, hackathon: Hackathon) -> Verdict:
    """Also for closing and taking it away."""
    allowed = may_lead_jury(person) and is_not_archived(hackathon)
    if allowed and has_result(hackathon):
        return no(_("The result is fixed. There is nothing left to practise for."))
    return allowed


def may_score_example(
    person: Person, hackathon: Hackathon, juror: Juror | None, example: Calibration | None
) -> Verdict:  # fmt: skip
    """`juror` is what `find_juror` gave."""
    if juror is None or juror.person_id != person.id or juror.hackathon_id != hackathon.id:
        return no(_("You are not on the jury of this hackathon."))
    if not (verdict := is_not_archived(hackathon)):
        return verdict
    if example is None:
        return no(_("There is no example to practise with."))
    if example.closed_at is not None:
        return no(_("The practice is over. You see how everybody has scored."))
    return YES
