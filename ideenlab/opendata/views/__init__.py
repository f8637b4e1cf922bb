from ideenlab.opendata.views import keys, open_data
from ideenlab.opendata.views.door import blueprint

__all__ = ["blueprint", "keys", "open_data"]
