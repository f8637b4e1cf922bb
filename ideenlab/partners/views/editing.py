"""What organisers and a partner's own editors change: page, logo, who else writes."""

from contextlib import suppress
from typing import BinaryIO

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ideenlab.accounts.access import me, signed_in
from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person_by_email, find_person_by_pseudonym
from ideenlab.core.errors import Conflict, Invalid, error_page
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import NoRoom, storage
from ideenlab.core.text import normalise_email
from ideenlab.core.verdict import Verdict, require
from ideenlab.core.web import accepts_body, begin_reading, begin_writing, slow_first
from ideenlab.partners import actions
from ideenlab.partners.forms import EditorForm, LogoForm, PartnerForm
from ideenlab.partners.models import Partner
from ideenlab.partners.queries import editors_of, get_editor, is_editor, participations_of
from ideenlab.partners.rules import (
    ORGANISERS,
    may_edit_partner,
    may_manage_partners,
    may_name_editor,
    may_remove_partner,
)
from ideenlab.partners.views.door import blueprint, seen_partner


@blueprint.route("/partner/<slug>/bearbeiten", methods=["GET", "POST"])
@signed_in
def edit_partner(slug: str) -> ResponseReturnValue:
    found = _mine(slug)
    form = PartnerForm(obj=found)
    if form.validate_on_submit():
        try:
            actions.edit_partner(me(), partner=found, profile=form.profile(), revision=form.seen_revision())
            flash(_("The changes are saved."), "success")
            return redirect(url_for("partners.edit_partner", slug=slug), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        except Conflict as problem:
            raise _with_both(problem, form, slug) from None
    if request.method == "GET":
        form.revision.data = found.revision
    page = render_template(
        "partners/edit_partner.html", partner=found, form=form, participations=participations_of(found),
        may_manage=may_manage_partners(me()), may_remove=may_remove_partner(me(), found),
        writes_for_it=is_editor(me(), found),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _may_send(slug: str) -> Verdict:
    return may_edit_partner(me(), seen_partner(slug))


@blueprint.route("/partner/<slug>/logo/aendern", methods=["GET", "POST"])
@signed_in
@slow_first
@accepts_body(13, ask_first=_may_send)
def edit_logo(slug: str) -> ResponseReturnValue:
    """The picture is drawn first, then its row written in one short transaction."""
    found, form = _mine(slug), LogoForm()
    if request.method == "POST":
        if form.validate():
            try:
                return _changed_logo(slug, form)
            except Invalid as problem:
                refuse(form, problem.field, str(problem))
            except NoRoom:
                return error_page(503)
        begin_reading()
        found = _mine(slug)
    page = render_template("partners/edit_logo.html", partner=found, form=form)
    return page, 422 if form.errors or form.form_errors else 200


def _changed_logo(slug: str, form: LogoForm) -> ResponseReturnValue:
    given = form.logo.data
    if not isinstance(given, FileStorage) or not given.filename:
        raise Invalid(_("Please choose a picture first."), field="logo")
    source: BinaryIO = given.stream  # type: ignore[assignment]
    begin_reading()
    content = actions.draw_logo(source, name=given.filename)
    try:
        begin_writing()
        actions.set_logo(me(), partner=_mine(slug), content=content)
    except BaseException:
        with suppress(OSError):
            storage().delete(content.key)
        raise
    flash(_("The logo is saved."), "success")
    return redirect(url_for("partners.edit_logo", slug=slug), 303)


@blueprint.post("/partner/<slug>/logo/entfernen")
@signed_in
def remove_logo(slug: str) -> ResponseReturnValue:
    actions.remove_logo(me(), partner=_mine(slug))
    flash(_("The logo is removed."), "success")
    return redirect(url_for("partners.edit_logo", slug=slug), 303)


@blueprint.route("/partner/<slug>/redaktion", methods=["GET", "POST"])
@signed_in
def editors(slug: str) -> ResponseReturnValue:
    """Organisers name somebody by address or pseudonym, editors by pseudonym only: no address is tried out here."""
    found, form = _mine(slug), EditorForm()
    require(may_name_editor(me(), found))
    by_address = me().has_role(*ORGANISERS)
    if form.validate_on_submit():
        try:
            actions.name_editor(me(), partner=found, person=_person(form.who.data or "", by_address=by_address))
            flash(_("The person is named and told by mail."), "success")
            return redirect(url_for("partners.editors", slug=slug), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template(
        "partners/editors.html", partner=found, form=form, editors=editors_of(found), by_address=by_address
    )
    return page, 422 if form.errors else 200


@blueprint.post("/partner/<slug>/redaktion/<int:editor_id>/beenden")
@signed_in
def end_editor(slug: str, editor_id: int) -> ResponseReturnValue:
    found = _mine(slug)
    editor = get_editor(found, editor_id)
    actions.end_editor(me(), editor=editor)
    flash(_("This person no longer writes for this partner."), "success")
    left = editor.person_id == me().id and not me().has_role(*ORGANISERS)
    return redirect(url_for("pages.mine") if left else url_for("partners.editors", slug=slug), 303)


def _mine(slug: str) -> Partner:
    found = seen_partner(slug)
    require(may_edit_partner(me(), found))
    return found


def _person(who: str, *, by_address: bool) -> Person:
    address = normalise_email(who) if by_address else None
    person = find_person_by_email(address) if address else find_person_by_pseudonym(who)
    if person is None or person.state != "active":
        if by_address:
            raise Invalid(_("Nobody has this address or pseudonym. Please check how it is written."), field="who")
        raise Invalid(_("Nobody has this pseudonym. Please check how it is written."), field="who")
    return person


def _with_both(error: Conflict, form: PartnerForm, slug: str) -> Conflict:
    """The refusal with what was typed and what is stored, as far as they differ."""
    begin_reading()
    stored = _mine(slug)
    pairs = [(str(form[name].label.text), form[name].data or "", getattr(stored, name)) for name in actions.FIELDS]
    differing = [pair for pair in pairs if pair[1] != pair[2]]
    return Conflict(
        str(error), mine=[(label, mine or "–") for label, mine, _theirs in differing],
        stored=[(label, theirs or "–") for label, _mine, theirs in differing],
    )  # fmt: skip
