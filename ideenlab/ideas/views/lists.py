"""The calls, and the list of ideas of one call."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from flask import Response, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from ideenlab.accounts.access import me, public, signed_in, visitor
from ideenlab.core.buffer import Tally
from ideenlab.core.clock import now
from ideenlab.core.i18n import ngettext
from ideenlab.core.page_cache import each_time, same_for_visitors
from ideenlab.core.paging import Page
from ideenlab.core.phases import is_over, window
from ideenlab.core.templates import written
from ideenlab.core.text import safe_html
from ideenlab.ideas.actions.appearances import store_appearances
from ideenlab.ideas.models import PHASES, Call
from ideenlab.ideas.queries import (
    IdeaCard,
    Option,
    call_stage,
    count_ideas,
    count_without_each,
    drafts_of,
    get_call,
    list_ideas,
    options_of,
)
from ideenlab.ideas.queries import calls as every_call
from ideenlab.ideas.rules import draft_kept_until, may_judge_duplicates, open_for_ideas
from ideenlab.ideas.views.choosing import (
    LONGEST_SEARCH,
    ORDERS,
    Choice,
    labels,
    new_draw,
    orders_of,
    origin_names,
    read_choice,
)
from ideenlab.ideas.views.door import blueprint
from ideenlab.programme.queries import today

appearances = Tally(store_appearances)  # which ideas stood on a first page together, by day
blueprint.teardown_app_request(lambda _error: appearances.write_if_due())


def cards_of(ideas: Sequence[IdeaCard], mode: str = "yes") -> list[Markup]:
    """The same idea with the same numbers looks the same on every list."""
    return [written("ideas/_card.html", "idea_card", idea, mode) for idea in ideas]


def drawn_cards(call: Call, number: int = 3) -> list[Markup]:
    """Some ideas of a call by lot, each with the same chance, as cards."""
    return cards_of(list_ideas(call, order="random", seed=new_draw()).rows[:number], call.support_mode)


@blueprint.app_context_processor
def give_cards() -> dict[str, object]:
    return {"drawn_cards": drawn_cards}


@blueprint.get("/ideen")
@public
@same_for_visitors
def calls() -> ResponseReturnValue:
    """What runs now, what comes, what is finished."""
    by_stage: dict[str, list[Call]] = {"open": [], "coming": [], "over": []}
    at = now()
    for call in every_call():
        by_stage[call_stage(call, at)].append(call)
    return render_template("ideas/calls.html", by_stage=by_stage, steps_of=steps_of, why_not=open_for_ideas, at=at)


@blueprint.get("/ideen/<slug>")
@public
@same_for_visitors
def ideas(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    options = options_of(call)
    choice = read_choice(call, options)
    if "" in request.args.values():  # a form sends its empty fields too
        return redirect(choice.address(weiter=choice.cursor or None))
    order = ORDERS[choice.order]
    is_part = bool(request.headers.get("HX-Request") and choice.cursor)
    count = None if is_part or choice.text else count_ideas(call, choice.wanted, order=order)
    seed = new_draw() if choice.seed is None else choice.seed
    page = list_ideas(
        call, order=order, wanted=choice.wanted, text=choice.text, cursor=choice.cursor, seed=seed, count=count
    )  # fmt: skip
    if is_part:
        return _part(call, page, choice)
    if choice.is_default and page.rows and not request.headers.get("Sec-Purpose"):  # not fetched in advance
        each_time(partial(appearances.count, (today(), tuple(card.id for card in page.rows))))
    return _varied(make_response(_whole(call, page, replace(choice, seed=seed), options, count)))


def _part(call: Call, page: Page[IdeaCard], choice: Choice) -> Response:
    more = make_response(render_template("ideas/_more.html", call=call, page=page, choice=choice, cards_of=cards_of))
    said = ngettext("%(num)s more idea", "%(num)s more ideas", len(page.rows))
    more.headers["HX-Trigger"] = json.dumps({"announce": said})
    return _varied(more)


def _is_staff() -> bool:
    person = visitor()
    return person is not None and bool(may_judge_duplicates(person))


def _whole(
    call: Call, page: Page[IdeaCard], choice: Choice, options: Mapping[str, list[Option]], count: int | None
) -> str:
    at = now()
    is_empty = not page.rows and choice.narrows
    counts: dict[str, int] = {}
    if is_empty and choice.text:
        counts = {"text": count_ideas(call, choice.wanted)}
    elif is_empty:
        counts = count_without_each(call, choice.wanted, order=ORDERS[choice.order])
    return render_template(
        "ideas/ideas.html", call=call, choice=choice, page=page, at=at, count=count, options=options, labels=labels(),
        chips=list(choice.chips(counts)), may_give=open_for_ideas(call, at), steps=steps_of(call),
        stage=call_stage(call, at), is_staff=_is_staff(), orders=orders_of(call),
        origins=origin_names(), longest_search=LONGEST_SEARCH,
        safe_html=safe_html, cards_of=cards_of,
    )  # fmt: skip


@blueprint.get("/entwuerfe")
@signed_in
def drafts() -> ResponseReturnValue:
    return render_template("ideas/drafts.html", ideas=drafts_of(me()), kept_until=draft_kept_until)


class Step(NamedTuple):
    """A planned phase of a call; `state` is done, now, or empty when it is still to come."""

    phase: str
    begin: datetime
    end: datetime | None
    state: str


def steps_of(call: Call) -> tuple[Step, ...]:
    """The planned phases of a call with their dates, for the timeline."""
    at = now()
    steps: list[Step] = []
    for phase in PHASES:
        begin, end = window(call, phase)
        if begin is None:
            continue
        state = "done" if is_over(call, phase, at) else "now" if begin <= at else ""
        steps.append(Step(phase, begin, end, state))
    return tuple(sorted(steps, key=lambda step: (step.begin, PHASES.index(step.phase))))


def _varied(response: Response) -> Response:
    response.headers.add("Vary", "HX-Request")
    return response
