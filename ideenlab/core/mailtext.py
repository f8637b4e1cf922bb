"""Mails are plain text: the first line of the template is the subject, names in it are data and never markup."""

from typing import NamedTuple

from flask import current_app

from ideenlab.core import links


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

    page = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
        public_url=public_url, city=current_app.config["SETTINGS"], **values
    )  # without what a page knows of its visitor: somebody else reads this, and a command may write it
    subject, _, text = page.strip().partition("\n")
    return Letter(subject.strip(), text.strip() + "\n", built[0] if built else "")


def write_mail(template: str, **values: object) -> tuple[str, str]:
    """Subject and text."""
    letter = write_letter(template, **values)
    return letter.subject, letter.text
