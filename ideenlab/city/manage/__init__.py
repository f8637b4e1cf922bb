from ideenlab.city.manage import districts, glossary, settings
from ideenlab.city.manage.door import blueprint

__all__ = ["blueprint", "districts", "glossary", "settings"]
