from ideenlab.opendata.api import description, hackathons, ideas, programme, writing
from ideenlab.opendata.api.blueprint import blueprint

__all__ = ["blueprint", "description", "hackathons", "ideas", "programme", "writing"]
