"""Somebody registers, looks after their registration, takes an offered place, cancels."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.attendance.queries import place_in_queue
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import Form, refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import safe_html
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import registration_form
from ideenlab.hackathons.models import PLACES, Hackathon, Registration
from ideenlab.hackathons.rules import (
    PHOTOS,
    is_minor,
    may_cancel_registration,
    may_edit_registration,
    may_register,
)
from ideenlab.hackathons.views.door import blueprint


@blueprint.route("/hackathon/<slug>/anmelden", methods=["GET", "POST"])
@signed_in
def registration(slug: str) -> ResponseReturnValue:
    found = queries.get_hackathon(slug)
    if queries.find_place(me(), found):
        flash(_("You are registered already."), "info")
        return redirect(url_for("hackathons.my_registration", slug=slug), 303)
    form = registration_form(me(), found, queries.questions_of(found))
    if form.validate_on_submit():
        try:
            made = actions.register_for_hackathon(
                me(), hackathon=found, details=form.details(), consents=form.consents()
            )
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_said(made), "success")
            page = "hackathon" if made.state == "registered" else "my_registration"
            return redirect(url_for(f"hackathons.{page}", slug=slug), 303)
    page = render_template(
        "hackathons/registration.html", hackathon=found, form=form, verdict=may_register(me(), found, now()),
        is_full=found.registered_count >= found.places, conduct=safe_html(found.code_of_conduct_html),
        house_rules=safe_html(found.house_rules_html), minor=is_minor(me()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.get("/hackathon/<slug>/anmeldung")
@signed_in
def my_registration(slug: str) -> ResponseReturnValue:
    found = queries.get_hackathon(slug)
    mine = queries.find_any_registration(me(), found)
    if mine is None:
        return redirect(url_for("hackathons.registration", slug=slug), 303)
    answers = queries.answers_of(mine)
    return render_template(
        "hackathons/my_registration.html", hackathon=found, registration=mine, time=now(),
        queue=place_in_queue(PLACES, mine) if mine.state == "waiting" else 0, consents=queries.consents_of(mine),
        photos=PHOTOS, minor=is_minor(me()), may_edit=may_edit_registration(me(), mine, now()),
        may_cancel=may_cancel_registration(me(), found, now()), may_register=may_register(me(), found, now()),
        answers=[(question.text, answers.get(question.id, "")) for question in queries.questions_of(found)],
        questions={question.text: question.kind for question in queries.questions_of(found)},
    )  # fmt: skip


@blueprint.route("/hackathon/<slug>/anmeldung/aendern", methods=["GET", "POST"])
@signed_in
def edit_registration(slug: str) -> ResponseReturnValue:
    found = queries.get_hackathon(slug)
    mine = _my_place(found)
    form = registration_form(me(), found, queries.questions_of(found), kept=mine, answers=queries.answers_of(mine))
    if form.validate_on_submit():
        try:
            actions.edit_registration(me(), registration=mine, details=form.details())
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The changes are saved."), "success")
            return redirect(url_for("hackathons.my_registration", slug=slug), 303)
    page = render_template(
        "hackathons/edit_registration.html",
        hackathon=found,
        form=form,
        verdict=may_edit_registration(me(), mine, now()),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/hackathon/<slug>/anmeldung/platz")
@signed_in
def place(slug: str) -> ResponseReturnValue:
    """Somebody takes the place that was kept for them."""
    actions.confirm_place(me(), hackathon=queries.get_hackathon(slug))
    flash(_("The place is yours. We have sent you a mail with your ticket."), "success")
    return redirect(url_for("hackathons.my_registration", slug=slug), 303)


@blueprint.post("/hackathon/<slug>/anmeldung/einwilligung/<any(photo_website, photo_press, photo_social):kind>")
@signed_in
def consent(slug: str, kind: str) -> ResponseReturnValue:
    """One click. The button says which way: a second click, or an old page, never agrees to what was withdrawn."""
    found = queries.get_hackathon(slug)
    mine = queries.find_any_registration(me(), found)
    if mine is None:
        raise NotFound
    if request.form.get("agree") != "yes":
        actions.withdraw_consent(me(), registration=mine, kind=kind)
        flash(_("You have withdrawn this. It holds from now on."), "success")
    else:
        actions.give_consent(me(), registration=mine, kind=kind)
        flash(_("Thank you. You can withdraw this at any time."), "success")
    return redirect(url_for("hackathons.my_registration", slug=slug, _anchor="photos"), 303)


@blueprint.post("/hackathon/<slug>/anmeldung/erziehungsberechtigte")
@signed_in
def guardian_mail(slug: str) -> ResponseReturnValue:
    mine = _my_place(queries.get_hackathon(slug))
    actions.ask_guardian_again(me(), registration=mine)
    flash(
        _("We have written to your parent or guardian again. The link sent before does not work any more."), "success"
    )
    return redirect(url_for("hackathons.my_registration", slug=slug), 303)


@blueprint.route("/hackathon/<slug>/abmelden", methods=["GET", "POST"])
@signed_in
def cancellation(slug: str) -> ResponseReturnValue:
    found, form = queries.get_hackathon(slug), Form()
    if form.validate_on_submit():
        actions.cancel_registration(me(), hackathon=found)
        flash(_("Your registration is cancelled."), "success")
        return redirect(url_for("hackathons.hackathon", slug=slug), 303)
    return render_template(
        "hackathons/cancellation.html", hackathon=found, verdict=may_cancel_registration(me(), found, now()),
        registration=queries.find_place(me(), found),
    )  # fmt: skip


def _my_place(hackathon: Hackathon) -> Registration:
    mine: Registration | None = queries.find_place(me(), hackathon)
    if mine is None:
        raise NotFound
    return mine


def _said(registration: Registration) -> str:
    said = {
        "registered": _("You are registered. We have sent you a mail."),
        "waiting": _("You are on the waiting list. We write to you as soon as a place is free."),
        "requested": _("Your registration has arrived. The organisers decide and write to you."),
    }
    return said[registration.state]
