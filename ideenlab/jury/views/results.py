import json

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.jury.queries import (
    find_result,
)  # fmt: skip
from ideenlab.jury.rules import (
    may_see_result,
)  # fmt: skip
from ideenlab.jury.views.blueprint import blueprint


@blueprint.get("/hackathon/<slug>/ergebnis")
@public
@same_for_visitors
def result(slug: str) -> ResponseReturnValue:
    """The published result, from its protocol alone; before that the same page for everybody."""
    hackathon = get_hackathon(slug)
    found = find_result(hackathon)
    verdict = may_see_result(hackathon, found)
    if found is None:
        return render_template("jury/result.html", hackathon=hackathon, result=None, reason=verdict.reason), 404
    protocol = json.loads(found.protocol)
    return render_template("jury/result.html", hackathon=hackathon, result=found, protocol=protocol)


@blueprint.get("/hackathon/<slug>/ergebnis/protokoll.json")
@public
def protocol(slug: str) -> ResponseReturnValue:
    """The bytes whose hash is published."""
    hackathon = get_hackathon(slug)
    found = find_result(hackathon)
    if found is None:
        raise NotFound
    name = f"attachment; filename=ergebnis-{hackathon.slug}.json"
    return Response(found.protocol, mimetype="application/json", headers={"Content-Disposition": name})
