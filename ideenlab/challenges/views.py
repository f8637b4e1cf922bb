from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.challenges import queries
from ideenlab.challenges.rules import may_see_challenge, may_see_contact
from ideenlab.core.attachment import attachment
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.text import safe_html
from ideenlab.hackathons.queries import get_hackathon

blueprint = Blueprint("challenges", __name__)


@blueprint.get("/hackathon/<slug>/aufgaben")
@public
@same_for_visitors
def challenges(slug: str) -> ResponseReturnValue:
    found = get_hackathon(slug)
    return render_template("challenges/challenges.html", hackathon=found, challenges=queries.challenges_of(found))


@blueprint.get("/aufgabe/<int:challenge_id>")
@public
@same_for_visitors
def challenge(challenge_id: int) -> ResponseReturnValue:
    found, person = queries.get_challenge(challenge_id), visitor()
    if not may_see_challenge(person, found):
        raise NotFound
    return render_template(
        "challenges/challenge.html", challenge=found, hackathon=found.hackathon, files=queries.files_of(found),
        contact=may_see_contact(person, found), description=safe_html(found.description_html),
        data_sources=safe_html(found.data_sources_html),
    )  # fmt: skip


@blueprint.get("/aufgabe/<int:challenge_id>/datei/<int:file_id>")
@public
def file(challenge_id: int, file_id: int) -> ResponseReturnValue:
    found = queries.get_challenge(challenge_id)
    if not may_see_challenge(visitor(), found):
        raise NotFound
    stored = queries.get_file(found, file_id).file
    return attachment(stored.key, name=stored.name, media_type=stored.media_type, size=stored.size)


@blueprint.app_context_processor
def give_challenges() -> dict[str, object]:
    return {"challenges_from": queries.challenges_from, "challenges_by": queries.challenges_by}
