from ideenlab.administration.views import house, log, metrics, outbox  # noqa: F401 - they add their views
from ideenlab.administration.views.door import blueprint

__all__ = ["blueprint"]
