"""A teacher registers a class and prints the cards with which the pupils sign in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import GroupForm, card_sheet
from ideenlab.hackathons.rules import (
    LARGEST_GROUP,
    may_cancel_group,
    may_print_cards,
    may_register_group,
    may_register_group_again,
    may_see_group,
)
from ideenlab.hackathons.views.door import blueprint

LINES = 10


@blueprint.route("/hackathon/<slug>/gruppe", methods=["GET", "POST"])
@signed_in
def group(slug: str) -> ResponseReturnValue:
    """One line for each pupil. A button gives more lines; nothing typed is lost by it, or when something is refused."""
    found, form = queries.get_hackathon(slug), GroupForm()
    if "more" in request.form:
        form.add_lines(LINES)
    elif form.validate_on_submit():
        try:
            made = actions.register_group(me(), hackathon=found, name=form.name.data, pupils=form.given())
        except Invalid as error:
            form.refuse_row(error.field, str(error))
        else:
            flash(_("The group is registered."), "success")
            return redirect(url_for("hackathons.pupils", slug=slug, number=made.id), 303)
    page = render_template(
        "hackathons/group.html", hackathon=found, form=form, verdict=may_register_group(me(), found, now()),
        lines=len(form.pupils.entries), more=LINES, most=LARGEST_GROUP, groups=queries.groups_by(me(), found),
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.get("/hackathon/<slug>/gruppe/<int:number>")
@signed_in
def pupils(slug: str, number: int) -> ResponseReturnValue:
    found = queries.get_group(queries.get_any_hackathon(slug), number)
    if not may_see_group(me(), found):
        raise NotFound
    return render_template(
        "hackathons/pupils.html", hackathon=found.hackathon, group=found, pupils=queries.pupils_of(found),
        kinds=queries.consent_kinds_of(found.hackathon), may_print=may_print_cards(me(), found),
        may_cancel=may_cancel_group(me(), found, now()), may_register=may_register_group_again(me(), found, now()),
    )  # fmt: skip


@blueprint.post("/hackathon/<slug>/gruppe/<int:number>/wieder-anmelden")
@signed_in
def register_group_again(slug: str, number: int) -> ResponseReturnValue:
    """The way back from cancelling a whole group."""
    found = queries.get_group(queries.get_any_hackathon(slug), number)
    actions.register_group_again(me(), group=found)
    flash(_("The group is registered again."), "success")
    return redirect(url_for("hackathons.pupils", slug=slug, number=number), 303)


@blueprint.post("/hackathon/<slug>/gruppe/<int:number>/karten.pdf")
@signed_in
def cards(slug: str, number: int) -> ResponseReturnValue:
    """New codes, on paper only: they are kept as hashes. Cards printed before do not work any more."""
    found = queries.get_group(queries.get_hackathon(slug), number)
    printed = actions.print_cards(me(), group=found)
    pairs = [(row.person.pseudonym, code) for row, code in printed]
    return card_sheet(found.hackathon.title, pairs, name=f"karten-{found.id}.pdf")
