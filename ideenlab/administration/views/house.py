"""The house at a glance: worker, storage, check list, who is in and who is kept out."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import administrator, me, my_sign_in
from ideenlab.administration import actions
from ideenlab.administration.queries import (
    files_missing,
    get_sign_in,
    job_states,
    last_beat,
    mail_counts,
    oldest_waiting,
    staff_sign_ins,
    suspended_people,
    waiting_work,
)
from ideenlab.administration.rules import job_names
from ideenlab.administration.views.door import blueprint
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city
from ideenlab.operating.queries import database_bytes, free_bytes, rows_per_table, stored_bytes
from ideenlab.operating.rules import findings


@blueprint.get("/administration")
@administrator
def administration() -> ResponseReturnValue:
    states = job_states()
    return render_template(
        "administration/administration.html", mails=mail_counts(), beat=last_beat(),
        failing=[state for state in states if state.is_late or (state.run and state.run.failures)],
        suspended=len(suspended_people()),
    )  # fmt: skip


@blueprint.get("/administration/hintergrund")
@administrator
def work() -> ResponseReturnValue:
    """What the worker does, and what waits for it."""
    return render_template(
        "administration/work.html", states=job_states(), beat=last_beat(), waiting=waiting_work(), mails=mail_counts(),
        oldest=oldest_waiting(), names=job_names(),
    )  # fmt: skip


@blueprint.get("/administration/speicher")
@administrator
def storage() -> ResponseReturnValue:
    number, size = stored_bytes()
    return render_template(
        "administration/storage.html", tables=rows_per_table(), database=database_bytes(), files=number, size=size,
        free=min(free_bytes(folder) for folder in (city().instance, city().upload_folder)), missing=files_missing(),
    )  # fmt: skip


@blueprint.get("/administration/pruefliste")
@administrator
def check_list() -> ResponseReturnValue:
    """What `flask doctor` says, with where to do something about it."""
    return render_template("administration/check_list.html", findings=list(findings(city())))


@blueprint.get("/administration/gesperrt")
@administrator
def suspended() -> ResponseReturnValue:
    return render_template("administration/suspended.html", people=suspended_people())


@blueprint.get("/administration/anmeldungen")
@administrator
def sign_ins() -> ResponseReturnValue:
    rows, whole = staff_sign_ins()
    return render_template("administration/sign_ins.html", rows=rows, whole=whole, here=my_sign_in().id)


@blueprint.post("/administration/anmeldungen/<int:number>/beenden")
@administrator
def end_sign_in(number: int) -> ResponseReturnValue:
    actions.end_one_sign_in(me(), sign_in=get_sign_in(number))
    return _signed_out(_("The browser is signed out."))


@blueprint.post("/administration/anmeldungen/alle-beenden")
@administrator
def end_sign_ins() -> ResponseReturnValue:
    actions.end_every_sign_in(me(), but=my_sign_in())
    return _signed_out(_("Everybody but you is signed out."))


def _signed_out(text: str) -> ResponseReturnValue:
    flash(text, "success")
    return redirect(url_for("administration.sign_ins"), 303)
