"""“Barriere melden”: from every page, without an account, with a ticket that finds the answer again."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ideenlab.accounts.access import may_send_mail, public, slowed, try_once
from ideenlab.barriers.actions import LONGEST_PAGE, report_barrier, shown_code, typed_code
from ideenlab.barriers.forms import BarrierForm, TicketForm
from ideenlab.barriers.queries import find_by_code
from ideenlab.city.rules import answer_days
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city, safe_path
from ideenlab.core.verdict import Verdict
from ideenlab.core.web import begin_reading, begin_writing, slow_first

blueprint = Blueprint("barriers", __name__)
REPORTS = {"limit": 20, "wider_limit": 100}  # from one network in a quarter of an hour
GUESSES = {"limit": 30, "wider_limit": 200}


@blueprint.route("/barriere-melden", methods=["GET", "POST"])
@public
@slow_first
def report() -> ResponseReturnValue:
    form = BarrierForm(page=_page_before())
    if form.validate_on_submit():
        code = _reported(form)
        if code:
            session["barrier"] = code
            return redirect(url_for("barriers.reported"), 303)
        begin_reading()
    page = render_template("barriers/report.html", form=form, days=answer_days())
    return page, 422 if form.is_submitted() else 200


def _reported(form: BarrierForm) -> str:
    """The ticket, or nothing where it was refused."""
    allowed: Verdict = try_once(slowed("barrier", "", **REPORTS))
    if not allowed:
        refuse(form, "", allowed.reason)
        return ""
    email = form.email.data or None
    quietly = email is not None and not may_send_mail(email)
    begin_writing()
    try:
        _barrier, code = report_barrier(
            text=form.text.data or "", page=form.page.data or "", tools=form.tools.data or "", email=email,
            quietly=quietly,
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return ""
    return code


def _page_before() -> str:
    """Where somebody comes from: said in the address, else the page of ours that the browser names."""
    before = urlsplit(request.headers.get("Referer", ""))
    ours = (request.host, urlsplit(city().base_url).netloc)
    path = safe_path(
        request.args.get("seite") or (before.path if before.netloc in ours else ""), default=""
    )  # fmt: skip
    return "" if _holds_secret(path) else path[:LONGEST_PAGE]


def _holds_secret(path: str) -> bool:
    """A link that signs in or agrees in somebody's name stays with them: organisers read the reports."""
    try:
        _endpoint, values = current_app.url_map.bind("localhost").match(path.removeprefix("/en"))
    except HTTPException:  # no page of ours, or none that is opened
        return False
    return not values.keys().isdisjoint(("secret", "token"))


@blueprint.get("/barriere-melden/ticket")
@public
def reported() -> ResponseReturnValue:
    """What became of a report: for who has just made it or typed its ticket in this browser, and nobody else."""
    code = session.get("barrier", "")
    barrier = find_by_code(code) if isinstance(code, str) and code else None
    if barrier is None:
        return redirect(url_for("barriers.ticket"))
    return render_template("barriers/reported.html", barrier=barrier, code=shown_code(code), time=now())


@blueprint.route("/barriere-melden/stand", methods=["GET", "POST"])
@public
@slow_first
def ticket() -> ResponseReturnValue:
    """The ticket is typed, so that it stands in no address and no log."""
    form = TicketForm()
    if form.validate_on_submit():
        allowed: Verdict = try_once(slowed("barrier_ticket", "", **GUESSES))
        begin_reading()
        code = typed_code(form.code.data or "")
        if allowed and find_by_code(code) is not None:
            session["barrier"] = code
            return redirect(url_for("barriers.reported"), 303)
        said = _("We know no such ticket. Please look at it once more.") if allowed else allowed.reason
        refuse(form, "code" if allowed else "", said)
    return render_template("barriers/ticket.html", form=form), 422 if form.is_submitted() else 200
