from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import juror, me, public, sign_in_browser
from ideenlab.accounts.actions import forget_tries, write_try
from ideenlab.accounts.rules import may_try, slow_down
from ideenlab.core.clock import now
from ideenlab.core.errors import Gone
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import network, wider_network
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.core.web import begin_writing, keep_first, slow_first
from ideenlab.jury.actions import accept_invitation, is_code_of
from ideenlab.jury.forms import InvitationForm
from ideenlab.jury.models import Juror
from ideenlab.jury.queries import (
    examples_for,
    find_juror_by_invitation,
    queue_of,
)  # fmt: skip
from ideenlab.jury.rules import (
    may_accept_invitation,
    scoring_has_begun,
    scoring_is_open,
)  # fmt: skip
from ideenlab.jury.views.blueprint import blueprint


@blueprint.get("/jury")
@juror
def queue() -> ResponseReturnValue:
    """What a juror has to do, hackathon by hackathon: what can be scored now comes first."""
    at = now()
    juries = [
        (each, scoring_is_open(each.juror.hackathon, at), scoring_has_begun(each.juror.hackathon, at))
        for each in queue_of(me())
    ]
    juries.sort(key=lambda jury: not (jury[1] or jury[0].has_open_round))
    return render_template("jury/queue.html", juries=juries, now=at, examples=examples_for(me()))


@blueprint.route("/jury/einladung/<token>", methods=["GET", "POST"])
@public
@slow_first
def invitation(token: str) -> ResponseReturnValue:
    """Link and code together sign a juror in, on as many devices as they like."""
    invited = _invited(token)
    form = InvitationForm(data={"name": invited.name})
    if form.validate_on_submit():
        allowed = _try_code(invited, token, form.code.data)
        if allowed:
            begin_writing()
            invited = _invited(token)
            sign_in_browser(accept_invitation(invited, name=form.name.data))
            if invited.informed_at is None:
                return redirect(url_for(".what_is_public", slug=invited.hackathon.slug), 303)
            return redirect(url_for(".queue"), 303)
        refuse(form, "code", allowed.reason)
    page = render_template("jury/invitation.html", hackathon=invited.hackathon, form=form)
    return page, 422 if request.method == "POST" else 200


def _invited(token: str) -> Juror:
    found = find_juror_by_invitation(token)
    if found is None or not may_accept_invitation(found):
        raise Gone
    return found


def _try_code(invited: Juror, token: str, code: str) -> Verdict:
    """Guessing is slowed, counted in the database; a right code forgets the wrong ones before it."""
    slowed = slow_down("jury-code", token, network=network(), wider_network=wider_network())
    keep_first(lambda: write_try(slowed))
    allowed = may_try(slowed, now(), written=True)
    if not allowed:
        return allowed
    if not is_code_of(_invited(token), secret=token, code=code):
        return no(_("This code does not belong to this link. Please check it, or ask the organisers for a new one."))
    keep_first(lambda: forget_tries(slowed))
    return YES
