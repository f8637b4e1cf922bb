"""Mails are plain text: the first line of the template is the subject, names in it are data and never markup."""

from flask import current_app

from ideenlab.core.links import public_url


def write_mail(template: str, **values: object) -> tuple[str, str]:
    """Subject and text of `templates/mail/<template>.txt` in the language spoken now."""
    page = current_app.jinja_env.get_template(f"mail/{template}.txt").render(
        public_url=public_url, city=current_app.config["SETTINGS"], **values
    )  # without what a page knows of its visitor: somebody else reads this, and a command may write it
    subject, _, text = page.strip().partition("\n")
    return subject.strip(), text.strip() + "\n"
