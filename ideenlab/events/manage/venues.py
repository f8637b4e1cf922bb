from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import accepted
from ideenlab.events import actions, queries
from ideenlab.events.forms import SameVenueForm, VenueForm
from ideenlab.events.manage.door import blueprint

FIELDS = ("title", "address", "access_notes", "is_accessible")


@blueprint.get("/orte")
@organiser
def venues() -> ResponseReturnValue:
    return render_template("events/manage/venues.html", venues=queries.venues())


@blueprint.route("/orte/neu", methods=["GET", "POST"])
@organiser
def new_venue() -> ResponseReturnValue:
    form = VenueForm()
    values = {name: form[name].data for name in FIELDS}
    if accepted(form, lambda: actions.create_venue(me(), pin=form.pin(), **values)):
        flash(_("The place is saved."), "success")
        return redirect(url_for("manage_events.venues"), 303)
    page = render_template("events/manage/new_venue.html", form=form)
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.route("/orte/<int:number>", methods=["GET", "POST"])
@organiser
def edit_venue(number: int) -> ResponseReturnValue:
    venue = queries.get_venue(number)
    form = VenueForm(obj=venue)
    values = {name: form[name].data for name in FIELDS}
    changing: dict[str, Any] = {"venue": venue, "revision": form.seen_revision(), "pin": form.pin()}
    if accepted(form, lambda: actions.edit_venue(me(), **changing, **values)):
        flash(_("The place is saved."), "success")
        return redirect(url_for("manage_events.venues"), 303)
    page = render_template("events/manage/edit_venue.html", form=form, venue=venue)
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.route("/orte/<int:number>/zusammenlegen", methods=["GET", "POST"])
@organiser
def merge_venue(number: int) -> ResponseReturnValue:
    """A place that somebody typed in a second time."""
    venue, form = queries.get_venue(number), SameVenueForm()
    others = [each for each in queries.venues() if each is not venue]
    form.offer(others)
    chosen = next((each for each in others if str(each.id) == form.into.data), venue)
    if accepted(form, lambda: actions.merge_venue(me(), venue=venue, into=chosen)):
        flash(_("It is one place now: %(title)s", title=chosen.title), "success")
        return redirect(url_for("manage_events.edit_venue", number=chosen.id), 303)
    page = render_template(
        "events/manage/merge_venue.html", form=form, venue=venue, others=others, events=queries.events_at(venue)
    )
    return page, 422 if form.errors or form.form_errors else 200
