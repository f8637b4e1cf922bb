from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in, visitor
from ideenlab.archives import actions, queries
from ideenlab.archives.forms import CertificateForm, NoteForm
from ideenlab.archives.models import NOTE_MONTHS
from ideenlab.archives.rules import may_get_certificate, may_get_prize_certificate, may_write_note
from ideenlab.core.attachment import made_just_now
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import safe_html
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import get_prototype

blueprint = Blueprint("archives", __name__)


@blueprint.route("/hackathon/<slug>/urkunde", methods=["GET", "POST"])
@signed_in
def certificate(slug: str) -> ResponseReturnValue:
    """The name is printed and forgotten: the PDF is the answer itself."""
    found, form, time = get_hackathon(slug), CertificateForm(), now()
    attended, won = may_get_certificate(me(), found, time), may_get_prize_certificate(me(), found, time)
    if form.validate_on_submit():
        wants_prize = request.form.get("kind") == "prize"
        require(won if wants_prize else attended)
        prize = queries.find_prize_of(me(), found) if wants_prize else None
        content = queries.certificate_sheet(found, [(form.name.data or "", prize)])
        return made_just_now(content, name=f"urkunde-{found.slug}.pdf", media_type="application/pdf")
    if request.method == "GET":
        form.name.data = me().pseudonym
    page = render_template("archives/certificate.html", hackathon=found, form=form, attended=attended, won=won)
    return page, 422 if form.errors else 200


@blueprint.route("/prototyp/<int:prototype_id>/danach/<int:months>", methods=["GET", "POST"])
@signed_in
def note(prototype_id: int, months: int) -> ResponseReturnValue:
    """What became of a prototype, written by its team or the organisers."""
    found, form = get_prototype(prototype_id), NoteForm()
    stored = queries.find_note(found, queries.get_months(months))
    require(may_write_note(me(), found, months, now()))
    if form.validate_on_submit():
        actions.write_note(
            me(), prototype=found, months=months, text=form.text.data or "", revision=form.seen_revision()
        )
        flash(_("Thank you. It stands on the page of the prototype now."), "success")
        return redirect(url_for("prototypes.prototype", prototype_id=found.id), 303)
    if request.method == "GET":
        form.text.data, form.revision.data = (stored.text, stored.revision) if stored else ("", 0)
    page = render_template(
        "archives/note.html", prototype=found, hackathon=found.hackathon, form=form, months=months
    )  # fmt: skip
    return page, 422 if form.errors else 200


def open_notes_of(prototype: Prototype) -> list[int]:
    """The notes that whoever looks may write or change now."""
    person = visitor()
    return [months for months in NOTE_MONTHS if person and may_write_note(person, prototype, months, now())]


@blueprint.app_context_processor
def give_notes() -> dict[str, object]:
    return {"after_notes_of": queries.notes_of, "open_notes_of": open_notes_of, "written_note": safe_html}
