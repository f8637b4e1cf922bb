"""The lists of statuses and of offices."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.answers.actions import add_default_statuses, make_office, make_status, move_status, remove_office
from ideenlab.answers.actions import edit_office as change_office
from ideenlab.answers.actions import edit_status as change_status
from ideenlab.answers.actions import remove_status as drop_status
from ideenlab.answers.forms import OfficeForm, StatusForm
from ideenlab.answers.manage.door import blueprint
from ideenlab.answers.queries import get_office, get_status
from ideenlab.answers.queries import offices as every_office
from ideenlab.answers.queries import statuses as every_status
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import accepted


def _back(endpoint: str, said: str, kind: str = "success") -> ResponseReturnValue:
    flash(said, kind)
    return redirect(url_for(endpoint), 303)


@blueprint.route("/statusliste", methods=["GET", "POST"])
@organiser
def statuses() -> ResponseReturnValue:
    form = StatusForm()
    if accepted(form, lambda: make_status(me(), **form.wording())):
        return _back("manage_answers.statuses", _("The status is added at the end of the list."))
    page = render_template("answers/manage/statuses.html", form=form, statuses=every_status())
    return page, 422 if form.errors else 200


@blueprint.post("/statusliste/beginnen")
@organiser
def start_statuses() -> ResponseReturnValue:
    add_default_statuses(me())
    return _back("manage_answers.statuses", _("The list begins with seven usual statuses."))


@blueprint.route("/statusliste/<int:status_id>", methods=["GET", "POST"])
@organiser
def edit_status(status_id: int) -> ResponseReturnValue:
    status = get_status(status_id)
    form = StatusForm(obj=status)
    if accepted(form, lambda: change_status(me(), status=status, **form.wording())):
        return _back("manage_answers.statuses", _("The status is saved."))
    page = render_template("answers/manage/edit_status.html", form=form, status=status)
    return page, 422 if form.errors else 200


@blueprint.post("/statusliste/<int:status_id>/verschieben")
@organiser
def place_status(status_id: int) -> ResponseReturnValue:
    move_status(me(), status=get_status(status_id), up=request.form.get("where") == "up")
    return _back("manage_answers.statuses", _("The order is saved."))


@blueprint.post("/statusliste/<int:status_id>/entfernen")
@organiser
def remove_status(status_id: int) -> ResponseReturnValue:
    drop_status(me(), status=get_status(status_id))
    return _back("manage_answers.statuses", _("The status is removed."))


@blueprint.route("/aemter", methods=["GET", "POST"])
@organiser
def offices() -> ResponseReturnValue:
    form = OfficeForm()
    if accepted(form, lambda: make_office(me(), name=form.name.data, email=form.email.data)):
        return _back("manage_answers.offices", _("The office is saved."))
    page = render_template("answers/manage/offices.html", form=form, offices=every_office())
    return page, 422 if form.errors else 200


@blueprint.route("/aemter/<int:office_id>", methods=["GET", "POST"])
@organiser
def edit_office(office_id: int) -> ResponseReturnValue:
    office = get_office(office_id)
    form = OfficeForm(obj=office)
    if accepted(form, lambda: change_office(me(), office=office, name=form.name.data, email=form.email.data)):
        return _back("manage_answers.offices", _("The office is saved."))
    page = render_template("answers/manage/edit_office.html", form=form, office=office)
    return page, 422 if form.errors else 200


@blueprint.post("/aemter/<int:office_id>/entfernen")
@organiser
def drop_office(office_id: int) -> ResponseReturnValue:
    remove_office(me(), office=get_office(office_id))
    return _back("manage_answers.offices", _("The office is removed."))
