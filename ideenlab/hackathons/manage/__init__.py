from ideenlab.hackathons.manage import agenda, opening, planning
from ideenlab.hackathons.manage.door import blueprint

__all__ = ["agenda", "blueprint", "opening", "planning"]
