"""What administrators see: objections with their due dates, and the record of processing (Art. 30 GDPR)."""

import csv
import io
import json

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import administrator, me
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city
from ideenlab.privacy.actions import answer_objection
from ideenlab.privacy.forms import AnswerForm
from ideenlab.privacy.queries import get_objection, objections
from ideenlab.privacy.rules import PURPOSES

blueprint = Blueprint("manage_privacy", __name__, url_prefix="/organisation")


@blueprint.get("/datenschutz")
@administrator
def privacy() -> ResponseReturnValue:
    return render_template("privacy/manage/privacy.html", objections=objections(), at=now())


@blueprint.route("/datenschutz/widerspruch/<int:number>", methods=["GET", "POST"])
@administrator
def objection(number: int) -> ResponseReturnValue:
    found, form = get_objection(number), AnswerForm()
    if form.validate_on_submit():
        try:
            answer_objection(me(), objection=found, state=form.state.data, answer=form.answer.data or "")
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        except Conflict as problem:
            refuse(form, "", str(problem))
        else:
            flash(_("Your answer is on its way."), "success")
            return redirect(url_for("manage_privacy.privacy"), 303)
    page = render_template("privacy/manage/objection.html", objection=found, form=form)
    return page, 422 if form.is_submitted() else 200


def _record() -> list[dict[str, str]]:
    """One row for each purpose; who is responsible, and what protects all of it, is the same everywhere."""
    return [
        {
            _("Who is responsible"): city().city_name, _("Area"): str(section), _("What"): str(each.what),
            _("For what"): str(each.why), _("Legal basis"): str(each.basis), _("Who sees it"): str(each.seen_by),
            _("How long"): str(each.kept), _("Where it is stored"): " ".join(each.columns),
        }
        for section, purposes in PURPOSES
        for each in purposes
    ]  # fmt: skip


@blueprint.get("/datenschutz/verzeichnis.csv")
@administrator
def record_csv() -> ResponseReturnValue:
    rows, file = _record(), io.StringIO()
    table = csv.DictWriter(file, list(rows[0]), delimiter=";")
    table.writeheader()
    table.writerows(rows)
    return _download("\ufeff" + file.getvalue(), "text/csv; charset=utf-8", "verzeichnis-art-30.csv")


@blueprint.get("/datenschutz/verzeichnis.json")
@administrator
def record_json() -> ResponseReturnValue:
    return _download(json.dumps(_record(), ensure_ascii=False, indent=1), "application/json", "verzeichnis-art-30.json")


def _download(content: str, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
