"""At the entrance: a code is typed or scanned, and somebody is here."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.attendance.queries import find_by_ticket
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import moment
from ideenlab.core.verdict import require
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import CheckInForm, WalkInForm
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.models import PLACES, Hackathon, Registration
from ideenlab.hackathons.rules import is_minor, may_come_in, may_let_in, may_manage_hackathons

CAMERA = "camera=(self), geolocation=(), microphone=()"  # on this page alone


@dataclass(frozen=True)
class Answer:
    """What the person at the entrance is told about one ticket."""

    kind: str  # success, info or danger
    title: str
    text: str = ""
    registration: Registration | None = None
    needs_paper: bool = False


@blueprint.route("/hackathons/<slug>/einlass", methods=["GET", "POST"])
@signed_in
def check_in(slug: str) -> ResponseReturnValue:
    """A page for people, and for the module that sends what was scanned: it asks for the answer alone."""
    found = queries.get_any_hackathon(slug)
    require(may_let_in(me(), found, now()))
    form = CheckInForm() if request.method == "POST" else CheckInForm(data={"code": request.args.get("code", "")})
    answer = _let_in(found, form) if form.validate_on_submit() else None
    refused = bool(form.errors) or (answer is not None and answer.kind == "danger")
    if request.headers.get("X-Check-In"):
        part = render_template(
            "hackathons/manage/_checked_in.html", hackathon=found, answer=answer, form=form,
            figures=queries.attendance_figures(found),
        )  # fmt: skip
        return part, 422 if refused else 200
    if answer and not refused:
        flash(" ".join(filter(None, (answer.title, answer.text))), answer.kind)
        return redirect(url_for("manage_hackathons.check_in", slug=slug), 303)
    page = render_template(
        "hackathons/manage/check_in.html", hackathon=found, form=form, answer=answer,
        figures=queries.attendance_figures(found), is_organiser=bool(may_manage_hackathons(me())),
    )  # fmt: skip
    return page, 422 if refused else 200, {"Permissions-Policy": CAMERA}


def _let_in(hackathon: Hackathon, form: CheckInForm) -> Answer:
    try:
        registration, first = actions.check_in_by_code(
            me(), hackathon=hackathon, code=form.code.data, on_paper=form.on_paper.data, at=form.scanned_at()
        )
    except Invalid as error:
        return Answer("danger", _("Not known"), str(error))
    except NotAllowed as error:
        return _refused(hackathon, form.code.data, str(error))
    name = registration.person.pseudonym
    if first:
        return Answer("success", _("Welcome, %(name)s!", name=name), registration=registration)
    since = moment(registration.checked_in_at) if registration.checked_in_at else ""
    return Answer(
        "info", _("%(name)s is here already", name=name), _("Checked in: %(moment)s", moment=since), registration
    )


def _refused(hackathon: Hackathon, code: str, reason: str) -> Answer:
    registration: Registration | None = find_by_ticket(PLACES, hackathon, code)
    needs_paper = bool(
        registration and registration.state == "registered" and is_minor(registration.person)
        and not may_come_in(registration)
    )  # fmt: skip
    name = registration.person.pseudonym if registration else ""
    return Answer("danger", _("Please stop: %(name)s", name=name), reason, registration, needs_paper)


@blueprint.route("/hackathons/<slug>/einlass/spontan", methods=["GET", "POST"])
@signed_in
def walk_in(slug: str) -> ResponseReturnValue:
    """Somebody stands at the entrance without a registration. The code of their card is shown once."""
    found, form = queries.get_any_hackathon(slug), WalkInForm()
    require(may_let_in(me(), found, now()))
    if form.validate_on_submit():
        try:
            registration, code = actions.walk_in(
                me(), hackathon=found, pseudonym=form.pseudonym.data, age_band=form.age_band.data, papers=form.papers()
            )
        except Invalid as error:
            refuse(form, error.field, str(error))
        except NotAllowed as error:
            refuse(form, "guardian" if form.age_band.data != "adult" else "", str(error))
        else:
            spaced = f"{code[:4]}-{code[4:8]}-{code[8:]}"
            text = _(
                "Welcome, %(name)s! Code for signing in: %(code)s", name=registration.person.pseudonym, code=spaced
            )
            flash(text, "success")
            return redirect(_after_walk_in(registration), 303)
    page = render_template(
        "hackathons/manage/walk_in.html", hackathon=found, form=form, figures=queries.attendance_figures(found),
        is_organiser=bool(may_manage_hackathons(me())),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


def _after_walk_in(registration: Registration) -> str:
    """What else is known of a person is not for helpers."""
    slug = registration.hackathon.slug
    if may_manage_hackathons(me()):
        return url_for("manage_hackathons.registration", slug=slug, number=registration.id)
    return url_for("manage_hackathons.check_in", slug=slug)
