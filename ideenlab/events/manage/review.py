"""Organisers decide about what partners propose."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import url_for
from ideenlab.core.text import safe_html
from ideenlab.core.web import accepted
from ideenlab.events import actions, queries, rules
from ideenlab.events.forms.proposals import MessageForm
from ideenlab.events.manage.door import blueprint
from ideenlab.events.models import Event

SAYING: dict[str, tuple[Callable[..., Any], str]] = {
    "frage": (actions.ask_back, "text"), "ablehnen": (actions.refuse_event, "reason"),
    "nachricht": (actions.answer, "text"),
}  # fmt: skip


@blueprint.get("/vorschlaege")
@organiser
def proposals() -> ResponseReturnValue:
    state = request.args.get("stand", "")
    state = state if state in queries.PROPOSAL_STATES else "proposed"
    return render_template(
        "events/manage/proposals.html", state=state, events=queries.proposals(state), counts=queries.count_proposals()
    )


@blueprint.get("/vorschlaege/<int:number>")
@organiser
def review(number: int) -> ResponseReturnValue:
    return _page(_proposed(number))


@blueprint.post("/vorschlaege/<int:number>/veroeffentlichen")
@organiser
def accept_proposal(number: int) -> ResponseReturnValue:
    event = _proposed(number)
    actions.accept_event(me(), event=event)
    flash(_("“%(title)s” stands in the programme. The partner is told.", title=event.title), "success")
    return redirect(url_for("manage_events.proposals"), 303)


@blueprint.post("/vorschlaege/<int:number>/<any(frage, ablehnen, nachricht):deed>")
@organiser
def say_about_proposal(number: int, deed: str) -> ResponseReturnValue:
    """A question back, a refusal with its reason, or just a message."""
    event, form = _proposed(number), MessageForm()
    action, name = SAYING[deed]
    if accepted(form, lambda: _say(action, event, {name: form.text.data})):
        flash(_("The partner is told."), "success")
        return redirect(url_for("manage_events.review", number=number), 303)
    return _page(event, form, deed), 422


def _say(action: Callable[..., Any], event: Event, words: dict[str, str]) -> None:
    action(me(), event=event, **words)


def _proposed(number: int) -> Event:
    event = queries.get_event(number)
    if event.proposed_at is None:
        raise NotFound
    return event


def _page(event: Event, form: MessageForm | None = None, deed: str = "frage") -> str:
    return render_template(
        "events/manage/review.html", event=event, messages=queries.messages_of(event), form=form or MessageForm(),
        description=safe_html(event.description_html), further=queries.further_partners_of(event), deed=deed,
        may_review=rules.may_review_event(me(), event),
    )  # fmt: skip
