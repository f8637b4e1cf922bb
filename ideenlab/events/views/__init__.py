from ideenlab.events.views import calendar, event, plan, programme, proposals, sign_up
from ideenlab.events.views.door import blueprint

__all__ = ["blueprint", "calendar", "event", "plan", "programme", "proposals", "sign_up"]
