from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator
from ideenlab.comments.queries import hidden_comments, latest_comments
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.security import safe_path
from ideenlab.ideas.queries import hidden_ideas, ideas_of_threads, latest_ideas
from ideenlab.moderation import queries
from ideenlab.moderation.actions import Outcome, assign_case, decide_cases
from ideenlab.moderation.forms import ManyForm, measure_names, reason_names
from ideenlab.moderation.views.door import blueprint

SHOWN = 20
LOOKED_AT = 200  # of the latest ideas and comments each, for hints
MANY = ("kept", "hidden", "released")


@blueprint.get("/moderation")
@moderator
def moderation() -> ResponseReturnValue:
    """The queue: what was reported or waits for its release, due first on top."""
    return _queue(ManyForm(formdata=None))


def _queue(form: ManyForm) -> str:
    only, reason = request.args.get("nur", "all"), request.args.get("grund", "")
    only = only if only in queries.FILTERS else "all"
    page = queries.queue(me(), now(), only=only, reason=reason, after=request.args.get("weiter", ""))
    things = queries.things_of((case.thing, case.thing_id) for case in page.rows)
    known = queries.words()
    return render_template(
        "moderation/moderation.html", page=page, things=things, only=only, reason=reason, now=now(), form=form,
        hints={key: queries.hint_for(thing, known) for key, thing in things.items()},
        numbers=queries.queue_numbers(me(), now()), reasons=reason_names(), appeals=len(queries.open_appeals()),
        chosen=request.form.getlist("case"),
    )  # fmt: skip


@blueprint.post("/moderation/mehrere")
@moderator
def many() -> ResponseReturnValue:
    """The same decision about every row that is ticked."""
    form, kind = ManyForm(), request.form.get("do", "")
    ticked = request.form.getlist("case")
    numbers = [int(typed) for typed in ticked if typed.isascii() and typed.isdigit() and len(typed) < 11]
    if form.validate_on_submit():
        try:
            if kind not in MANY:
                raise Invalid(_("Please choose what you decide."))
            if not numbers:
                raise Invalid(_("Please tick at least one row."))
            cases = queries.cases_among([number for number in numbers[:100] if number])
            _say(decide_cases(me(), cases=cases, kind=kind, reason=form.reason.data or ""), kind)
            return redirect(_back(), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    return _queue(form), 422


def _say(outcomes: Sequence[Outcome], kind: str) -> None:
    """What worked and what did not, in full numbers; of many titles the first."""
    done = [outcome.title for outcome in outcomes if not outcome.problem]
    if done:
        what = measure_names()[kind]
        flash(ngettext("%(num)s case decided: %(what)s.", "%(num)s cases decided: %(what)s.", len(done), what=what),
              "success")  # fmt: skip
    problems: dict[str, list[str]] = {}
    for outcome in outcomes:
        if outcome.problem:
            problems.setdefault(outcome.problem, []).append(outcome.title[:40])
    for problem, titles in problems.items():
        first = ", ".join(titles[:3]) + (" …" if titles[3:] else "")
        words = ngettext(
            "%(num)s case not decided (%(titles)s): %(why)s", "%(num)s cases not decided (%(titles)s): %(why)s",
            len(titles), titles=first, why=problem,
        )  # fmt: skip
        flash(words, "warning")


def _back() -> str:
    return safe_path(request.form.get("back"), default=url_for("moderation.moderation"))


@blueprint.post("/moderation/fall/<int:case_id>/uebernehmen")
@moderator
def take(case_id: int) -> ResponseReturnValue:
    """Take the case in hand, or lay it back."""
    case = queries.get_case(case_id)
    to_me = request.form.get("do") != "leave"
    assign_case(me(), case=case, to_me=to_me)
    flash(_("You have this case in hand.") if to_me else _("The case is free again."), "success")
    return redirect(_back(), 303)


@blueprint.get("/moderation/zuletzt")
@moderator
def latest() -> ResponseReturnValue:
    """What is worth a look, what is hidden now, and what was written last."""
    ideas, written = latest_ideas(LOOKED_AT), latest_comments(LOOKED_AT)
    comments = {"hidden": hidden_comments(SHOWN), "latest": written[:SHOWN]}
    threads = {comment.thread_id for found in comments.values() for comment in found}
    return render_template(
        "moderation/latest.html", ideas={"hidden": hidden_ideas(SHOWN), "latest": ideas[:SHOWN]},
        comments=comments, idea_of=ideas_of_threads(threads), hinted=queries.worth_a_look(ideas, written, SHOWN),
        others=queries.hidden_things(SHOWN),
    )  # fmt: skip


@blueprint.get("/moderation/protokoll")
@moderator
def log() -> ResponseReturnValue:
    """Every measure, latest first."""
    kind, by = request.args.get("was", ""), request.args.get("wer", "")
    names = measure_names()
    kind = kind if kind in names else ""
    by_id = int(by) if by.isascii() and by.isdigit() and len(by) < 10 else None
    page = queries.list_measures(kind=kind, by_id=by_id, after=request.args.get("weiter", ""))
    return render_template(
        "moderation/log.html", page=page, kind=kind, by_id=by_id, names=names, moderators=queries.moderators(),
        things=queries.things_of((measure.thing, measure.thing_id) for measure in page.rows),
        appeals=queries.appeals_among(list(page.rows)),
    )  # fmt: skip
