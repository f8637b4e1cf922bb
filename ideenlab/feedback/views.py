from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in, visitor
from ideenlab.core.verdict import require
from ideenlab.feedback.queries import band_words, get_answer
from ideenlab.feedback.rules import may_read_feedback
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import find_prototype_of, get_prototype
from ideenlab.teams.queries import find_team_of

blueprint = Blueprint("feedback", __name__)


@blueprint.get("/prototyp/<int:prototype_id>/rueckmeldung")
@signed_in
def feedback(prototype_id: int) -> ResponseReturnValue:
    """What the jury says to the team of whoever looks."""
    found = get_prototype(prototype_id)
    require(may_read_feedback(me(), found))
    return render_template("feedback/feedback.html", prototype=found, answer=get_answer(found), band_words=band_words())


def feedback_for_me(hackathon: Hackathon) -> Prototype | None:
    """The prototype of the visitor's own team, where the jury's feedback can be read."""
    team = find_team_of(person, hackathon) if (person := visitor()) else None
    prototype = find_prototype_of(team) if team else None
    return prototype if person and prototype and may_read_feedback(person, prototype) else None


@blueprint.app_context_processor
def give_feedback() -> dict[str, object]:
    return {"feedback_for_me": feedback_for_me}
