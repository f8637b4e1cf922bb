from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import administrator, me, organiser
from ideenlab.archives import actions, queries
from ideenlab.archives.forms import OnlyButton, ThanksForm
from ideenlab.archives.rules import has_ended, may_archive, may_reopen, may_thank
from ideenlab.core.attachment import made_just_now
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import public_url
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_any_hackathon, registrations_of

blueprint = Blueprint("manage_archives", __name__, url_prefix="/organisation/hackathons/<slug>/danach")


@blueprint.get("")
@organiser
def afterwards(slug: str) -> ResponseReturnValue:
    """Thanks, certificates, export and archive on one page."""
    found, time = get_any_hackathon(slug), now()
    return render_template(
        "archives/manage/afterwards.html", hackathon=found, prizes=queries.prizes_of(found),
        ended=has_ended(found, time), may_thank=may_thank(me(), found, time),
        may_archive=may_archive(me(), found, time), may_reopen=may_reopen(me(), found),
    )  # fmt: skip


@blueprint.route("/danken", methods=["GET", "POST"])
@organiser
def thanks(slug: str) -> ResponseReturnValue:
    """Written, looked at, sent."""
    found, form = get_any_hackathon(slug), ThanksForm()
    verdict, preview = may_thank(me(), found, now()), ""
    if form.validate_on_submit():
        require(verdict)
        if request.form.get("deed") == "send":
            number = actions.thank_everybody(me(), hackathon=found, text=form.text.data or "")
            flash(_("The mail goes to %(count)s people.", count=number), "success")
            return redirect(url_for("manage_archives.afterwards", slug=slug), 303)
        preview = form.text.data or ""
    page = render_template(
        "archives/manage/thanks.html", hackathon=found, form=form, verdict=verdict, preview=preview,
        people=len(registrations_of(found)), public_url=public_url,
    )  # fmt: skip
    return page, 422 if form.errors or preview else 200


@blueprint.get("/urkunden.pdf")
@organiser
def prize_certificates(slug: str) -> ResponseReturnValue:
    """One page for each prize, with a line for the names."""
    found = get_any_hackathon(slug)
    prizes = queries.prizes_of(found)
    if not prizes:
        flash(_("There is no published result yet."), "info")
        return redirect(url_for("manage_archives.afterwards", slug=slug), 303)
    content = queries.certificate_sheet(found, [("", prize) for prize in prizes])
    return made_just_now(content, name=f"urkunden-{found.slug}.pdf", media_type="application/pdf")


@blueprint.get("/daten.zip")
@organiser
def export(slug: str) -> ResponseReturnValue:
    found = get_any_hackathon(slug)
    return made_just_now(queries.export_of(found), name=f"{found.slug}.zip", media_type="application/zip")


@blueprint.route("/archivieren", methods=["GET", "POST"])
@organiser
def archive(slug: str) -> ResponseReturnValue:
    found, form = get_any_hackathon(slug), OnlyButton()
    if form.validate_on_submit():
        actions.archive_hackathon(me(), hackathon=found)
        flash(_("The hackathon is archived."), "success")
        return redirect(url_for("manage_archives.afterwards", slug=slug), 303)
    verdict = may_archive(me(), found, now())
    return render_template("archives/manage/archive.html", hackathon=found, form=form, verdict=verdict)


@blueprint.post("/oeffnen")
@administrator
def reopen(slug: str) -> ResponseReturnValue:
    actions.reopen_hackathon(me(), hackathon=get_any_hackathon(slug))
    flash(_("The hackathon is open again. Its dates decide what is possible."), "success")
    return redirect(url_for("manage_archives.afterwards", slug=slug), 303)
