"""Organisers plan calls: words, and the dates of each phase in the city's time."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.phases import is_open
from ideenlab.core.text import render_markdown, safe_html
from ideenlab.ideas.actions import edit_call as change_call
from ideenlab.ideas.actions import make_call
from ideenlab.ideas.actions.calls import DATE_NAMES
from ideenlab.ideas.forms import CallForm
from ideenlab.ideas.models import PHASES
from ideenlab.ideas.queries import call_stage, get_call
from ideenlab.ideas.queries import calls as every_call
from ideenlab.programme.queries import editions

blueprint = Blueprint("manage_calls", __name__, url_prefix="/organisation/aufrufe")


@blueprint.get("")
@organiser
def calls() -> ResponseReturnValue:
    at = now()
    found = [
        (call, call_stage(call, at), [phase for phase in PHASES if is_open(call, phase, at)]) for call in every_call()
    ]
    return render_template("ideas/manage/calls.html", calls=found, has_edition=bool(editions()))


@blueprint.route("/neu", methods=["GET", "POST"])
@organiser
def new_call() -> ResponseReturnValue:
    known = editions()
    if not known:
        raise NotFound
    form = CallForm.of(known)
    if form.validate_on_submit() and not _only_preview():
        edition = next(edition for edition in known if str(edition.id) == form.edition.data)
        try:
            call = make_call(me(), edition=edition, **_values(form))
            flash(_("The call is saved."), "success")
            return redirect(url_for("ideas.ideas", slug=call.slug), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template("ideas/manage/new_call.html", form=form, phases=PHASES, preview=_preview(form))
    return page, 422 if form.errors else 200


@blueprint.route("/<slug>", methods=["GET", "POST"])
@organiser
def edit_call(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    form = CallForm.of([call.edition], call)
    if form.validate_on_submit() and not _only_preview():
        try:
            change_call(me(), call=call, revision=form.known_revision(), **_values(form))
            flash(_("The call is saved."), "success")
            return redirect(url_for("manage_calls.calls"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template("ideas/manage/edit_call.html", call=call, form=form, phases=PHASES, preview=_preview(form))
    return page, 422 if form.errors else 200


def _only_preview() -> bool:
    return request.form.get("do") == "preview"


def _preview(form: CallForm) -> object:
    return safe_html(render_markdown(form.description.data or "")) if _only_preview() else None


def _values(form: CallForm) -> dict[str, Any]:
    words = {name: form[name].data or "" for name in ("title", "summary", "description")}
    return {**words, "dates": {name: form[name].data for name in DATE_NAMES}, "settings": form.settings()}
