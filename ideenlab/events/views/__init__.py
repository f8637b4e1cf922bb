from ideenlab.events.views.door import blueprint

__all__ = ["blueprint"]
