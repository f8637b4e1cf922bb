from ideenlab.ideas.views import (
    autosave,
    co_authors,
    comments,
    discussion,
    duplicates,
    exposure,
    following,
    guests,
    history,
    idea,
    images,
    lists,
    on_behalf,
    similar,
    sorting,
    supports,
    tags,
    writing,
)
from ideenlab.ideas.views.door import blueprint

__all__ = [
    "autosave", "blueprint", "co_authors", "comments", "discussion", "duplicates", "exposure", "following", "guests",
    "history", "idea", "images", "lists", "on_behalf", "similar", "sorting", "supports", "tags", "writing",
]  # fmt: skip
