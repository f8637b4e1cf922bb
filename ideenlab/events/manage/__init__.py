from ideenlab.events.manage import entrance, events, people, venues
from ideenlab.events.manage.door import blueprint

__all__ = ["blueprint", "entrance", "events", "people", "venues"]
