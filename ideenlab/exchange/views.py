"""Everybody sees the open ideas of other cities; organisers take one over."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser, public, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import excerpt
from ideenlab.core.verdict import require
from ideenlab.exchange import actions
from ideenlab.exchange.forms import ForeignSearchForm, TakeOverForm
from ideenlab.exchange.queries import (
    foreign_ideas,
    get_foreign_idea,
    get_source,
    is_anything_listed,
    same_idea_elsewhere,
    search_foreign_ideas,
    similar_foreign_ideas,
    sources,
    taken_from,
)
from ideenlab.exchange.rules import may_take_over
from ideenlab.ideas.models import Call, Idea
from ideenlab.ideas.queries import calls, get_call, get_idea
from ideenlab.ideas.rules import may_enter_idea, may_read_text

blueprint = Blueprint("exchange", __name__)


@blueprint.app_context_processor
def for_pages_of_ideas() -> dict[str, Any]:
    return {
        "taken_from": taken_from,
        "is_anything_elsewhere": is_anything_listed,
        "same_idea_elsewhere": same_idea_elsewhere,
    }


@blueprint.get("/ideen/anderswo")
@public
def elsewhere() -> ResponseReturnValue:
    """All of them, of one city, with some words, or like an idea of ours."""
    form = ForeignSearchForm(request.args)
    words = (form.q.data or "") if form.validate() else ""
    like, city = _ours(request.args.get("idee", "")), _number(request.args.get("stadt", ""))
    known = [source for source in sources() if not source.is_paused and source.idea_count]
    source = get_source(city) if city else None
    page = foreign_ideas(source, cursor=request.args.get("cursor"))
    rows = similar_foreign_ideas(like.title) if like else search_foreign_ideas(words) if words else page.rows
    return render_template(
        "exchange/elsewhere.html", form=form, words=words, like=like, known=known, source=source, rows=rows,
        next="" if like or words else page.next, excerpt=excerpt, may_take=_takes_over(),
    )  # fmt: skip


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0


def _ours(typed: str) -> Idea | None:
    """The idea of ours that others shall be like, as far as everybody sees it."""
    number = _number(typed)
    idea = get_idea(number) if number else None
    if idea is not None and (idea.state != "published" or not may_read_text(visitor(), idea)):
        raise NotFound
    return idea


def _takes_over() -> bool:
    person = visitor()
    return person is not None and person.has_role("organiser", "administrator")


@blueprint.route("/ideen/anderswo/<int:number>/uebernehmen", methods=["GET", "POST"])
@organiser
def take_over(number: int) -> ResponseReturnValue:
    idea = get_foreign_idea(number)
    require(may_take_over(me(), idea, None, now()))
    open_calls = [call for call in calls() if may_enter_idea(me(), call, now())]
    form = TakeOverForm(title=idea.title, text=idea.text)
    form.call.choices = [(call.slug, call.title) for call in open_calls]
    if form.validate_on_submit():
        try:
            ours = actions.take_over(
                me(), idea=idea, call=_call(form.call.data), title=form.title.data or "", text=form.text.data or ""
            )
            flash(_("The idea is taken over. It names where it comes from."), "success")
            return redirect(url_for("ideas.idea", idea_id=ours.id), 303)
        except Invalid as problem:
            refuse(form, problem.field, str(problem))
    page = render_template("exchange/take_over.html", form=form, idea=idea, open_calls=open_calls)
    return page, 422 if form.errors else 200


def _call(slug: object) -> Call:
    return get_call(str(slug))
