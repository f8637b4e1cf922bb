from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.fits import actions, queries
from ideenlab.fits.models import Fit
from ideenlab.fits.rules import may_say_whether_it_fits
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import get_prototype

blueprint = Blueprint("fits", __name__)


@blueprint.post("/prototyp/<int:prototype_id>/trifft-es")
@signed_in
def answer(prototype_id: int) -> ResponseReturnValue:
    prototype, given = get_prototype(prototype_id), request.form.get("answer", "")
    if given == "none":
        actions.take_answer_back(me(), prototype=prototype)
        flash(_("Your answer is taken back."), "success")
    elif given in ("yes", "no"):
        actions.say_whether_it_fits(me(), prototype=prototype, meets_it=given == "yes")
        flash(_("Thank you. Your answer stands on the page, without your name."), "success")
    else:
        raise Invalid(_("Please choose an answer."))
    return redirect(url_for("prototypes.prototype", prototype_id=prototype.id) + "#fits", 303)


def own_fit(prototype: Prototype) -> Fit | None:
    person = visitor()
    return queries.find_fit(person, prototype) if person else None


def is_asked(prototype: Prototype) -> bool:
    person = visitor()
    return bool(person and may_say_whether_it_fits(person, prototype, now()))


@blueprint.app_context_processor
def give_fits() -> dict[str, object]:
    return {"echoes_of": queries.echoes_of, "own_fit": own_fit, "asked_whether_it_fits": is_asked}
