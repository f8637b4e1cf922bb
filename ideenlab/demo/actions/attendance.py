"""Who waits for a place, who came: what organisers see around the places of a hackathon."""

from datetime import timedelta

from ideenlab.core.db import db
from ideenlab.core.text import render_markdown
from ideenlab.demo.actions.world import World
from ideenlab.hackathons.models import Hackathon, Question, Registration
from ideenlab.hackathons.queries import registrations_of

RULES = (
    "- Wir gehen freundlich miteinander um.\n- Niemand wird ausgelacht, angefasst oder ohne Zustimmung fotografiert.\n"
    "- Wenn etwas nicht stimmt, hilft das Organisationsteam sofort."
)
HOUSE = "- Bitte keine offenen Flammen.\n- Werkzeug kommt am Abend zurück ins Regal."
QUESTIONS = (
    ("choice", "Welche T-Shirt-Größe haben Sie?", "XS\nS\nM\nL\nXL"),
    ("yes_no", "Bringen Sie einen eigenen Laptop mit?", ""),
)
MOST_WAITING = 3


def add_attendance(world: World) -> None:
    """At the large hackathon people have come, and some were left on its waiting list. The small one has questions."""
    large, small = world.hackathons["current"], world.hackathons["open"]
    for hackathon in (large, small):
        hackathon.code_of_conduct, hackathon.code_of_conduct_html = RULES, render_markdown(RULES)
    small.house_rules, small.house_rules_html = HOUSE, render_markdown(HOUSE)
    for position, (kind, text, choices) in enumerate(QUESTIONS, 1):
        db.session.add(Question(hackathon=small, position=position, kind=kind, text=text, choices=choices))
    db.session.flush()
    here = registrations_of(large)
    for registration in here:
        registration.checked_in_at = large.starts_at - timedelta(minutes=world.dice.randint(1, 50))
    _add_waiting(world, large, {registration.person_id for registration in here})
    large.places = large.registered_count


def _add_waiting(world: World, hackathon: Hackathon, there: set[int]) -> None:
    assert hackathon.registration_until
    others = [person for person in world.people.values() if person.id not in there and not person.roles]
    for number, person in enumerate(others[-MOST_WAITING:]):
        moment = hackathon.registration_until - timedelta(hours=MOST_WAITING - number)
        db.session.add(Registration(hackathon=hackathon, person=person, state="waiting", created_at=moment))
