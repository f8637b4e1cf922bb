from ideenlab.hackathons.views import (
    agenda,
    groups,
    guardians,
    hackathon,
    registering,
    tickets,
)
from ideenlab.hackathons.views.door import blueprint

__all__ = ["agenda", "blueprint", "groups", "guardians", "hackathon", "registering", "tickets"]
