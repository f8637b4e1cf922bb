from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import safe_html
from ideenlab.moderation import queries
from ideenlab.moderation.actions import appeal as ask_again
from ideenlab.moderation.actions import decide_appeal
from ideenlab.moderation.forms import AppealDecisionForm, AppealForm, measure_names
from ideenlab.moderation.rules import may_appeal, may_decide_appeal, may_see_measure
from ideenlab.moderation.views.door import blueprint


@blueprint.get("/entscheidungen")
@signed_in
def decisions() -> ResponseReturnValue:
    """What the moderation decided about what I wrote, or about me."""
    measures = queries.measures_about(me())
    return render_template(
        "moderation/decisions.html", measures=measures, names=measure_names(), appeals=queries.appeals_among(measures),
        things=queries.things_of((measure.thing, measure.thing_id) for measure in measures),
    )  # fmt: skip


@blueprint.route("/entscheidung/<int:measure_id>", methods=["GET", "POST"])
@signed_in
def decision(measure_id: int) -> ResponseReturnValue:
    """One decision with its reason, and the way to appeal against it."""
    measure = queries.get_measure(measure_id)
    if not may_see_measure(me(), measure):
        raise NotFound
    form, verdict = AppealForm(), may_appeal(me(), measure, now())
    if form.validate_on_submit():
        try:
            ask_again(me(), measure=measure, text=form.text.data)
            flash(_("Your appeal has arrived. Somebody else of the moderation decides, and you are told."), "success")
            return redirect(url_for("moderation.decision", measure_id=measure.id), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template(
        "moderation/decision.html", measure=measure, form=form, may_appeal=verdict, names=measure_names(),
        appeal=queries.find_appeal(measure), thing=queries.find_thing(measure.thing, measure.thing_id),
        own=me().id in queries.people_concerned(measure),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.get("/moderation/einsprueche")
@moderator
def appeals() -> ResponseReturnValue:
    waiting = queries.open_appeals()
    return render_template(
        "moderation/appeals.html", appeals=waiting, names=measure_names(), now=now(),
        things=queries.things_of((appeal.measure.thing, appeal.measure.thing_id) for appeal in waiting),
        mine={appeal.id for appeal in waiting if not may_decide_appeal(me(), appeal, knows_to_be_alone=True)},
    )  # fmt: skip


@blueprint.route("/moderation/einspruch/<int:appeal_id>", methods=["GET", "POST"])
@moderator
def appeal(appeal_id: int) -> ResponseReturnValue:
    found = queries.get_appeal(appeal_id)
    form = AppealDecisionForm()
    verdict = may_decide_appeal(me(), found, knows_to_be_alone=True)
    alone = bool(verdict) and found.measure.by_id == me().id
    if form.validate_on_submit():
        try:
            if alone and not form.alone.data:
                raise Invalid(_("Please confirm that you decide about your own measure."), field="alone")
            decide_appeal(
                me(), appeal=found, overturn=form.outcome.data == "overturned", reason=form.reason.data,
                knows_to_be_alone=bool(form.alone.data),
            )  # fmt: skip
            flash(_("Your decision is saved. Those whom it concerns are told."), "success")
            return redirect(url_for("moderation.appeals"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template(
        "moderation/appeal.html", appeal=found, measure=found.measure, form=form, verdict=verdict, alone=alone,
        names=measure_names(), thing=queries.find_thing(found.measure.thing, found.measure.thing_id),
        safe_html=safe_html,
    )  # fmt: skip
    return page, 422 if form.errors else 200
