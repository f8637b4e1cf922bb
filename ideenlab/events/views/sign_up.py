"""Somebody signs up, with an account or with name and address; looks after their place; gives it back."""

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import HOUR, me, public, signed_in, slowed, try_once, visitor
from ideenlab.attendance.forms import printed_ticket
from ideenlab.attendance.queries import place_in_queue
from ideenlab.core.clock import now
from ideenlab.core.errors import Gone, Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import period
from ideenlab.core.qr import qr_picture
from ideenlab.core.security import limiter
from ideenlab.core.web import begin_reading, begin_writing, slow_first
from ideenlab.events import actions, queries
from ideenlab.events.forms import GuestSignUpForm, SignUpForm
from ideenlab.events.models import EVENT_PLACES, Event, SignUp
from ideenlab.events.rules import may_give_back, may_sign_up, may_sign_up_again
from ideenlab.events.views.door import blueprint

SIGN_UPS_PER_HOUR = {"limit": 10, "wider_limit": 40, "overall_limit": 60}  # one address, one place, one street


@blueprint.route("/veranstaltung/<int:number>/anmelden", methods=["GET", "POST"])
@public
@slow_first
@limiter.limit("60 per 10 minutes", methods=["POST"])
def sign_up(number: int) -> ResponseReturnValue:
    """One press with an account, name and address without one."""
    event = queries.get_published_event(number)
    person = visitor()
    form = SignUpForm() if person else GuestSignUpForm()
    moved, status = "", 200
    if form.validate_on_submit():
        try:
            answer = _sign_up_me(number, form) if person else _sign_up_guest(number, form)
        except actions.Moved as conflict:
            moved, status = str(conflict), 409
            begin_reading()
            event = queries.get_published_event(number)
        else:
            if answer is not None:
                return answer
            status = 429 if getattr(form, "too_often", False) else 422
            begin_reading()
            event = queries.get_published_event(number)
    elif form.errors or form.form_errors:
        status = 422
    form.sequence.data = event.sequence
    page = render_template(
        "events/sign_up.html", event=event, form=form, moved=moved, verdict=may_sign_up(event, visitor(), now()),
        state=queries.place_state(event, now()), mine=_mine(event),
    )  # fmt: skip
    return page, status


def _mine(event: Event) -> SignUp | None:
    person = visitor()
    return queries.find_sign_up(person, event) if person else None


def _sign_up_me(number: int, form: SignUpForm) -> ResponseReturnValue | None:
    begin_writing()
    event = queries.get_published_event(number)
    actions.sign_up(me(), event=event, note=form.note.data or "", sequence=form.seen_sequence())
    return redirect(url_for("events.my_sign_up", number=number), 303)


