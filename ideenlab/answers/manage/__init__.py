from ideenlab.answers.manage import answers, figures, published, settings, statuses
from ideenlab.answers.manage.door import blueprint

__all__ = ["answers", "blueprint", "figures", "published", "settings", "statuses"]
