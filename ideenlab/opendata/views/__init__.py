from ideenlab.opendata.views import cards, catalogue, exports, feeds, keys, open_data, sitemap
from ideenlab.opendata.views.door import blueprint

__all__ = ["blueprint", "cards", "catalogue", "exports", "feeds", "keys", "open_data", "sitemap"]
