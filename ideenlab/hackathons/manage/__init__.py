from ideenlab.hackathons.manage import (
    agenda,
    check_in,
    helpers,
    opening,
    papers,
    planning,
    questions,
    registrations,
)
from ideenlab.hackathons.manage.door import blueprint

__all__ = ["agenda", "blueprint", "check_in", "helpers", "opening", "papers", "planning", "questions", "registrations"]
