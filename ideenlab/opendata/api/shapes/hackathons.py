from typing import Any

from ideenlab.challenges.models import Challenge
from ideenlab.core.links import public_page
from ideenlab.core.phases import window
from ideenlab.hackathons.models import WINDOWS, Hackathon
from ideenlab.jury.models import Result
from ideenlab.jury.views.results import public_awards
from ideenlab.opendata.api.shapes.common import Shape, named, same, time
from ideenlab.prototypes.models import HandIn, Prototype
from ideenlab.prototypes.queries import content_of

HACKATHON: Shape = {
    "slug": "string", "url": "uri", "title": "string", "summary": "string?", "description": "string?",
    "edition": "Named", "place": "string?", "starts_at": "date-time", "ends_at": "date-time", "windows": "Windows",
    "places": "integer", "team_size_min": "integer", "team_size_max": "integer",
}  # fmt: skip
WINDOWS_SHAPE: Shape = dict.fromkeys(WINDOWS, "Window")
CHALLENGE: Shape = {
    "id": "integer", "url": "uri", "hackathon": "Named", "title": "string", "summary": "string?",
    "description": "string?", "data_sources": "string?", "partner": "string?", "prize": "string?", "idea": "integer?",
}  # fmt: skip
PROTOTYPE: Shape = {
    "id": "integer", "url": "uri", "hackathon": "Named", "team": "string", "title": "string", "pitch": "string?",
    "description": "string?", "challenges": "[ChallengeName]", "code_url": "string?", "demo_url": "string?",
    "video_url": "string?", "licence": "string?", "prior_work": "string?", "ai_use": "string?", "sha256": "string",
}  # fmt: skip
CHALLENGE_NAME: Shape = {"id": "integer", "title": "string"}
WINNER: Shape = {"place": "integer", "title": "string", "team": "string"}
AWARD: Shape = {"title": "string?", "winners": "[Winner]"}
RESULT: Shape = {
    "id": "integer", "url": "uri", "hackathon": "Named", "number": "integer", "published_at": "date-time",
    "awards": "[Award]", "sha256": "string", "protocol_url": "uri?", "withdrawn_at": "date-time?",
    "withdrawal_reason": "string?",
}  # fmt: skip
TEXTS = ("title", "summary", "description")
HANDED_IN = ("pitch", "description", "code_url", "demo_url", "video_url", "licence", "prior_work", "ai_use")


def hackathon(row: Hackathon) -> dict[str, Any]:
    windows = {name: window(row, name) for name in WINDOWS}
    return {
        **same(row, ("slug", *TEXTS, "place", "places", "team_size_min", "team_size_max")),
        "url": public_page("hackathons.hackathon", slug=row.slug),
        "edition": named(row.edition.slug, row.edition.title), "starts_at": time(row.starts_at),
        "ends_at": time(row.ends_at),
        "windows": {name: {"from": time(begin), "until": time(end)} for name, (begin, end) in windows.items()},
    }  # fmt: skip


def challenge(row: Challenge) -> dict[str, Any]:
    giver = row.given_by  # as on the page: one that is hidden is not named
    return {
        **same(row, ("id", *TEXTS, "data_sources", "prize")),
        "url": public_page("challenges.challenge", challenge_id=row.id),
        "hackathon": named(row.hackathon.slug, row.hackathon.title), "idea": row.idea_id,
        "partner": giver.title if giver and giver.published_at else row.partner or None,
    }  # fmt: skip


def prototype(row: Prototype, hand_in: HandIn) -> dict[str, Any]:
    """What was handed in last, never the team's draft."""
    content = content_of(hand_in)
    return {
        "id": row.id, "url": public_page("prototypes.prototype", prototype_id=row.id),
        "hackathon": named(row.hackathon.slug, row.hackathon.title), "team": row.team.name, "title": hand_in.title,
        **{name: content.get(name) or None for name in HANDED_IN}, "challenges": content.get("challenges", []),
        "sha256": hand_in.sha256,
    }  # fmt: skip


def result(row: Result) -> dict[str, Any]:
    """Who won; every ballot stands in the protocol, where the rules made it everybody's."""
    holds, slug = row.withdrawn_at is None, row.hackathon.slug
    is_open = row.audience == "everybody"
    return {
        **same(row, ("id", "number", "sha256", "withdrawal_reason")), "hackathon": named(slug, row.hackathon.title),
        "url": public_page("jury.result", slug=slug), "published_at": time(row.published_at),
        "withdrawn_at": time(row.withdrawn_at), "awards": awards(row) if holds else [],
        "protocol_url": public_page("jury.protocol_json", slug=slug, number=row.number) if is_open else None,
    }  # fmt: skip


def awards(row: Result) -> list[dict[str, Any]]:
    return [
        {
            "title": shown.award.title or None,
            "winners": [
                {"place": step.place, "title": winner.title, "team": winner.team}
                for step in shown.steps for winner in step.winners
            ],
        }
        for shown in public_awards(row)
    ]  # fmt: skip
