"""Who calls is typed in by organisers and by helpers, who see nobody else on the list."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser, signed_in, visitor
from ideenlab.accounts.queries import find_person_by_pseudonym
from ideenlab.attendance.forms import HelperForm
from ideenlab.attendance.queries import place_in_queue
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import accepted
from ideenlab.events import actions, queries
from ideenlab.events.forms import GuestForm
from ideenlab.events.manage.door import blueprint
from ideenlab.events.models import EVENT_PLACES, SignUp
from ideenlab.events.rules import may_answer_telephone, may_enter_sign_up, may_see_who_comes, may_start_entering
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import get_edition


@blueprint.get("/<slug>/telefon")
@signed_in
def telephone(slug: str) -> ResponseReturnValue:
    """What there are places for, and whom one has typed in oneself."""
    edition = get_edition(slug)
    require(may_answer_telephone(me(), edition, now()))
    return render_template(
        "events/manage/telephone.html", edition=edition, events=queries.callable_events(edition), time=now(),
        entered=queries.entered_by(me(), edition), place_state=queries.place_state,
    )  # fmt: skip


@blueprint.route("/<int:number>/anmeldungen/neu", methods=["GET", "POST"])
@signed_in
def new_sign_up(number: int) -> ResponseReturnValue:
    """For somebody on the telephone."""
    event, form = queries.get_event(number), GuestForm()
    require(may_start_entering(me(), event, now()))
    sees_list = bool(may_see_who_comes(me(), event))
    back = url_for("manage_events.people", number=number)
    if not sees_list:
        back = url_for("manage_events.telephone", slug=event.edition.slug)
    made: list[SignUp] = []
    if accepted(form, lambda: made.append(actions.enter_sign_up(me(), event=event, guest=form.guest()))):
        flash(_said_about(made[0]), "success")
        return redirect(back, 303)
    page = render_template(
        "events/manage/new_sign_up.html", event=event, form=form, verdict=may_enter_sign_up(me(), event, now()),
        back=back, sees_list=sees_list,
    )  # fmt: skip
    return page, 422 if form.errors or form.form_errors else 200


@blueprint.post("/anmeldungen/<int:place>/zuruecknehmen")
@signed_in
def take_back_entry(place: int) -> ResponseReturnValue:
    """Who was typed in does not want to come after all, or it was a mistake."""
    row = queries.find_sign_up_by_number(place)
    if row is None or row.entered_by_id != me().id:
        raise NotFound
    actions.cancel_for(me(), sign_up=row)
    flash(_("Cancelled. The place goes to who waits longest."), "success")
    return redirect(url_for("manage_events.telephone", slug=row.event.edition.slug), 303)


@blueprint.route("/<slug>/telefon/personen", methods=["GET", "POST"])
@organiser
def telephone_helpers(slug: str) -> ResponseReturnValue:
    edition, form = get_edition(slug), HelperForm()
    if accepted(form, lambda: _name(edition, form.pseudonym.data)):
        flash(_("This person can type in who calls now, and is told by mail."), "success")
        return redirect(url_for("manage_events.telephone_helpers", slug=slug), 303)
    page = render_template(
        "events/manage/telephone_helpers.html", edition=edition, form=form, helpers=queries.event_helpers_of(edition)
    )
    return page, 422 if form.errors else 200


@blueprint.post("/telefon/<int:number>/beenden")
@organiser
def end_telephone_helper(number: int) -> ResponseReturnValue:
    helper = queries.get_event_helper(number)
    actions.end_event_helper(me(), helper=helper)
    flash(_("%(name)s does not help on the telephone any more.", name=helper.person.pseudonym), "success")
    return redirect(url_for("manage_events.telephone_helpers", slug=helper.edition.slug), 303)


def _name(edition: Edition, pseudonym: str) -> None:
    person = find_person_by_pseudonym(pseudonym)
    if person is None or person.state != "active":
        raise Invalid(_("Nobody has this pseudonym. Please check how it is written."), field="pseudonym")
    actions.name_event_helper(me(), edition=edition, person=person)


def _said_about(row: SignUp) -> str:
    """What can be read out to who calls."""
    if row.state == "registered":
        code = row.ticket_code or ""
        return _("%(name)s has a place. Code of the ticket: %(code)s", name=row.name, code=f"{code[:5]} {code[5:]}")
    return _(
        "%(name)s is on the waiting list, at place %(place)s.", name=row.name, place=place_in_queue(EVENT_PLACES, row)
    )


@blueprint.app_context_processor
def give_weeks_helped() -> dict[str, object]:
    return {"weeks_helped": _weeks_helped}


def _weeks_helped() -> object:
    person = visitor()
    return queries.weeks_helped_by(person) if person else []
