from dataclasses import dataclass
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.web import begin_reading
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import CHANGEABLE, ExtensionForm, HackathonForm
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import may_extend_deadline
from ideenlab.history.queries import entries_of
from ideenlab.programme.queries import editions


@dataclass(frozen=True)
class Moved:
    """A date that was changed, as the history knows it."""

    at: datetime
    name: str
    old: datetime | None
    new: datetime | None


@blueprint.get("/hackathons")
@organiser
def hackathons() -> ResponseReturnValue:
    time = now()
    staged = [(hackathon, queries.status_of(hackathon, time)) for hackathon in queries.all_hackathons()]
    return render_template("hackathons/manage/hackathons.html", hackathons=staged, has_edition=bool(editions()))


@blueprint.get("/hackathons/<slug>")
@organiser
def hackathon(slug: str) -> ResponseReturnValue:
    found, time = queries.get_any_hackathon(slug), now()
    return render_template(
        "hackathons/manage/hackathon.html", hackathon=found, deadline=queries.next_deadline(found, time), time=time,
        windows=queries.windows_of(found, time), without_team=queries.count_without_team(found),
        minutes=actions.MORE_MINUTES,
        may_extend=may_extend_deadline(me(), found, actions.MORE_MINUTES, time),
        moved=[_moved(entry.at, entry.note) for entry in entries_of(found, deed="hackathons.date_moved")],
    )  # fmt: skip


@blueprint.route("/hackathons/neu", methods=["GET", "POST"])
@organiser
def new_hackathon() -> ResponseReturnValue:
    form, offered = HackathonForm(), editions()
    if not offered:
        flash(_("A hackathon belongs to an edition. Please make one first."), "info")
        return redirect(url_for("manage_hackathons.hackathons"), 303)
    form.offer(offered)
    if form.validate_on_submit():
        try:
            made = actions.create_hackathon(me(), plan=form.plan(offered))
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The hackathon is planned."), "success")
            return redirect(url_for("manage_hackathons.hackathon", slug=made.slug), 303)
    page = render_template("hackathons/manage/new_hackathon.html", form=form)
    return page, 422 if form.errors else 200


@blueprint.route("/hackathons/<slug>/bearbeiten", methods=["GET", "POST"])
@organiser
def edit_hackathon(slug: str) -> ResponseReturnValue:
    found, offered = queries.get_any_hackathon(slug), editions()
    form = HackathonForm() if request.method == "POST" else HackathonForm(obj=found)
    form.offer(offered, found)
    ended: list[str] = []
    if form.validate_on_submit():
        plan = form.plan(offered)
        ended = actions.ended_by(plan, found)
        try:
            actions.edit_hackathon(
                me(), hackathon=found, plan=plan, revision=form.seen_revision(), confirmed=form.confirmed.data
            )
        except Invalid as error:
            refuse(form, error.field, str(error))
        except Conflict as error:
            raise _with_both(error, form, slug) from None
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for("manage_hackathons.hackathon", slug=found.slug), 303)
    page = render_template("hackathons/manage/edit_hackathon.html", hackathon=found, form=form, ended=ended)
    return page, 422 if form.errors else 200


@blueprint.route("/hackathons/<slug>/verlaengern", methods=["GET", "POST"])
@organiser
def extension(slug: str) -> ResponseReturnValue:
    """Second click of two: what it does is on the page before it is done."""
    found, form, minutes = queries.get_any_hackathon(slug), ExtensionForm(), actions.MORE_MINUTES
    if form.validate_on_submit():
        actions.extend_deadline(me(), hackathon=found, revision=form.seen_revision())
        flash(_("The deadline is %(minutes)s minutes later. The teams are told by mail.", minutes=minutes), "success")
        return redirect(url_for("manage_hackathons.hackathon", slug=slug), 303)
    if found.submission_until is None:
        raise NotFound
    form.revision.data = found.revision
    return render_template(
        "hackathons/manage/extension.html", hackathon=found, form=form, minutes=minutes,
        moved=actions.extended_moments(found, minutes), verdict=may_extend_deadline(me(), found, minutes, now()),
    )  # fmt: skip


def _with_both(error: Conflict, form: HackathonForm, slug: str) -> Conflict:
    """The refusal with what was typed and what is stored, as far as they differ."""
    begin_reading()
    stored: Hackathon = queries.get_any_hackathon(slug)
    mine, theirs = [], []
    for name in CHANGEABLE:
        typed, kept = _shown(form[name].data), _shown(getattr(stored, name))
        if typed != kept:
            mine.append((str(form[name].label.text), typed))
            theirs.append((str(form[name].label.text), kept))
    return Conflict(str(error), mine=mine, stored=theirs)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return "–" if value is None or value == "" else str(value)


def _moved(at: datetime, note: str) -> Moved:
    name, _sign, dates = note.partition(": ")
    old, _sign, new = dates.partition(" → ")
    return Moved(at, name, _read(old), _read(new))


def _read(text: str) -> datetime | None:
    return None if text in ("", "–") else datetime.fromisoformat(text)
