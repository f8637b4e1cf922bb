from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import day
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import begin_reading
from ideenlab.programme.actions import copy_edition as copy
from ideenlab.programme.actions import edit_edition as change_edition
from ideenlab.programme.actions import make_edition, set_topics
from ideenlab.programme.forms import CopyForm, EditionForm, TopicsForm
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import editions as every_edition
from ideenlab.programme.queries import get_edition, topics_of

FIELDS = ("title", "motto", "summary", "description", "starts_on", "ends_on")

blueprint = Blueprint("manage_programme", __name__, url_prefix="/organisation/ausgaben")


@blueprint.get("")
@organiser
def editions() -> ResponseReturnValue:
    return render_template("programme/manage/editions.html", editions=every_edition())


@blueprint.route("/neu", methods=["GET", "POST"])
@organiser
def new_edition() -> ResponseReturnValue:
    form = EditionForm()
    if form.validate_on_submit():
        try:
            edition = make_edition(me(), **_values(form))
            flash(_("The edition is saved. It begins with seven topics, which you can change."), "success")
            return redirect(url_for("manage_programme.topics", slug=edition.slug), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    return render_template("programme/manage/new_edition.html", form=form), 422 if form.errors else 200


@blueprint.route("/<slug>", methods=["GET", "POST"])
@organiser
def edit_edition(slug: str) -> ResponseReturnValue:
    edition = get_edition(slug)
    form = EditionForm(obj=edition)
    if form.validate_on_submit():
        try:
            change_edition(me(), edition=edition, revision=form.seen_revision(), **_values(form))
            flash(_("The edition is saved."), "success")
            return redirect(url_for("manage_programme.editions"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        except Conflict as conflict:
            raise _with_both(conflict, form, slug) from None
    page = render_template("programme/manage/edit_edition.html", edition=edition, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/<slug>/kopieren", methods=["GET", "POST"])
@organiser
def copy_edition(slug: str) -> ResponseReturnValue:
    """Next year's week begins with this one, as a rule 52 weeks later."""
    edition = get_edition(slug)
    form = CopyForm(title=edition.title, starts_on=edition.starts_on + timedelta(weeks=52))
    if form.validate_on_submit():
        values = {name: form[name].data for name in ("title", "motto", "starts_on")}
        try:
            made = copy(me(), edition=edition, along=form.along(), **values)
            flash(_("The copy is made. Please look through its texts and dates."), "success")
            return redirect(url_for("manage_programme.edit_edition", slug=made.slug), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template("programme/manage/copy_edition.html", edition=edition, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/<slug>/themenfelder", methods=["GET", "POST"])
@organiser
def topics(slug: str) -> ResponseReturnValue:
    edition = get_edition(slug)
    form = TopicsForm(topics=_lines(edition), revision=edition.revision)
    if form.validate_on_submit():
        try:
            set_topics(
                me(), edition=edition, titles=form.topics.data.splitlines(), revision=form.seen_revision()
            )  # fmt: skip
            flash(_("The topics are saved."), "success")
            return redirect(url_for("manage_programme.editions"), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        except Conflict as conflict:
            begin_reading()
            label, stored = str(form.topics.label.text), _lines(get_edition(slug))
            raise Conflict(str(conflict), mine=[(label, form.topics.data)], stored=[(label, stored)]) from None
    page = render_template("programme/manage/topics.html", edition=edition, form=form)
    return page, 422 if form.errors else 200


def _values(form: EditionForm) -> dict[str, Any]:
    return {name: form[name].data for name in FIELDS}


def _lines(edition: Edition) -> str:
    return "\n".join(topic.title for topic in topics_of(edition))


def _with_both(conflict: Conflict, form: EditionForm, slug: str) -> Conflict:
    """The refusal with what was typed and what is stored, as far as they differ."""
    begin_reading()
    edition = get_edition(slug)
    pairs = [(str(form[name].label.text), form[name].data, getattr(edition, name)) for name in FIELDS]
    differing = [(label, _shown(typed), _shown(kept)) for label, typed, kept in pairs if (typed or "") != kept]
    return Conflict(
        str(conflict), mine=[(label, typed) for label, typed, _kept in differing],
        stored=[(label, kept) for label, _typed, kept in differing],
    )  # fmt: skip


def _shown(value: date | str | None) -> str:
    return day(value) if isinstance(value, date) else value or "–"
