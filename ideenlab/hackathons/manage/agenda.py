from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.web import begin_reading
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import AgendaItemForm, AnnouncementForm
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.rules import may_announce, may_change_agenda

FIELDS = ("title", "starts_at", "ends_at", "place", "text")


@blueprint.get("/hackathons/<slug>/ablauf")
@organiser
def agenda(slug: str) -> ResponseReturnValue:
    found = queries.get_any_hackathon(slug)
    return render_template(
        "hackathons/manage/agenda.html", hackathon=found, days=queries.agenda_by_day(found),
        verdict=may_change_agenda(me(), found),
    )  # fmt: skip


@blueprint.route("/hackathons/<slug>/ablauf/neu", methods=["GET", "POST"])
@organiser
def new_agenda_item(slug: str) -> ResponseReturnValue:
    found, form = queries.get_any_hackathon(slug), AgendaItemForm()
    if form.validate_on_submit():
        actions.add_agenda_item(me(), hackathon=found, item=form.item())
        flash(_("It stands in the programme."), "success")
        return redirect(url_for("manage_hackathons.agenda", slug=slug), 303)
    page = render_template("hackathons/manage/new_agenda_item.html", hackathon=found, form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/hackathons/<slug>/ablauf/<int:item_id>", methods=["GET", "POST"])
@organiser
def agenda_item(slug: str, item_id: int) -> ResponseReturnValue:
    found = queries.get_any_hackathon(slug)
    line = queries.get_agenda_item(found, item_id)
    form = AgendaItemForm(obj=line)
    if form.validate_on_submit():
        try:
            actions.edit_agenda_item(me(), line=line, item=form.item(), revision=form.seen_revision())
        except Conflict as error:
            raise _with_both(error, form, slug, item_id) from None
        flash(_("The changes are saved."), "success")
        return redirect(url_for("manage_hackathons.agenda", slug=slug), 303)
    page = render_template("hackathons/manage/agenda_item.html", hackathon=found, line=line, form=form)
    return page, 422 if form.errors else 200


@blueprint.post("/hackathons/<slug>/ablauf/<int:item_id>/entfernen")
@organiser
def remove_agenda_item(slug: str, item_id: int) -> ResponseReturnValue:
    line = queries.get_agenda_item(queries.get_any_hackathon(slug), item_id)
    title = line.title
    actions.remove_agenda_item(me(), line=line)
    flash(_("“%(title)s” is removed from the programme.", title=title), "success")
    return redirect(url_for("manage_hackathons.agenda", slug=slug), 303)


@blueprint.route("/hackathons/<slug>/ansagen", methods=["GET", "POST"])
@organiser
def announcements(slug: str) -> ResponseReturnValue:
    found, form = queries.get_any_hackathon(slug), AnnouncementForm()
    if form.validate_on_submit():
        try:
            actions.announce(
                me(), hackathon=found, title=form.title.data, text=form.text.data,
                banner_until=form.banner_until.data, by_mail=form.by_mail.data,
            )  # fmt: skip
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("It is announced."), "success")
            return redirect(url_for("manage_hackathons.announcements", slug=slug), 303)
    page = render_template(
        "hackathons/manage/announcements.html", hackathon=found, form=form, time=now(),
        announcements=queries.announcements_of(found), verdict=may_announce(me(), found),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/hackathons/<slug>/ansagen/<int:announcement_id>/zuruecknehmen")
@organiser
def withdraw_announcement(slug: str, announcement_id: int) -> ResponseReturnValue:
    found = queries.get_announcement(queries.get_any_hackathon(slug), announcement_id)
    actions.withdraw_announcement(me(), announcement=found)
    flash(_("The announcement is taken back. Mails that have left cannot be called back."), "success")
    return redirect(url_for("manage_hackathons.announcements", slug=slug), 303)


def _with_both(error: Conflict, form: AgendaItemForm, slug: str, item_id: int) -> Conflict:
    """The refusal with what was typed and what is stored, as far as they differ."""
    begin_reading()
    stored = queries.get_agenda_item(queries.get_any_hackathon(slug), item_id)
    pairs = [(str(form[name].label.text), form[name].data, getattr(stored, name)) for name in FIELDS]
    differing = [(label, _shown(mine), _shown(theirs)) for label, mine, theirs in pairs if mine != theirs]
    return Conflict(
        str(error), mine=[(label, mine) for label, mine, _theirs in differing],
        stored=[(label, theirs) for label, _mine, theirs in differing],
    )  # fmt: skip


def _shown(value: object) -> str:
    return moment(value) if isinstance(value, datetime) else str(value or "–")
