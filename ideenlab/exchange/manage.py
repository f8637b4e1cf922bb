"""Administrators name other cities, pause and remove them, and see how the last reading went."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import administrator, me
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.outgoing import said
from ideenlab.exchange import actions
from ideenlab.exchange.forms import OnlyButton, SourceForm
from ideenlab.exchange.queries import get_source, sources_with_figures

blueprint = Blueprint("manage_exchange", __name__, url_prefix="/administration/austausch")


@blueprint.route("", methods=["GET", "POST"])
@administrator
def cities() -> ResponseReturnValue:
    form = SourceForm()
    if form.validate_on_submit():
        try:
            actions.add_source(me(), title=form.title.data or "", base_url=form.base_url.data or "")
            return _back(_("The city is in the list. Its ideas are read within a minute."))
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template("exchange/manage/cities.html", form=form, rows=sources_with_figures(), why=said)
    return page, 422 if form.errors else 200


@blueprint.post("/<int:source_id>/anhalten")
@administrator
def pause(source_id: int) -> ResponseReturnValue:
    actions.pause_source(me(), source=get_source(source_id))
    return _back(_("Nothing more is read, and the ideas are no longer listed."))


@blueprint.post("/<int:source_id>/fortsetzen")
@administrator
def resume(source_id: int) -> ResponseReturnValue:
    actions.resume_source(me(), source=get_source(source_id))
    return _back(_("The ideas are listed again, and read within a minute."))


@blueprint.post("/<int:source_id>/lesen")
@administrator
def read(source_id: int) -> ResponseReturnValue:
    actions.read_soon(me(), source=get_source(source_id))
    return _back(_("The ideas are read within a minute."))


@blueprint.route("/<int:source_id>/entfernen", methods=["GET", "POST"])
@administrator
def remove(source_id: int) -> ResponseReturnValue:
    source, form = get_source(source_id), OnlyButton()
    if form.validate_on_submit():
        if actions.remove_source(me(), source=source):
            return _back(_("The city and its ideas are removed."))
        return _back(_("Its ideas are removed. What was taken over keeps naming the city, so it stays here, paused."))
    return render_template("exchange/manage/remove.html", source=source, form=form)


def _back(text: str) -> ResponseReturnValue:
    flash(text, "success")
    return redirect(url_for("manage_exchange.cities"), 303)
