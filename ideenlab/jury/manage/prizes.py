from flask import render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.challenges.queries import all_challenges_of
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury import actions
from ideenlab.jury.forms import ConfirmForm, PrizeForm, prize_form
from ideenlab.jury.manage.door import back_to_jury, blueprint, status
from ideenlab.jury.models import Prize
from ideenlab.jury.queries import criteria_of, get_prize, rules_of
from ideenlab.jury.rules import may_set_rules


@blueprint.route("/hackathons/<slug>/jury/preise/neu", methods=["GET", "POST"])
@organiser
def new_prize(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    require(may_set_rules(me(), hackathon))
    form = _form(hackathon)
    if accepted(form, lambda: _add(hackathon, form)):
        return back_to_jury(hackathon, _("The prize is there."))
    return render_template("jury/manage/new_prize.html", hackathon=hackathon, form=form), status()


@blueprint.route("/hackathons/<slug>/jury/preise/<int:prize_id>", methods=["GET", "POST"])
@organiser
def prize(slug: str, prize_id: int) -> ResponseReturnValue:
    hackathon, found = _prize(slug, prize_id)
    require(may_set_rules(me(), hackathon))
    form = _form(hackathon, found)
    if accepted(form, lambda: _edit(found, form)):
        return back_to_jury(hackathon, _("The prize is saved."))
    return render_template("jury/manage/prize.html", hackathon=hackathon, prize=found, form=form), status()


@blueprint.post("/hackathons/<slug>/jury/preise/<int:prize_id>/verschieben")
@organiser
def moved_prize(slug: str, prize_id: int) -> ResponseReturnValue:
    hackathon, found = _prize(slug, prize_id)
    steps = -1 if request.form.get("where") == "up" else 1
    actions.move_prize(me(), prize=found, steps=steps, revision=ConfirmForm().revision.data)
    return back_to_jury(hackathon, "")


@blueprint.post("/hackathons/<slug>/jury/preise/<int:prize_id>/entfernen")
@organiser
def removed_prize(slug: str, prize_id: int) -> ResponseReturnValue:
    """At once: the page it leads back to has the button that undoes it."""
    hackathon, found = _prize(slug, prize_id)
    title = found.title
    actions.remove_prize(me(), prize=found, revision=ConfirmForm().revision.data)
    return back_to_jury(hackathon, _("The prize “%(title)s” is removed.", title=title))


def _prize(slug: str, prize_id: int) -> tuple[Hackathon, Prize]:
    hackathon = get_any_hackathon(slug)
    return hackathon, get_prize(hackathon, prize_id)


def _form(hackathon: Hackathon, prize: Prize | None = None) -> PrizeForm:
    return prize_form(rules_of(hackathon), criteria_of(hackathon), all_challenges_of(hackathon), prize)


def _add(hackathon: Hackathon, form: PrizeForm) -> None:
    actions.add_prize(me(), hackathon=hackathon, terms=_terms(hackathon, form), revision=form.revision.data)


def _edit(prize: Prize, form: PrizeForm) -> None:
    actions.edit_prize(me(), prize=prize, terms=_terms(prize.hackathon, form), revision=form.revision.data)


def _terms(hackathon: Hackathon, form: PrizeForm) -> actions.PrizeTerms:
    challenges = {str(each.id): each for each in all_challenges_of(hackathon)}
    return actions.PrizeTerms(
        title=form.title.data, description=form.description.data or "", places=form.places.data,
        challenge=challenges.get(form.challenge.data), weights=form.weights,
    )  # fmt: skip
