from ideenlab.hackathons.views import agenda, hackathon, registering
from ideenlab.hackathons.views.door import blueprint

__all__ = ["agenda", "blueprint", "hackathon", "registering"]
