"""The outbox: what waits and why, once more, and a mail to try it out."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import administrator, me
from ideenlab.administration import actions
from ideenlab.administration.queries import KINDS, latest_test_mail, mail_counts, mails, waiting_test_mail
from ideenlab.administration.rules import masked, may_retry_mail, may_test_mail, without_secrets
from ideenlab.administration.views.door import blueprint
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.core.security import city
from ideenlab.mail.queries import get_mail


@blueprint.get("/administration/postausgang")
@administrator
def outbox() -> ResponseReturnValue:
    kind = request.args.get("kind", "waiting")
    kind = kind if kind in KINDS else "waiting"
    return render_template(
        "administration/outbox.html", kind=kind, counts=mail_counts(),
        page=mails(kind, cursor=request.args.get("cursor")),
        masked=masked, without_secrets=without_secrets, test=latest_test_mail(me()),
        may_retry=lambda mail: may_retry_mail(me(), mail, now()),
        may_test=may_test_mail(me(), waiting_test_mail(me())), has_server=bool(city().smtp_host),
    )  # fmt: skip


@blueprint.post("/administration/postausgang/<int:mail_id>/erneut")
@administrator
def retry_mail(mail_id: int) -> ResponseReturnValue:
    actions.retry_mail(me(), mail=get_mail(mail_id))
    return _back(_("The mail is sent again at once."))


@blueprint.post("/administration/postausgang/alle-erneut")
@administrator
def retry_mails() -> ResponseReturnValue:
    number = actions.retry_mails(me())
    return _back(ngettext("%(num)s mail is sent again.", "%(num)s mails are sent again.", number))


@blueprint.post("/administration/postausgang/test")
@administrator
def send_test_mail() -> ResponseReturnValue:
    actions.send_test_mail(me())
    return _back(_("A test mail to you is on its way. Reload this page in some seconds to see what became of it."))


def _back(text: str) -> ResponseReturnValue:
    flash(text, "success")
    return redirect(url_for("administration.outbox"), 303)
