from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.feedback import actions, queries
from ideenlab.feedback.forms import OnlyButton, WithholdForm
from ideenlab.feedback.rules import may_change_feedback, may_prepare_feedback, may_release_feedback
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.prototypes.models import Prototype

blueprint = Blueprint("manage_feedback", __name__, url_prefix="/organisation/hackathons/<slug>/jury/rueckmeldungen")


@blueprint.get("")
@organiser
def answers(slug: str) -> ResponseReturnValue:
    """What lies before the organisers: team by team, read first, then let go."""
    hackathon = get_any_hackathon(slug)
    verdict = may_prepare_feedback(me(), hackathon)
    return render_template(
        "feedback/manage/answers.html", hackathon=hackathon, verdict=verdict,
        answers=queries.answers_of(hackathon) if verdict else [], may_change=may_change_feedback(me(), hackathon),
    )  # fmt: skip


@blueprint.post("")
@organiser
def release_all(slug: str) -> ResponseReturnValue:
    number = actions.release_all(me(), hackathon=get_any_hackathon(slug))
    flash(ngettext("%(num)s team has its feedback now.", "%(num)s teams have their feedback now.", number), "success")
    return redirect(url_for(".answers", slug=slug), 303)


@blueprint.route("/<int:prototype_id>", methods=["GET", "POST"])
@organiser
def answer(slug: str, prototype_id: int) -> ResponseReturnValue:
    hackathon, prototype = _prototype(slug, prototype_id)
    require(may_prepare_feedback(me(), hackathon))
    form = OnlyButton()
    if form.validate_on_submit():
        actions.release_feedback(me(), prototype=prototype)
        flash(_("The team has its feedback now."), "success")
        return redirect(url_for(".answers", slug=slug), 303)
    return render_template(
        "feedback/manage/answer.html", hackathon=hackathon, prototype=prototype, form=form,
        answer=queries.get_answer(prototype), band_words=queries.band_words(),
        may_change=may_change_feedback(me(), hackathon), may_release=may_release_feedback(me(), prototype),
    )  # fmt: skip


@blueprint.route("/<int:prototype_id>/<int:ballot_id>/<part>", methods=["GET", "POST"])
@organiser
def withholding(slug: str, prototype_id: int, ballot_id: int, part: str) -> ResponseReturnValue:
    """One text is kept back, with a reason."""
    hackathon, prototype = _prototype(slug, prototype_id)
    require(may_change_feedback(me(), hackathon))
    sentence, form = queries.get_sentence(prototype, ballot_id, part), WithholdForm()

    def withhold() -> None:
        actions.withhold_text(
            me(), prototype=prototype, ballot_id=ballot_id, part=part, reason=form.reason.data or ""
        )  # fmt: skip

    if accepted(form, withhold):
        flash(_("The team does not get this text."), "success")
        return redirect(url_for(".answer", slug=slug, prototype_id=prototype.id), 303)
    page = render_template(
        "feedback/manage/withholding.html", hackathon=hackathon, prototype=prototype, sentence=sentence, form=form
    )
    return page, 422 if form.errors else 200


@blueprint.post("/<int:prototype_id>/<int:ballot_id>/<part>/weitergeben")
@organiser
def pass_on(slug: str, prototype_id: int, ballot_id: int, part: str) -> ResponseReturnValue:
    _hackathon, prototype = _prototype(slug, prototype_id)
    actions.pass_text_on(me(), prototype=prototype, ballot_id=ballot_id, part=part)
    flash(_("The team gets this text."), "success")
    return redirect(url_for(".answer", slug=slug, prototype_id=prototype.id), 303)


def _prototype(slug: str, prototype_id: int) -> tuple[Hackathon, Prototype]:
    hackathon = get_any_hackathon(slug)
    return hackathon, queries.get_prototype_of(hackathon, prototype_id)
