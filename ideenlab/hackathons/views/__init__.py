from ideenlab.hackathons.views import (
    agenda,
    guardians,
    hackathon,
    registering,
    tickets,
)
from ideenlab.hackathons.views.door import blueprint

__all__ = ["agenda", "blueprint", "guardians", "hackathon", "registering", "tickets"]
