from ideenlab.insights.views import figures, opinions
from ideenlab.insights.views.door import blueprint

__all__ = ["blueprint", "figures", "opinions"]
