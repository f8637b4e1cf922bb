"""Ideas like the one that somebody is typing: a part of the form with JavaScript, a page of its own without."""

import json

from flask import Response, make_response, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.text import clean_line
from ideenlab.ideas.actions.ideas import LONGEST_TITLE
from ideenlab.ideas.queries import get_call
from ideenlab.ideas.queries import similar_ideas as ideas_like
from ideenlab.ideas.views.door import blueprint


@blueprint.get("/ideen/<slug>/aehnliche")
@public
def similar_ideas(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    title = clean_line(request.args.get("titel", "")[: 4 * LONGEST_TITLE])[:LONGEST_TITLE]
    but = request.args.get("ausser", "")
    ideas = ideas_like(call, title, but=int(but) if but.isascii() and but.isdigit() and len(but) < 10 else 0)
    if request.headers.get("X-Part"):
        return _part(render_template("ideas/_similar.html", call=call, ideas=ideas), len(ideas))
    return render_template("ideas/similar_ideas.html", call=call, title=title, ideas=ideas, longest=LONGEST_TITLE)


@blueprint.app_context_processor
def for_forms() -> dict[str, object]:
    """What the preview of an idea shows without JavaScript."""
    return {"similar_to": lambda call, title, but=0: ideas_like(call, title or "", but=but)}


def _part(page: str, number: int) -> Response:
    answer = make_response(page)
    said = ngettext("%(num)s similar idea", "%(num)s similar ideas", number) if number else _("No similar idea")
    answer.headers["X-Announce"] = json.dumps(said)  # ASCII, as headers must be
    answer.headers.add("Vary", "X-Part")
    return answer
