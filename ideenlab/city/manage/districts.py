"""Organisers keep the list of districts, and draw their outlines."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ideenlab.accounts.access import me, organiser
from ideenlab.city.actions import (
    LONGEST_OUTLINE,
    add_district,
    move_district,
)
from ideenlab.city.actions import edit_district as change_district
from ideenlab.city.actions import remove_district as take_away
from ideenlab.city.forms import DistrictForm, OnlyButton
from ideenlab.city.manage.door import blueprint
from ideenlab.city.queries import city_map, get_district
from ideenlab.city.queries import districts as every_district
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _


@blueprint.get("/stadtteile")
@organiser
def districts() -> ResponseReturnValue:
    known = every_district()
    return render_template("city/manage/districts.html", districts=known, map=city_map(known))


@blueprint.route("/stadtteile/neu", methods=["GET", "POST"])
@organiser
def new_district() -> ResponseReturnValue:
    form = DistrictForm()
    if form.validate_on_submit():
        try:
            district = add_district(me(), title=form.title.data, outline=_outline(form))
            flash(_("“%(title)s” is added.", title=district.title), "success")
            return redirect(url_for("manage_city.districts"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    return render_template("city/manage/new_district.html", form=form), 422 if form.errors else 200


@blueprint.route("/stadtteile/<int:district_id>", methods=["GET", "POST"])
@organiser
def edit_district(district_id: int) -> ResponseReturnValue:
    district = get_district(district_id)
    form = DistrictForm(title=district.title, outline=district.outline)
    if form.validate_on_submit():
        try:
            change_district(me(), district=district, title=form.title.data, outline=_outline(form))
            flash(_("“%(title)s” is saved.", title=district.title), "success")
            return redirect(url_for("manage_city.districts"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template("city/manage/edit_district.html", district=district, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/stadtteile/<int:district_id>/verschieben")
@organiser
def move(district_id: int) -> ResponseReturnValue:
    district = get_district(district_id)
    move_district(me(), district=district, up=request.form.get("richtung") == "vor")
    return redirect(url_for("manage_city.districts"), 303)


@blueprint.route("/stadtteile/<int:district_id>/entfernen", methods=["GET", "POST"])
@organiser
def remove_district(district_id: int) -> ResponseReturnValue:
    district = get_district(district_id)
    form = OnlyButton()
    if form.validate_on_submit():
        try:
            title = district.title
            take_away(me(), district=district)
            flash(_("“%(title)s” is removed.", title=title), "success")
            return redirect(url_for("manage_city.districts"), 303)
        except Invalid as problem:
            form.form_errors.append(str(problem))
    page = render_template("city/manage/remove_district.html", district=district, form=form)
    return page, 422 if form.form_errors else 200


def _outline(form: DistrictForm) -> str:
    """What the file says, else what was typed."""
    file = form.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        return form.outline.data or ""
    content = file.stream.read(LONGEST_OUTLINE + 1)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(_("This is not GeoJSON: the text cannot be read."), field="file") from None
    if not text.strip():
        raise Invalid(_("This file is empty."), field="file")
    return text
