from ideenlab.events.manage.door import blueprint

__all__ = ["blueprint"]
