"""The draft and its files for the team; what was handed in for everybody who may see it."""

from ideenlab.prototypes.views import autosave, checking, drafts, files, screenshots, shown, uploads
from ideenlab.prototypes.views.blueprint import blueprint

__all__ = ["autosave", "blueprint", "checking", "drafts", "files", "screenshots", "shown", "uploads"]
