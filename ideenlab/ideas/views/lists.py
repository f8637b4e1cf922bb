"""The calls, and the list of ideas of one call."""

import json
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask import Response, get_template_attribute, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, public, signed_in
from ideenlab.core.clock import now
from ideenlab.core.i18n import language, ngettext
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.paging import LONGEST_CURSOR
from ideenlab.core.phases import is_over, window
from ideenlab.core.text import clean_line, safe_html
from ideenlab.ideas.models import PHASES, Call
from ideenlab.ideas.queries import IdeaCard, call_stage, count_ideas, drafts_of, get_call, list_ideas
from ideenlab.ideas.queries import calls as every_call
from ideenlab.ideas.rules import open_for_ideas
from ideenlab.ideas.views.door import blueprint
from ideenlab.programme.models import Topic
from ideenlab.programme.queries import topics_of

ORDERS = {"neueste": "newest", "beliebt": "supported", "zufall": "random"}
LONGEST_SEARCH = 100
SEEDS = 1_000_000


@dataclass(frozen=True)
class Choice:
    """What a visitor chose on the list, as it stands in the address."""

    text: str
    order: str
    topic: Topic | None
    seed: int | None
    cursor: str

    def address(self, slug: str, **changes: object) -> str:
        """The address of the list with some of it changed; a changed filter begins at the first page."""
        chosen: dict[str, object] = {
            "suche": self.text or None,
            "sortierung": self.order if self.order != "neueste" else None,
            "thema": self.topic.slug if self.topic else None,
            "mischung": self.seed,
        }
        return url_for("ideas.ideas", slug=slug, **{**chosen, **changes})  # type: ignore[arg-type]


def _chosen(topics: list[Topic]) -> Choice:
    """Unknown values are as good as none."""
    given = request.args
    seed = given.get("mischung", "")
    cursor = given.get("weiter", "")
    return Choice(
        text=clean_line(given.get("suche", "")[: 4 * LONGEST_SEARCH])[:LONGEST_SEARCH],
        order=given["sortierung"] if given.get("sortierung") in ORDERS else "neueste",
        topic=next((topic for topic in topics if topic.slug == given.get("thema")), None),
        seed=int(seed) if re.fullmatch("[0-9]{1,9}", seed) else None,
        cursor=cursor if len(cursor) <= LONGEST_CURSOR else "",
    )


@lru_cache(maxsize=8192)
def _card(idea: IdeaCard, _language: str, _prefix: str) -> str:
    """The same idea with the same numbers looks the same on every list, so it is written out once."""
    card: str = get_template_attribute("ideas/_card.html", "idea_card")(idea)
    return card


def cards_of(ideas: Sequence[IdeaCard]) -> list[str]:
    return [_card(idea, language(), request.script_root) for idea in ideas]


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
    topics = topics_of(call.edition)
    choice = _chosen(topics)
    if choice.order == "zufall" and choice.seed is None:
        return redirect(choice.address(slug, mischung=secrets.randbelow(SEEDS)))
    page = list_ideas(
        call, order=ORDERS[choice.order], topic=choice.topic, text=choice.text, cursor=choice.cursor, seed=choice.seed
    )  # fmt: skip
    if request.headers.get("HX-Request") and choice.cursor:
        more = make_response(
            render_template("ideas/_more.html", call=call, page=page, choice=choice, cards_of=cards_of)
        )
        said = ngettext("%(num)s more idea", "%(num)s more ideas", len(page.rows))
        more.headers["HX-Trigger"] = json.dumps({"announce": said})
        return _varied(more)
    at = now()
    whole = render_template(
        "ideas/ideas.html", call=call, topics=topics, choice=choice, page=page, at=at,
        count=None if choice.text else count_ideas(call, choice.topic), may_give=open_for_ideas(call, at),
        steps=steps_of(call), stage=call_stage(call, at), orders=list(ORDERS), longest_search=LONGEST_SEARCH,
        safe_html=safe_html, cards_of=cards_of,
    )  # fmt: skip
    return _varied(make_response(whole))


@blueprint.get("/entwuerfe")
@signed_in
def drafts() -> ResponseReturnValue:
    return render_template("ideas/drafts.html", ideas=drafts_of(me()))


def steps_of(call: Call) -> list[dict[str, object]]:
    """The planned phases of a call with their dates, for the timeline."""
    at = now()
    steps: list[dict[str, object]] = []
    for phase in PHASES:
        begin, end = window(call, phase)
        if begin is None:
            continue
        state = "done" if is_over(call, phase, at) else "now" if begin <= at else ""
        steps.append({"phase": phase, "begin": begin, "end": end, "state": state})
    return sorted(steps, key=lambda step: (str(step["begin"]), PHASES.index(str(step["phase"]))))


def _varied(response: Response) -> Response:
    response.headers.add("Vary", "HX-Request")
    return response
