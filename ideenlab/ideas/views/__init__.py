from ideenlab.ideas.views import comments, guests, idea, lists, on_behalf, sorting, supports, writing
from ideenlab.ideas.views.door import blueprint

__all__ = ["blueprint", "comments", "guests", "idea", "lists", "on_behalf", "sorting", "supports", "writing"]
