from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import accepted
from ideenlab.events import actions, queries
from ideenlab.events.forms import VenueForm
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
    if accepted(form, lambda: actions.create_venue(me(), **{name: form[name].data for name in FIELDS})):
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
    if accepted(form, lambda: actions.edit_venue(me(), venue=venue, revision=form.seen_revision(), **values)):
        flash(_("The place is saved."), "success")
        return redirect(url_for("manage_events.venues"), 303)
    page = render_template("events/manage/edit_venue.html", form=form, venue=venue)
    return page, 422 if form.errors or form.form_errors else 200
