from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.pitches.forms import OrderForm
from ideenlab.pitches.manage.door import blueprint
from ideenlab.prototypes import actions
from ideenlab.prototypes.queries import gallery_of
from ideenlab.prototypes.rules import may_show_gallery


@blueprint.route("/hackathons/<slug>/galerie", methods=["GET", "POST"])
@organiser
def gallery(slug: str) -> ResponseReturnValue:
    """Open or closed, and in which order: a number at each prototype says its place."""
    hackathon, form = get_any_hackathon(slug), OrderForm()
    shown = gallery_of(hackathon)
    if form.validate_on_submit():
        places, wrong = _typed_places(hackathon)
        if not wrong:
            actions.order_gallery(me(), hackathon=hackathon, places=places, seen=form.seen_order())
            flash(_("The gallery has this order now."), "success")
            return redirect(url_for("manage_pitches.gallery", slug=slug), 303)
        form.form_errors.append(_("Please give a whole number as each place: %(wrong)s.", wrong=", ".join(wrong)))
    form.seen.data = " ".join(str(prototype.id) for prototype, _hand_in in shown)
    page = render_template(
        "pitches/manage/gallery.html", hackathon=hackathon, shown=shown, form=form, typed=request.form,
        verdict=may_show_gallery(me(), hackathon, now()),
    )  # fmt: skip
    return page, 422 if form.errors else 200


def _typed_places(hackathon: Hackathon) -> tuple[dict[int, int], list[str]]:
    """Where each prototype shall stand, and what cannot be read."""
    places, wrong = {}, []
    for prototype, hand_in in gallery_of(hackathon):
        text = request.form.get(f"place-{prototype.id}", "").strip()
        if text.isascii() and text.isdecimal() and 0 < len(text) < 6:
            places[prototype.id] = int(text)
        elif text:
            wrong.append(hand_in.title)
    return places, wrong


@blueprint.post("/hackathons/<slug>/galerie/zeigen")
@organiser
def open_gallery(slug: str) -> ResponseReturnValue:
    actions.open_gallery(me(), hackathon=get_any_hackathon(slug))
    flash(_("The gallery is open: everybody sees the prototypes."), "success")
    return redirect(url_for("manage_pitches.gallery", slug=slug), 303)


@blueprint.post("/hackathons/<slug>/galerie/schliessen")
@organiser
def close_gallery(slug: str) -> ResponseReturnValue:
    actions.close_gallery(me(), hackathon=get_any_hackathon(slug))
    flash(_("The gallery is closed. Teams still see their own prototype."), "success")
    return redirect(url_for("manage_pitches.gallery", slug=slug), 303)
