import io
from typing import Any

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, signed_in, visitor
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.core.text import fold, safe_html
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.prototypes.models import HandIn
from ideenlab.prototypes.queries import (
    content_of,
    gallery_of,
    get_hand_in,
    get_prototype,
    hand_ins_of,
    latest_hand_in,
)
from ideenlab.prototypes.rules import may_see_draft, may_see_every_prototype, may_see_prototype, may_see_version
from ideenlab.prototypes.views.blueprint import blueprint
from ideenlab.teams.queries import find_team_of, memberships_of
from ideenlab.teams.rules import shown_name


@blueprint.get("/hackathon/<slug>/prototypen")
@public
def gallery(slug: str) -> ResponseReturnValue:
    """What was handed in: for everybody once the gallery is open, before that for organisers and the own team."""
    hackathon, person = get_hackathon(slug), visitor()
    verdict = may_see_every_prototype(person, hackathon, now())
    team = find_team_of(person, hackathon) if person else None
    handed_in = gallery_of(hackathon) if verdict or team else []
    mine = [pair for pair in handed_in if verdict or (team and pair[0].team_id == team.id)]
    contents = {hand_in.id: content_of(hand_in) for _prototype, hand_in in mine}
    challenges = {each["id"]: each["title"] for content in contents.values() for each in content.get("challenges", [])}
    chosen = _chosen_challenge(challenges)
    shown = [pair for pair in mine if chosen is None or chosen in _challenge_ids(contents[pair[1].id])]
    return render_template(
        "prototypes/gallery.html", hackathon=hackathon, verdict=verdict, shown=shown, contents=contents, team=team,
        challenges=sorted(challenges.items(), key=lambda pair: (fold(pair[1]), pair[0])), chosen=chosen, all=len(mine),
    )  # fmt: skip


def _chosen_challenge(challenges: dict[int, str]) -> int | None:
    """The challenge that the address names; one that nobody answers filters nothing."""
    text = request.args.get("aufgabe", "")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
    return number if number in challenges else None


def _challenge_ids(content: dict[str, Any]) -> list[int]:
    return [each["id"] for each in content.get("challenges", [])]


@blueprint.get("/prototyp/<int:prototype_id>")
@public
def prototype(prototype_id: int) -> ResponseReturnValue:
    """The version that counts, never the draft."""
    prototype = get_prototype(prototype_id)
    hand_in = latest_hand_in(prototype)
    if hand_in is None:
        raise NotFound
    verdict = may_see_prototype(visitor(), prototype, now())
    if prototype.hackathon.rehearsal_of_id and not may_see_draft(visitor(), prototype.team):
        raise NotFound  # the address of a rehearsal is told, and a number can be guessed
    if not verdict:
        return render_template("prototypes/_not_yet.html", hackathon=prototype.hackathon, verdict=verdict), 403
    return render_template("prototypes/prototype.html", **_shown(hand_in))


@blueprint.get("/prototyp/<int:prototype_id>/version/<int:number>")
@public
def version(prototype_id: int, number: int) -> ResponseReturnValue:
    """A version with its receipt."""
    hand_in = get_hand_in(get_prototype(prototype_id), number)
    require(may_see_version(visitor(), hand_in, now()))
    return render_template("prototypes/version.html", versions=hand_ins_of(hand_in.prototype), **_shown(hand_in))


@blueprint.get("/prototyp/<int:prototype_id>/version/<int:number>/inhalt.json")
@signed_in
def version_content(prototype_id: int, number: int) -> ResponseReturnValue:
    """Exactly the bytes whose SHA-256 stands on the receipt."""
    hand_in = get_hand_in(get_prototype(prototype_id), number)
    require(may_see_version(visitor(), hand_in, now()))
    content = io.BytesIO(hand_in.content.encode())
    name = f"prototyp-{prototype_id}-version-{number}.json"
    response = send_file(content, mimetype="application/json", as_attachment=True, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _shown(hand_in: HandIn) -> dict[str, object]:
    team = hand_in.prototype.team
    return {
        "hand_in": hand_in, "prototype": hand_in.prototype, "team": team, "hackathon": hand_in.prototype.hackathon,
        "people": [shown_name(membership) for membership in memberships_of(team)], "content": content_of(hand_in),
        "description": safe_html(hand_in.description_html),
        "inside": bool(may_see_draft(visitor(), team)),
    }  # fmt: skip
