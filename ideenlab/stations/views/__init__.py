from ideenlab.stations.views import helping, kiosk, papers, wall
from ideenlab.stations.views.door import blueprint

__all__ = ["blueprint", "helping", "kiosk", "papers", "wall"]
