"""Mails are plain text: the first line of the template is the subject, names in it are data and never markup."""

from flask import current_app, render_template

from ideenlab.core.links import public_url


def write_mail(template: str, **values: object) -> tuple[str, str]:
    """Subject and text of `templates/mail/<template>.txt` in the language spoken now."""
    page = render_template(
        f"mail/{template}.txt", public_url=public_url, city=current_app.config["SETTINGS"], **values
    )  # fmt: skip
    subject, _, text = page.strip().partition("\n")
    return subject.strip(), text.strip() + "\n"
