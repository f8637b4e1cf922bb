"""The draft and its files for the team; what was handed in for everybody who may see it."""

from ideenlab.prototypes.views import drafts, files, shown, uploads
from ideenlab.prototypes.views.blueprint import blueprint

__all__ = ["blueprint", "drafts", "files", "shown", "uploads"]
