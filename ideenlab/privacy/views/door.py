from flask import Blueprint, flash

from ideenlab.accounts.access import me
from ideenlab.accounts.actions import send_fresh_code
from ideenlab.accounts.queries import get_person
from ideenlab.accounts.views.common import may_send_mail, this_browser
from ideenlab.core.i18n import gettext as _
from ideenlab.core.web import begin_writing

blueprint = Blueprint("privacy", __name__)


def mail_code() -> None:
    """A code with which somebody shows once more that it is them."""
    number, browser = me().id, this_browser()
    if may_send_mail(me().email or ""):
        begin_writing()
        send_fresh_code(get_person(number), browser=browser)
    flash(_("We sent a code to your present address. It works for 10 minutes."), "success")
