from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.accounts.models import STAFF
from ideenlab.core.errors import Gone
from ideenlab.core.i18n import gettext as _
from ideenlab.core.paging import LONGEST_CURSOR
from ideenlab.core.security import needs_no_token, safe_path
from ideenlab.notifications.actions import read_all_notices, read_notice, set_paces, unsubscribe
from ideenlab.notifications.actions.letters import kind_names, read_unsubscribe_token
from ideenlab.notifications.forms import PreferencesForm
from ideenlab.notifications.models import KINDS
from ideenlab.notifications.queries import followed_among, get_notice, notices_of, paces_of, unread_number

blueprint = Blueprint("notifications", __name__)


@blueprint.get("/mitteilungen")
@signed_in
def notices() -> ResponseReturnValue:
    cursor = request.args.get("weiter", "")
    page = notices_of(me(), cursor if len(cursor) <= LONGEST_CURSOR else None)
    return render_template("notifications/notices.html", page=page, cursor=cursor, unread=unread_number(me()))


@blueprint.post("/mitteilungen/<int:notice_id>/oeffnen")
@signed_in
def open_notice(notice_id: int) -> ResponseReturnValue:
    """Go where a notice leads; from then on it is read."""
    notice = get_notice(me(), notice_id)
    read_notice(me(), notice=notice)
    path = safe_path(notice.path, default="")
    return redirect(request.script_root + path if path else url_for("notifications.notices"), 303)


@blueprint.post("/mitteilungen/gelesen")
@signed_in
def read_all() -> ResponseReturnValue:
    typed = request.form.get("until", "")
    until = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    read_all_notices(me(), until=until)
    flash(_("All messages are marked as read."), "success")
    return redirect(url_for("notifications.notices"), 303)


@blueprint.route("/konto/mitteilungen", methods=["GET", "POST"])
@signed_in
def preferences() -> ResponseReturnValue:
    form = PreferencesForm(data=paces_of(me()))
    if form.validate_on_submit():
        set_paces(me(), paces={kind: form[kind].data for kind in KINDS})
        flash(_("Your choice is saved."), "success")
        return redirect(url_for("notifications.preferences"), 303)
    kinds = [kind for kind in KINDS if kind != "work" or me().has_role(*STAFF)]
    page = render_template("notifications/preferences.html", form=form, kinds=kinds)
    return page, 422 if form.errors else 200


@blueprint.route("/abbestellen/<token>", methods=["GET", "POST"])
@public
@needs_no_token
def unsubscribed(token: str) -> ResponseReturnValue:
    """Stop mails of a kind without signing in. Looking changes nothing; a mail program posts here by one click.

    The signed token is what proves the wish, so no other is asked for: whoever has it may do this and nothing else.
    """
    found = read_unsubscribe_token(token)
    if found is None:
        raise Gone
    person, kinds = found
    if request.method == "POST":
        unsubscribe(person, kinds=kinds)
    names = kind_names()
    return render_template(
        "notifications/unsubscribed.html", kinds=[names[kind] for kind in kinds], done=request.method == "POST"
    )


@blueprint.app_context_processor
def give_unread() -> dict[str, object]:
    return {"unread_notices": _unread, "is_followed": _is_followed}


def _is_followed(thing: str, number: int) -> bool:
    """For the button that stands beside what can be followed."""
    return number in followed_among(visitor(), thing, {number})


def _unread() -> int:
    """For the header; visitors cost nothing."""
    person = visitor()
    return unread_number(person) if person else 0
