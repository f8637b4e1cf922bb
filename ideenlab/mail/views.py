import re

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from ideenlab.core.qr import qr_picture
from ideenlab.core.security import city
from ideenlab.core.web import public
from ideenlab.mail.queries import get_mail, latest_mails

blueprint = Blueprint("mail", __name__)


@blueprint.get("/demo/postfach")
@public
def mailbox() -> ResponseReturnValue:
    _only_in_a_demo_city()
    return render_template("mail/mailbox.html", mails=latest_mails())


@blueprint.get("/demo/postfach/<int:number>")
@public
def letter(number: int) -> ResponseReturnValue:
    _only_in_a_demo_city()
    mail = get_mail(number)
    picture = qr_picture(mail.qr_text) if mail.qr_text else ""
    return render_template("mail/letter.html", mail=mail, parts=_parts(mail.text), picture=picture)


def _only_in_a_demo_city() -> None:
    """Codes and links of everybody are readable here: never where mails really leave."""
    if not city().demo or city().smtp_host:
        abort(404)


def _parts(text: str) -> list[tuple[str, str]]:
    """The text cut at the links to ourselves: pairs of plain text and link."""
    pieces = re.split(rf"({re.escape(city().base_url)}[^\s<>\"]*)", text)
    return list(zip(pieces[::2], [*pieces[1::2], ""], strict=True))
