from ideenlab.opendata.api import ideas
from ideenlab.opendata.api.blueprint import blueprint

__all__ = ["blueprint", "ideas"]
