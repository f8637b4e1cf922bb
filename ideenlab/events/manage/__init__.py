from ideenlab.events.manage import entrance, events, imports, people, review, telephone, venues
from ideenlab.events.manage.door import blueprint

__all__ = ["blueprint", "entrance", "events", "imports", "people", "review", "telephone", "venues"]
