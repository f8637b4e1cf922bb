from ideenlab.ideas.views import comments, idea, lists, supports, writing
from ideenlab.ideas.views.door import blueprint

__all__ = ["blueprint", "comments", "idea", "lists", "supports", "writing"]
