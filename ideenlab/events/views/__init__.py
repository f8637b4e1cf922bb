from ideenlab.events.views import event, programme, sign_up
from ideenlab.events.views.door import blueprint

__all__ = ["blueprint", "event", "programme", "sign_up"]
