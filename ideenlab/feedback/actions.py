from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.feedback.models import Feedback, WithheldText
from ideenlab.feedback.queries import answers_of, find_feedback, get_sentence
from ideenlab.feedback.rules import may_change_feedback, may_release_feedback
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.prototypes.models import Prototype
from ideenlab.teams.queries import members_of


def withhold_text(organiser: Person, *, prototype: Prototype, ballot_id: int, part: str, reason: str) -> None:
    """Keep one text of one ballot back from the team. The text itself is never changed."""
    require(may_change_feedback(organiser, prototype.hackathon))
    get_sentence(prototype, ballot_id, part)
    reason = clean_line(reason)
    if not reason:
        raise Invalid(_("Please say why you keep this back."), field="reason")
    insert_missing(
        WithheldText,
        {"ballot_id": ballot_id, "part": part, "reason": reason, "withheld_by_id": organiser.id, "withheld_at": now()},
    )
    record(organiser, "feedback.withheld", prototype, note=reason)
    db.session.flush()


def pass_text_on(organiser: Person, *, prototype: Prototype, ballot_id: int, part: str) -> None:
    """What was kept back goes to the team after all."""
    require(may_change_feedback(organiser, prototype.hackathon))
    if kept := get_sentence(prototype, ballot_id, part).withheld:
        db.session.delete(kept)
        record(organiser, "feedback.passed_on", prototype)
        db.session.flush()


def release_feedback(organiser: Person, *, prototype: Prototype) -> Feedback:
    """The team reads it from now on and is told."""
    require(may_release_feedback(organiser, prototype))
    row = {"prototype_id": prototype.id, "released_at": now(), "released_by_id": organiser.id}
    if insert_missing(Feedback, row):
        record(organiser, "feedback.released", prototype)
        for member in members_of(prototype.team):
            tell(
                member, "feedback/released", once_key=f"feedback:{prototype.id}:{member.id}", prototype=prototype,
                hackathon=prototype.hackathon, team=prototype.team,
            )  # fmt: skip
    db.session.flush()
    released = find_feedback(prototype)
    assert released is not None
    return released


def release_all(organiser: Person, *, hackathon: Hackathon) -> int:
    """To every team that has not got it yet; how many these were."""
    require(may_change_feedback(organiser, hackathon))
    waiting = [answer.prototype for answer in answers_of(hackathon) if not answer.released]
    for prototype in waiting:
        release_feedback(organiser, prototype=prototype)
    return len(waiting)
