"""What everybody finds: the way to report something, the rules, and what the moderation did in a year."""

import csv
import io

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import may_send_mail, public, slowed, try_once, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city
from ideenlab.core.verdict import Verdict
from ideenlab.core.web import begin_writing, slow_first
from ideenlab.moderation import queries
from ideenlab.moderation.actions import report_thing
from ideenlab.moderation.forms import ReportForm, measure_names, reason_names
from ideenlab.moderation.queries import Figures, get_thing
from ideenlab.moderation.rules import APPEAL_DAYS, may_report
from ideenlab.moderation.views.door import blueprint

REPORTS = {"limit": 20, "wider_limit": 100}  # from one network in a quarter of an hour


@blueprint.route("/melden/<what>/<int:number>", methods=["GET", "POST"])
@public
@slow_first
def report(what: str, number: int) -> ResponseReturnValue:
    """Say that something breaks the rules; without an account, and without leaving an address."""
    thing = get_thing(what, number)
    if not may_report(visitor(), thing):
        raise NotFound
    person = visitor()
    form = ReportForm(email=person.email if person else None)
    if form.validate_on_submit() and _report(what, number, form):
        return redirect(url_for("moderation.reported"), 303)
    page = render_template("moderation/report.html", thing=get_thing(what, number), form=form)
    return page, 422 if form.is_submitted() else 200


def _report(what: str, number: int, form: ReportForm) -> bool:
    allowed: Verdict = try_once(slowed("report", "", **REPORTS))
    if not allowed:
        refuse(form, "", allowed.reason)
        return False
    email = form.email.data or None
    quietly = email is not None and not may_send_mail(email)
    begin_writing()
    try:
        report_thing(
            visitor(), thing=get_thing(what, number), reason=form.reason.data, text=form.text.data, email=email,
            quietly=quietly,
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return False
    return True


@blueprint.get("/melden/danke")
@public
def reported() -> ResponseReturnValue:
    return render_template("moderation/reported.html", hours=city().hours_for_reports)


@blueprint.get("/moderationsregeln")
@public
def rules() -> ResponseReturnValue:
    settings = city()
    return render_template(
        "moderation/rules.html", hours=settings.hours_for_reports, hours_illegal=settings.hours_for_illegal,
        appeal_days=APPEAL_DAYS, reasons=reason_names(),
    )  # fmt: skip


@blueprint.get("/moderation-in-zahlen")
@public
def figures() -> ResponseReturnValue:
    years = queries.years()
    asked = request.args.get("jahr", "")
    year = next((year for year in years if str(year) == asked), years[0])
    return render_template(
        "moderation/figures.html", years=years, figures=queries.figures_of(year), reasons=reason_names(),
        names=measure_names(), now=now(),
    )  # fmt: skip


@blueprint.get("/moderation-in-zahlen/<int:year>.csv")
@public
def figures_csv(year: int) -> ResponseReturnValue:
    if year not in queries.years():
        raise NotFound
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_("What"), _("Number")])
    writer.writerows(_rows(queries.figures_of(year)))
    headers = {"Content-Disposition": f'attachment; filename="moderation-{year}.csv"'}
    return Response("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


def _rows(figures: Figures) -> list[tuple[str, object]]:
    reasons, names = reason_names(), measure_names()
    return [
        *((_("Reports: %(what)s", what=reasons[name]), number) for name, number in figures.reports.items()),
        *((_("Measures: %(what)s", what=names[name]), number) for name, number in figures.measures.items()),
        (_("Cases from reports"), figures.cases),
        (_("of them decided"), figures.decided),
        (_("of them in time"), figures.in_time),
        (_("Median until the decision, in minutes"), "" if figures.minutes is None else figures.minutes),
        (_("Appeals"), figures.appeals),
        (_("of them: the measure was taken back"), figures.overturned),
        (_("of them: the measure stands"), figures.upheld),
        (_("of them: decided by one person"), figures.by_one_person),
        (_("Median of appeals, in minutes"), "" if figures.appeal_minutes is None else figures.appeal_minutes),
    ]
