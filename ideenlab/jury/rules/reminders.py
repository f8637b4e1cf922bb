from datetime import datetime, timedelta

from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import is_not_archived
from ideenlab.jury.queries import Queue, has_result, queues_of
from ideenlab.jury.rules.scoring import scoring_is_open
from ideenlab.jury.rules.setting import may_lead_jury

REMINDED_AGAIN_AFTER = timedelta(hours=2)


def may_remind_jurors(
    person: Person, hackathon: Hackathon, now: datetime, *, queues: list[Queue] | None = None
) -> Verdict:
    """While ballots can be handed in, and somebody is there to be reminded. `queues`: what `queues_of` gave."""
    if not (allowed := may_lead_jury(person) and is_not_archived(hackathon)):
        return allowed
    if has_result(hackathon):
        return no(_("There is a result. Nobody has to be reminded any more."))
    queues = queues_of(hackathon) if queues is None else queues
    if not any(queue.has_open_round for queue in queues) and not (verdict := scoring_is_open(hackathon, now)):
        return verdict
    waiting = [queue.juror for queue in queues if queue.left and queue.juror.person.email]
    if not waiting:
        return no(_("Nobody with an e-mail address has anything open."))
    last = min((juror.reminded_at for juror in waiting if juror.reminded_at), default=None)
    if last and all(juror.reminded_at and now < juror.reminded_at + REMINDED_AGAIN_AFTER for juror in waiting):
        return no(_("Everybody with something open was reminded already. Again possible from %(moment)s.",
                    moment=moment(last + REMINDED_AGAIN_AFTER)))  # fmt: skip
    return YES
