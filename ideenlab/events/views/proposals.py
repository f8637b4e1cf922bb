"""What editors of a partner do: write an event, propose it, answer, clone it."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.links import url_for
from ideenlab.core.text import safe_html
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.events import actions, queries, rules
from ideenlab.events.forms.events import EventForm
from ideenlab.events.forms.proposals import CloneForm, MessageForm
from ideenlab.events.models import Event
from ideenlab.events.views.door import blueprint
from ideenlab.partners.models import Partner
from ideenlab.partners.queries import get_partner, is_editor, partners_edited_by
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import current_edition, topics_of


@blueprint.get("/partner/<slug>/veranstaltungen")
@signed_in
def partner_events(slug: str) -> ResponseReturnValue:
    """Only for who writes for this partner; everybody else reads the partner's page."""
    partner = _own_partner(slug)
    return render_template(
        "events/partner_events.html", partner=partner, events=queries.written_for(partner),
        edition=current_edition(),
    )  # fmt: skip


@blueprint.route("/partner/<slug>/veranstaltungen/neu", methods=["GET", "POST"])
@signed_in
def new_proposal(slug: str) -> ResponseReturnValue:
    partner, edition = _own_partner(slug), current_edition()
    if edition is None:
        raise NotFound
    require(rules.may_propose_for(me(), partner, edition, now()))
    form = EventForm()
    _offer(form, partner, edition)
    made: list[Event] = []
    if accepted(form, lambda: made.append(actions.draft_event(me(), plan=form.plan()))):
        flash(_("Your draft is saved. Only you and the others who write for the partner see it."), "success")
        return redirect(url_for("events.proposal", number=made[0].id), 303)
    page = render_template(
        "events/new_proposal.html",
        partner=partner,
        edition=edition,
        form=form,
        back=url_for("events.partner_events", slug=slug),
    )
    return page, 422 if form.errors else 200


@blueprint.get("/veranstaltung/<int:number>/vorschlag")
@signed_in
def proposal(number: int) -> ResponseReturnValue:
    return _proposal_page(_own_event(number))


@blueprint.post("/veranstaltung/<int:number>/vorschlagen")
@signed_in
def propose(number: int) -> ResponseReturnValue:
    return _done(number, actions.propose_event, _("Your event is proposed. The organisers look at it."))


@blueprint.post("/veranstaltung/<int:number>/zuruecknehmen")
@signed_in
def take_back(number: int) -> ResponseReturnValue:
    return _done(number, actions.take_back, _("The event is withdrawn. You can clone it any time."))


@blueprint.post("/veranstaltung/<int:number>/antwort")
@signed_in
def answer_proposal(number: int) -> ResponseReturnValue:
    event, form = _own_event(number), MessageForm()
    if accepted(form, lambda: actions.answer(me(), event=event, text=form.text.data)):
        flash(_("Your message is sent."), "success")
        return redirect(url_for("events.proposal", number=number), 303)
    return _proposal_page(event, form), 422


@blueprint.route("/veranstaltung/<int:number>/kopieren", methods=["GET", "POST"])
@signed_in
def clone(number: int) -> ResponseReturnValue:
    event, form = _own_event(number), CloneForm()
    require(rules.may_clone_event(me(), event, now()))
    if form.validate_on_submit():
        copy = actions.clone_event(me(), event=event, days=form.days.data or 0)
        flash(_("This is the copy, as a draft. Please look at the date."), "success")
        return redirect(url_for("manage_events.edit_event", number=copy.id), 303)
    page = render_template("events/clone.html", event=event, form=form)
    return page, 422 if form.errors else 200


def _own_partner(slug: str) -> Partner:
    partner = get_partner(slug)
    if not is_editor(me(), partner):
        raise NotFound
    return partner


def _own_event(number: int) -> Event:
    event = queries.get_event(number)
    if not queries.is_editor_of(me(), event):
        raise NotFound
    return event


def _offer(form: EventForm, partner: Partner, edition: Edition) -> None:
    form.offer(
        edition=edition, partners=partners_edited_by(me()), topics=topics_of(edition), venues=queries.venues(),
        may_be_without_partner=False,
    )  # fmt: skip
    if not form.is_submitted():
        form.partner.data = partner.id


def _proposal_page(event: Event, form: MessageForm | None = None) -> str:
    at, person = now(), me()
    return render_template(
        "events/proposal.html", event=event, messages=queries.messages_of(event), form=form or MessageForm(),
        description=safe_html(event.description_html), further=queries.further_partners_of(event),
        may_propose=rules.may_propose_event(person, event, at), may_edit=rules.may_edit_event(person, event),
        may_take_back=rules.may_take_back(person, event, at), may_answer=rules.may_answer(person, event, at),
    )  # fmt: skip


def _done(number: int, action: Callable[..., Any], message: str) -> ResponseReturnValue:
    event = _own_event(number)
    action(me(), event=event)
    flash(message, "success")
    return redirect(url_for("events.proposal", number=number), 303)


@blueprint.app_context_processor
def own_proposals() -> dict[str, object]:
    return {"my_proposals": _my_proposals, "place_of": queries.place_of}


def _my_proposals() -> Any:
    person = visitor()
    return queries.open_proposals_of(person) if person else []
