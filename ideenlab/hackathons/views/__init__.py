from ideenlab.hackathons.views import hackathon, registering
from ideenlab.hackathons.views.door import blueprint

__all__ = ["blueprint", "hackathon", "registering"]
