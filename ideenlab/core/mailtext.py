"""Mails are plain text: the first line of the template is the subject, names in it are data and never markup."""

import logging
from typing import NamedTuple

from flask import current_app

from ideenlab.core import links
from ideenlab.core.braces import fill_in, unknown_names
from ideenlab.core.i18n import language
from ideenlab.core.mailwords import values_of
from ideenlab.core.security import city
from ideenlab.core.settings import mail_text

log = logging.getLogger("ideenlab.mail")


class Letter(NamedTuple):
    subject: str
    text: str
    path: str  # of the first link of ours in it, without language; empty when there is none


def write_letter(template: str, **values: object) -> Letter:
    """`templates/mail/<template>.txt` in the language spoken now."""
    built: list[str] = []

    def public_url(endpoint: str, *, anchor: str = "", **parts: object) -> str:
        built.append(links.local_path(endpoint, anchor=anchor, **parts))
        return links.public_url(endpoint, anchor=anchor, **parts)

    # without what a page knows of its visitor: somebody else reads this, and a command may write it
    around = {"public_url": public_url, "city": city(), **values}
    page = current_app.jinja_env.get_template(f"mail/{template}.txt").render(around)
    subject, _, text = (_of_the_city(template, around) or page).strip().partition("\n")
    return Letter(subject.strip(), text.strip() + "\n", built[0] if built else "")


def _of_the_city(template: str, around: dict[str, object]) -> str | None:
    """What the city says in the place of our text. One that cannot be used stops no mail: ours goes instead."""
    text = mail_text(template, language())
    if not text:
        return None
    try:
        known = values_of(template, around)
        unknown = unknown_names(text, known)
        said = fill_in(text, known)
    except Exception:
        log.exception("the city's text of the mail %s cannot be used: ours is sent", template)
        return None
    if unknown or not all(part.strip() for part in said.strip().partition("\n")[::2]):
        log.warning("the city's text of the mail %s cannot be used: ours is sent (%s)", template, unknown)
        return None
    return said


def write_mail(template: str, **values: object) -> tuple[str, str]:
    """Subject and text."""
    letter = write_letter(template, **values)
    return letter.subject, letter.text
