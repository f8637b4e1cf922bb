from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import (
    invite_juror,
    remove_juror,
    renew_access,
    replace_juror,
)  # fmt: skip
from ideenlab.jury.forms import ConfirmForm, JurorForm
from ideenlab.jury.manage.door import blueprint, status
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import (
    get_juror,
    jurors_of,
    rules_of,
)  # fmt: skip
from ideenlab.jury.rules import may_invite_juror, may_print_card


@blueprint.route("/hackathons/<slug>/jury/mitglieder", methods=["GET", "POST"])
@organiser
def jurors(slug: str) -> ResponseReturnValue:
    """Who is on the jury, and a form for the next one."""
    hackathon = get_any_hackathon(slug)
    form = JurorForm()
    if form.validate_on_submit():
        try:
            invited, code = invite_juror(
                me(), hackathon=hackathon, name=form.name.data, email=form.email.data or "",
                organisation=form.organisation.data,
            )  # fmt: skip
            return _show_code(hackathon, invited, code)
        except Invalid as error:
            refuse(form, error.field, str(error))
    return render_template(
        "jury/manage/jurors.html", hackathon=hackathon, jurors=jurors_of(hackathon), form=form,
        fresh=session.pop("jury_code", None) if request.method == "GET" else None,
        may_invite=may_invite_juror(me(), hackathon, now()), may_print=may_print_card,
    ), status()  # fmt: skip


@blueprint.route("/hackathons/<slug>/jury/mitglieder/<int:juror_id>/zugang", methods=["GET", "POST"])
@organiser
def access(slug: str, juror_id: int) -> ResponseReturnValue:
    """A new link and code."""
    hackathon, found = _juror(slug, juror_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        return _show_code(hackathon, found, renew_access(me(), juror=found))
    require(may_invite_juror(me(), hackathon, now()))
    may_print = may_print_card(found)
    return render_template("jury/manage/access.html", hackathon=hackathon, juror=found, form=form, may_print=may_print)


@blueprint.route("/hackathons/<slug>/jury/mitglieder/<int:juror_id>/entfernen", methods=["GET", "POST"])
@organiser
def removal(slug: str, juror_id: int) -> ResponseReturnValue:
    hackathon, found = _juror(slug, juror_id)
    form = ConfirmForm()
    if form.validate_on_submit():
        remove_juror(me(), juror=found)
        flash(_("%(name)s is not on the jury any more.", name=found.name), "success")
        return redirect(url_for(".jurors", slug=hackathon.slug), 303)
    require(may_invite_juror(me(), hackathon, now()))
    return render_template("jury/manage/removal.html", hackathon=hackathon, juror=found, form=form)


@blueprint.route("/hackathons/<slug>/jury/mitglieder/<int:juror_id>/ersetzen", methods=["GET", "POST"])
@organiser
def replacement(slug: str, juror_id: int) -> ResponseReturnValue:
    """Somebody does not come, somebody else does."""
    hackathon, found = _juror(slug, juror_id)
    form = JurorForm()
    if form.validate_on_submit():
        try:
            fresh, code = replace_juror(
                me(), juror=found, name=form.name.data, email=form.email.data or "",
                organisation=form.organisation.data,
            )  # fmt: skip
            return _show_code(hackathon, fresh, code)
        except Invalid as error:
            refuse(form, error.field, str(error))
    return render_template(
        "jury/manage/replacement.html", hackathon=hackathon, juror=found, form=form, rules=rules_of(hackathon),
        may_invite=may_invite_juror(me(), hackathon, now()),
    ), status()  # fmt: skip


def _juror(slug: str, juror_id: int) -> tuple[Hackathon, Juror]:
    hackathon = get_any_hackathon(slug)
    return hackathon, get_juror(hackathon, juror_id)


def _show_code(hackathon: Hackathon, juror: Juror, code: str) -> ResponseReturnValue:
    """The next page shows the code, once: nobody can look it up afterwards."""
    if code:
        session["jury_code"] = {"name": juror.name, "code": code}
    else:
        flash(_("%(name)s is on the jury. Please print a card: without an address there is no other way in.",
                name=juror.name), "success")  # fmt: skip
    return redirect(url_for(".jurors", slug=hackathon.slug), 303)