def _sign_up_guest(number: int, form: GuestSignUpForm) -> ResponseReturnValue | None:
    address = form.email.data or ""
    verdict = try_once(slowed("sign-up", address, **SIGN_UPS_PER_HOUR, within=HOUR))
    if not verdict:
        form.too_often = True
        refuse(form, "email", verdict.reason)
        return None
    begin_writing()
    event = queries.get_published_event(number)
    try:
        actions.sign_up_guest(
            event=event, name=form.name.data, email=address, note=form.note.data or "",
            sequence=form.seen_sequence(),
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return None
    session["mailed_to"] = address
    return redirect(url_for("events.sign_up_mailed", number=number), 303)


@blueprint.get("/veranstaltung/<int:number>/anmelden/gesendet")
@public
def sign_up_mailed(number: int) -> ResponseReturnValue:
    """The same for every address, whoever has signed up already."""
    event = queries.get_published_event(number)
    return render_template(
        "events/sign_up_mailed.html", event=event, address=session.get("mailed_to", ""),
        state=queries.place_state(event, now()),
    )  # fmt: skip


@blueprint.get("/veranstaltung/<int:number>/anmeldung")
@signed_in
def my_sign_up(number: int) -> ResponseReturnValue:
    mine = queries.find_any_sign_up(me(), queries.get_published_event(number))
    if mine is None:
        return redirect(url_for("events.sign_up", number=number), 303)
    return _page_of(mine, secret="")


@blueprint.post("/veranstaltung/<int:number>/anmeldung/<any(nehmen, abgeben, wieder):deed>")
@signed_in
def my_sign_up_changed(number: int, deed: str) -> ResponseReturnValue:
    mine = queries.find_any_sign_up(me(), queries.get_published_event(number))
    if mine is None:
        raise NotFound
    _do(mine, deed)
    return redirect(url_for("events.my_sign_up", number=number), 303)


@blueprint.get("/anmeldung/<secret>")
@public
@limiter.limit("60 per 10 minutes")
def place(secret: str) -> ResponseReturnValue:
    """To which the link of a mail leads. Looking changes nothing: programs that check mails open every link."""
    return _page_of(_behind(secret), secret=secret)


@blueprint.post("/anmeldung/<secret>/<any(nehmen, abgeben, wieder):deed>")
@public
@limiter.limit("60 per 10 minutes")
def place_changed(secret: str, deed: str) -> ResponseReturnValue:
    _do(_behind(secret), deed)
    return redirect(url_for("events.place", secret=secret), 303)


@blueprint.get("/veranstaltung/<int:number>/ticket.pdf")
@signed_in
def my_ticket(number: int) -> ResponseReturnValue:
    mine = queries.find_sign_up(me(), queries.get_published_event(number))
    if mine is None:
        raise NotFound
    return _on_paper(mine)


@blueprint.get("/anmeldung/<secret>/ticket.pdf")
@public
@limiter.limit("60 per 10 minutes")
def place_ticket(secret: str) -> ResponseReturnValue:
    return _on_paper(_behind(secret))


def _on_paper(sign_up: SignUp) -> ResponseReturnValue:
    if sign_up.state != "registered":
        raise NotFound
    event = sign_up.event
    facts = [period(event.starts_at, event.ends_at)]
    if event.venue:
        facts.append(", ".join(filter(None, (event.venue.title, event.room, event.venue.address))))
    return printed_ticket(
        title=event.title, name=sign_up.name, code=sign_up.ticket_code or "", facts=facts,
        address=queries.ticket_address(sign_up), filename=f"ticket-{event.id}.pdf",
    )  # fmt: skip


def _behind(secret: str) -> SignUp:
    found: SignUp | None = queries.find_sign_up_by_secret(secret)
    if found is None:
        raise Gone
    return found


def _do(sign_up: SignUp, deed: str) -> None:
    if deed == "abgeben":
        waited = sign_up.state != "registered"
        actions.give_back(sign_up)
        thanks = (
            _("You are not signed up any more.") if waited else _("Your place is given back. Thank you for telling us.")
        )
        flash(thanks, "success")
        return
    row = actions.take_place(sign_up) if deed == "nehmen" else actions.sign_up_again(sign_up)
    said = {
        "registered": _("You have a place. We have sent you a mail with your ticket."),
        "waiting": _("You are on the waiting list. We write to you as soon as a place is free."),
    }
    flash(said[row.state], "success")


def _page_of(sign_up: SignUp, *, secret: str) -> ResponseReturnValue:
    """The same page for who has an account and who has the link of a mail."""
    event, time = sign_up.event, now()
    return render_template(
        "events/_place.html", event=event, sign_up=sign_up, secret=secret, time=time, request=request,
        picture=qr_picture(queries.ticket_address(sign_up)) if sign_up.state == "registered" else "",
        queue=place_in_queue(EVENT_PLACES, sign_up) if sign_up.state == "waiting" else 0,
        may_give_back=may_give_back(sign_up, time), may_again=may_sign_up_again(sign_up, time),
        is_proved=sign_up.confirmed_at is not None,
    )  # fmt: skip
