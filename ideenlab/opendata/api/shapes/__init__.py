from ideenlab.opendata.api.shapes import hackathons, ideas, programme
from ideenlab.opendata.api.shapes.common import NAMED, Shape
from ideenlab.opendata.api.shapes.hackathons import awards, challenge, hackathon, prototype, result
from ideenlab.opendata.api.shapes.ideas import comment, idea, stages
from ideenlab.opendata.api.shapes.programme import call, edition, event, partner, topic

SHAPES: dict[str, Shape] = {
    "Named": NAMED, "CallName": ideas.CALL_NAMED, "Answer": ideas.ANSWER, "Idea": ideas.IDEA,
    "Comment": ideas.COMMENT, "Window": programme.WINDOW, "Phases": programme.PHASES_SHAPE,
    "Edition": programme.EDITION, "Topic": programme.TOPIC, "Call": programme.CALL, "Part": programme.PART,
    "Partner": programme.PARTNER, "Venue": programme.VENUE, "Event": programme.EVENT,
    "Hackathon": hackathons.HACKATHON, "Windows": hackathons.WINDOWS_SHAPE, "Challenge": hackathons.CHALLENGE,
    "ChallengeName": hackathons.CHALLENGE_NAME, "Prototype": hackathons.PROTOTYPE, "Winner": hackathons.WINNER,
    "Award": hackathons.AWARD, "Result": hackathons.RESULT,
}  # fmt: skip

__all__ = [
    "SHAPES", "awards", "call", "challenge", "comment", "edition", "event", "hackathon", "idea", "partner", "prototype",
    "result", "stages", "topic",
]  # fmt: skip
