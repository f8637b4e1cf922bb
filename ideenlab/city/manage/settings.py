"""Administrators change what the city is called, how it looks, how one reaches it, and how long things take."""

from datetime import date
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ideenlab.accounts.access import administrator, me
from ideenlab.city.actions import change_settings, keep_logo
from ideenlab.city.actions import remove_logo as take_logo_away
from ideenlab.city.forms import SETTINGS_FORMS, LogoForm, OnlyButton, SettingsForm
from ideenlab.city.manage.door import blueprint
from ideenlab.city.maths import OURS, read_colour, sample_css, shades_of
from ideenlab.city.queries import stored_settings
from ideenlab.city.rules import (
    GROUPS,
    Land,
    answer_days,
    checked,
    corrected,
    group_names,
    land_of,
    may_change_settings,
)
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound, error_page
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import city_zone, moment_in
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city
from ideenlab.core.storage import NoRoom
from ideenlab.core.verdict import Verdict
from ideenlab.core.web import accepts_body, begin_reading, begin_writing, slow_first
from ideenlab.files.actions import draw_picture

DAYS = ("statement_made_on", "statement_checked_on", "land_checked_on")
NUMBERS = GROUPS["fristen"]


@blueprint.get("/stadt")
@administrator
def city_settings() -> ResponseReturnValue:
    return render_template(
        "city/manage/city_settings.html", names=group_names(), time=now(), answer_days=answer_days()
    )  # fmt: skip


@blueprint.route("/stadt/<group>", methods=["GET", "POST"])
@administrator
def settings_group(group: str) -> ResponseReturnValue:
    """One page of settings. “Preview” shows what would come of it and keeps nothing."""
    if group not in GROUPS:
        raise NotFound
    stored, preview = stored_settings(GROUPS[group]), None
    form = SETTINGS_FORMS[group](data={**_typed(stored.values), "seen": stored.mark})
    if form.validate_on_submit():
        try:
            if request.form.get("do") != "preview":
                return _kept(group, form)
            preview = {name: checked(name, value) for name, value in form.given.items()}
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    values = preview or stored.values
    page = render_template(
        "city/manage/settings_group.html", form=form, group=group, names=group_names(), preview=preview,
        values=values, land=_land(values),
        time=moment_in(values.get("city_zone") or city_zone(), now()),
        shades=shades_of(values["city_accent"] or OURS) if group == "aussehen" else None,
    )  # fmt: skip
    return page, 422 if form.is_submitted() else 200


def _land(values: dict[str, str]) -> Land | None:
    """As the statement would name it with these values."""
    land = land_of(values.get("bundesland", city().bundesland))
    return corrected(land, values.get("land_statute", ""), values.get("land_enforcement", "")) if land else None


def _kept(group: str, form: SettingsForm) -> ResponseReturnValue:
    changed = change_settings(me(), group=group, given=form.given, seen=form.seen.data or "")
    flash(_("Saved. All pages show it within seconds.") if changed else _("Nothing was changed."), "success")
    return redirect(url_for("manage_city.city_settings"), 303)


def _typed(values: dict[str, str]) -> dict[str, Any]:
    """As the fields of the form want them."""
    typed: dict[str, Any] = dict(values)
    for name in set(DAYS) & set(values):
        typed[name] = date.fromisoformat(values[name]) if values[name] else None
    for name in set(NUMBERS) & set(values):
        typed[name] = int(values[name])
    return typed


@blueprint.get("/stadt/farbprobe.css")
@administrator
def colour_sample() -> ResponseReturnValue:
    """The stylesheet of a preview."""
    colour = read_colour(request.args.get("farbe", ""))
    if colour is None:
        raise NotFound
    return Response(sample_css(colour), mimetype="text/css")


def _may_send() -> Verdict:
    return may_change_settings(me())


@blueprint.route("/stadt/logo", methods=["GET", "POST"])
@administrator
@slow_first
@accepts_body(13, ask_first=_may_send)
def logo() -> ResponseReturnValue:
    form = LogoForm()
    if form.validate_on_submit():
        try:
            _keep_picture(form.file.data)
            flash(_("The logo is saved. All pages show it within seconds."), "success")
            return redirect(url_for("manage_city.city_settings"), 303)
        except Invalid as problem:
            refuse(form, "file", str(problem))
        except NoRoom:
            return error_page(503)
        begin_reading()
    return render_template("city/manage/logo.html", form=form), 422 if form.errors else 200


def _keep_picture(file: object) -> None:
    if not isinstance(file, FileStorage) or not file.filename:
        raise Invalid(_("Please choose a picture."), field="file")
    drawn = draw_picture(file.stream, name=file.filename)  # type: ignore[arg-type]
    begin_writing()
    keep_logo(me(), drawn=drawn)


@blueprint.post("/stadt/logo/entfernen")
@administrator
def remove_logo() -> ResponseReturnValue:
    if OnlyButton().validate_on_submit():
        take_logo_away(me())
        flash(_("The logo is removed."), "success")
    return redirect(url_for("manage_city.logo"), 303)
