from ideenlab.texts.manage import mails, pages
from ideenlab.texts.manage.door import blueprint

__all__ = ["blueprint", "mails", "pages"]
