"""Helpers at a station type in what stands on paper, and check what others typed in."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotAllowed, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import get_idea
from ideenlab.programme.models import Topic
from ideenlab.programme.queries import topics_of
from ideenlab.stations import actions
from ideenlab.stations.forms import CardForm, CheckDotsForm, CheckForm, DotsForm, OnlyButton
from ideenlab.stations.models import Card, Station
from ideenlab.stations.queries import (
    cards_to_check,
    checked_cards,
    counts_of,
    get_card,
    get_count,
    get_station,
    valid_counts,
)
from ideenlab.stations.rules import may_help_at
from ideenlab.stations.views.door import blueprint


def _helped(station: Station) -> Station:
    require(may_help_at(me(), station, now()))
    return station


def _topic(typed: str | None, topics: list[Topic]) -> Topic | None:
    return next((topic for topic in topics if str(topic.id) == typed), None)


@blueprint.route("/station/<int:station_id>/karten", methods=["GET", "POST"])
@signed_in
def cards(station_id: int) -> ResponseReturnValue:
    station = _helped(get_station(station_id))
    topics = topics_of(station.call.edition)
    form = CardForm.of(topics)
    if form.validate_on_submit():
        try:
            actions.enter_card(
                me(), station=station, origin=form.origin.data, title=form.title.data, text=form.text.data,
                topic=_topic(form.topic.data, topics), code=form.code.data or "", address=form.email.data or None,
            )  # fmt: skip
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        else:
            flash(_("The card is kept. Somebody else checks it now."), "success")
            return redirect(url_for("stations.cards", station_id=station.id), 303)
    page = render_template(
        "stations/cards.html", station=station, form=form, waiting=cards_to_check(station), done=checked_cards(station)
    )
    return page, 422 if form.errors else 200


@blueprint.route("/station/karte/<int:card_id>", methods=["GET", "POST"])
@signed_in
def card(card_id: int) -> ResponseReturnValue:
    card = get_card(card_id)
    station = _helped(card.station)
    topics = topics_of(station.call.edition)
    form = CheckForm.of_card(topics, card)
    if form.validate_on_submit() and _check(card, form, topics):
        flash(_("The card is checked, and the idea is published."), "success")
        return redirect(url_for("stations.cards", station_id=station.id), 303)
    own = card.entered_by_id == me().id
    page = render_template("stations/card.html", card=card, station=station, form=form, own=own)
    return page, 422 if form.errors or form.form_errors else 200


def _check(card: Card, form: CheckForm, topics: list[Topic]) -> bool:
    try:
        actions.check_card(
            me(), card=card, title=form.title.data, text=form.text.data, topic=_topic(form.topic.data, topics),
            alone=form.alone.data, agrees_to_licence=form.agrees.data,
        )  # fmt: skip
    except Invalid as problem:
        refuse(form, problem.field, str(problem))
        return False
    except NotAllowed as refusal:
        refuse(form, "alone", str(refusal))
        return False
    return True


@blueprint.post("/station/karte/<int:card_id>/verwerfen")
@signed_in
def drop_card(card_id: int) -> ResponseReturnValue:
    card = get_card(card_id)
    station = _helped(card.station)
    if OnlyButton().validate_on_submit():
        actions.drop_card(me(), card=card)
        flash(_("The card is dropped. Nothing of its text is kept."), "success")
    return redirect(url_for("stations.cards", station_id=station.id), 303)


@blueprint.route("/station/<int:station_id>/punkte", methods=["GET", "POST"])
@signed_in
def dots(station_id: int) -> ResponseReturnValue:
    station = _helped(get_station(station_id))
    form = DotsForm() if request.method == "POST" else DotsForm(idea=request.args.get("idee", type=int))
    if form.validate_on_submit():
        try:
            actions.count_dots(me(), station=station, idea=_idea(form.idea.data), dots=form.dots.data or 0)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        except NotAllowed as refusal:
            refuse(form, "idea", str(refusal))
        else:
            flash(_("The count is kept. It counts when somebody else has checked it."), "success")
            return redirect(url_for("stations.dots", station_id=station.id), 303)
    counts = counts_of(station)
    page = render_template(
        "stations/dots.html", station=station, form=form, counts=counts, valid=valid_counts(counts), me=me()
    )
    return page, 422 if form.errors else 200


def _idea(number: int | None) -> Idea | None:
    try:
        return get_idea(number or 0)
    except NotFound:
        return None


@blueprint.route("/station/punkte/<int:count_id>", methods=["GET", "POST"])
@signed_in
def dot_count(count_id: int) -> ResponseReturnValue:
    """The second signature."""
    count = get_count(count_id)
    station = _helped(count.station)
    form = CheckDotsForm()
    if form.validate_on_submit():
        try:
            actions.check_dots(me(), count=count, dots=form.dots.data or 0, alone=form.alone.data)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
        except NotAllowed as refusal:
            refuse(form, "alone", str(refusal))
        else:
            flash(_("Signed: this count counts now."), "success")
            return redirect(url_for("stations.dots", station_id=station.id), 303)
    own = count.entered_by_id == me().id
    page = render_template("stations/dot_count.html", count=count, station=station, form=form, own=own)
    return page, 422 if form.errors else 200
