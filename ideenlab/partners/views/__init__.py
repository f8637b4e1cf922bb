from ideenlab.partners.views import editing, partner
from ideenlab.partners.views.door import blueprint

__all__ = ["blueprint", "editing", "partner"]
