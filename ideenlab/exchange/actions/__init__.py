from ideenlab.exchange.actions.reading import read_sources
from ideenlab.exchange.actions.sources import add_source, pause_source, read_soon, remove_source, resume_source
from ideenlab.exchange.actions.taking_over import take_over

__all__ = [
    "add_source", "pause_source", "read_soon", "read_sources", "remove_source", "resume_source", "take_over",
]  # fmt: skip
