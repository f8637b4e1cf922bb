from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.partners import actions
from ideenlab.partners.forms import PartForm, PartnerForm
from ideenlab.partners.models import Participation
from ideenlab.partners.queries import (
    all_partners,
    find_participation,
    find_partner,
    find_partner_by_slug,
    get_partner,
    participations_in,
)
from ideenlab.programme.queries import current_edition, get_edition

blueprint = Blueprint("manage_partners", __name__, url_prefix="/organisation")
TAKING = "/ausgaben/<slug>/partner/<int:partner_id>"


@blueprint.get("/partner")
@organiser
def partners() -> ResponseReturnValue:
    edition = current_edition()
    parts = {each.partner_id: each.part for each in participations_in(edition)} if edition else {}
    return render_template("partners/manage/partners.html", partners=all_partners(), edition=edition, parts=parts)


@blueprint.route("/partner/neu", methods=["GET", "POST"])
@organiser
def new_partner() -> ResponseReturnValue:
    form = PartnerForm()
    if form.validate_on_submit():
        try:
            partner = actions.make_partner(me(), profile=form.profile())
            flash(_("The partner is saved. Nobody else sees it before you publish it."), "success")
            return redirect(url_for("partners.edit_partner", slug=partner.slug), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    return render_template("partners/manage/new_partner.html", form=form), 422 if form.errors else 200


@blueprint.post("/partner/<slug>/veroeffentlichen")
@organiser
def publish(slug: str) -> ResponseReturnValue:
    actions.publish_partner(me(), partner=get_partner(slug))
    flash(_("Everybody sees this partner now."), "success")
    return redirect(url_for("partners.edit_partner", slug=slug), 303)


@blueprint.post("/partner/<slug>/verbergen")
@organiser
def hide(slug: str) -> ResponseReturnValue:
    actions.hide_partner(me(), partner=get_partner(slug))
    flash(_("Only organisers and its editors see this partner now."), "success")
    return redirect(url_for("partners.edit_partner", slug=slug), 303)


@blueprint.post("/partner/<slug>/entfernen")
@organiser
def remove(slug: str) -> ResponseReturnValue:
    try:
        actions.remove_partner(me(), partner=get_partner(slug))
    except Invalid as problem:
        raise Conflict(str(problem)) from problem
    flash(_("The partner is removed."), "success")
    return redirect(url_for("manage_partners.partners"), 303)


@blueprint.route("/ausgaben/<slug>/partner", methods=["GET", "POST"])
@organiser
def participations(slug: str) -> ResponseReturnValue:
    """Who takes part in a week, as what, in which order."""
    edition, form = get_edition(slug), PartForm()
    form.partner.choices = [("", _("Please choose")), *((partner.slug, partner.title) for partner in all_partners())]
    if form.validate_on_submit():
        partner = find_partner_by_slug(form.partner.data)
        if partner is not None:
            actions.set_part(me(), partner=partner, edition=edition, part=form.part.data or "")
            flash(_("“%(title)s” takes part.", title=partner.title), "success")
            return redirect(url_for("manage_partners.participations", slug=slug), 303)
        refuse(form, "partner", _("There is no such partner. Please choose one of the list."))
    page = render_template(
        "partners/manage/participations.html", edition=edition, form=form, participations=participations_in(edition)
    )
    return page, 422 if form.errors else 200


@blueprint.post(f"{TAKING}/verschieben")
@organiser
def move(slug: str, partner_id: int) -> ResponseReturnValue:
    actions.move_participation(me(), taking=_taking(slug, partner_id), up=request.form.get("way") == "up")
    return redirect(url_for("manage_partners.participations", slug=slug), 303)


@blueprint.post(f"{TAKING}/beenden")
@organiser
def end(slug: str, partner_id: int) -> ResponseReturnValue:
    actions.end_participation(me(), taking=_taking(slug, partner_id))
    flash(_("This partner no longer takes part in this week."), "success")
    return redirect(url_for("manage_partners.participations", slug=slug), 303)


def _taking(slug: str, partner_id: int) -> Participation:
    edition, partner = get_edition(slug), find_partner(partner_id)
    taking = find_participation(partner, edition) if partner else None
    if taking is None:
        raise NotFound
    return taking
