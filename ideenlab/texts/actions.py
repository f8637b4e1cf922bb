"""The city writes its own pages and mails. Every text that was kept once can be read again and taken back."""

from collections.abc import Iterable

from ideenlab.accounts.models import Person
from ideenlab.city.actions import remember
from ideenlab.core.braces import unknown_names
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid, NotFound
from ideenlab.core.i18n import LANGUAGES, ngettext
from ideenlab.core.i18n import gettext as _
from ideenlab.core.mailwords import mail_names, words_of
from ideenlab.core.settings import MAIL_TEXTS
from ideenlab.core.storage import Storage
from ideenlab.core.text import LONGEST_MARKDOWN, clean_line, clean_text
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.texts.models import CityText, CityTextVersion
from ideenlab.texts.queries import find_text
from ideenlab.texts.rules import (
    PAGES,
    glued,
    may_change_mails,
    may_change_pages,
    must_hold,
    page_html,
    placeholder_names,
)

LONGEST_SUBJECT, LONGEST_MAIL = 150, 8000


def write_page(administrator: Person | None, *, name: str, language: str, text: str, revision: int) -> CityText:
    """Keep the city's words for a page; none take them back. `revision` is the one that was being changed."""
    if administrator is not None:
        require(may_change_pages(administrator))
    _insist_on(name, language, among=PAGES)
    text = checked_page(text)
    return _keep(administrator, "page", name, language, text, page_html(text) if text else "", revision)


def checked_page(text: str) -> str:
    text = clean_text(text)
    if len(text) > LONGEST_MARKDOWN:
        raise Invalid(_("At most %(most)s characters, please.", most=LONGEST_MARKDOWN), field="text")
    _refuse_unknown(text, placeholder_names(), "text")
    return text


def word_mail(
    organiser: Person | None, *, name: str, language: str, subject: str, text: str, revision: int
) -> CityText:
    """Say a mail in the city's own words. From then on it leaves like this, to everybody who reads this language."""
    if organiser is not None:
        require(may_change_mails(organiser))
    _insist_on(name, language, among=mail_names())
    whole = checked_mail(name, subject, text)
    return _keep(organiser, "mail", name, language, whole, "", revision)


def checked_mail(name: str, subject: str, text: str) -> str:
    """Subject and text as they are kept. Raises Invalid for what would be no mail."""
    subject, text = clean_line(subject), clean_text(text)
    known = words_of(name)
    if not 3 <= len(subject) <= LONGEST_SUBJECT:
        raise Invalid(_("A subject has 3 to %(most)s characters.", most=LONGEST_SUBJECT), field="subject")
    if not 10 <= len(text) <= LONGEST_MAIL:
        raise Invalid(_("A mail has 10 to %(most)s characters.", most=LONGEST_MAIL), field="text")
    _refuse_unknown(subject, known, "subject")
    _refuse_unknown(text, known, "text")
    for needed in must_hold(list(known)):
        if f"{{{needed}}}" not in f"{subject}\n{text}":
            sentence = _("{%(name)s} must stand in the text: without it nobody can do what the mail is about.",
                         name=needed)  # fmt: skip
            raise Invalid(sentence, field="text")
    _refuse_glued(subject, text)
    return f"{subject}\n\n{text}\n"


def _refuse_glued(*texts: str) -> None:
    for word in (word for text in texts for word in glued(text)):
        raise Invalid(
            _("“%(word)s”: a code or a link stands for itself, with a blank before and after it.", word=word[:60]),
            field="text",
        )


def reset_mail(organiser: Person, *, name: str, language: str, revision: int) -> None:
    """Our own words again."""
    require(may_change_mails(organiser))
    _insist_on(name, language, among=mail_names())
    _keep(organiser, "mail", name, language, "", "", revision)


def _insist_on(name: str, language: str, *, among: Iterable[str]) -> None:
    if name not in among or language not in LANGUAGES:
        raise NotFound


def _refuse_unknown(text: str, known: Iterable[str], field: str) -> None:
    unknown = unknown_names(text, known)
    if unknown:
        said, all_of_them = (", ".join(f"{{{name}}}" for name in names) for names in (unknown, known))
        sentence = ngettext(
            "%(unknown)s means nothing here. These can be used: %(known)s.",
            "%(unknown)s mean nothing here. These can be used: %(known)s.",
            len(unknown), unknown=said, known=all_of_them,
        )  # fmt: skip
        raise Invalid(sentence, field=field)


def _keep(person: Person | None, kind: str, name: str, language: str, text: str, html: str, revision: int) -> CityText:
    kept = find_text(kind, name, language, locked=True)
    if kept is None:
        kept = CityText(kind=kind, name=name, language=language, text="", revision=0)
        db.session.add(kept)
    elif kept.revision != revision:
        raise Conflict(
            _("Somebody else has changed this text while you were typing. Nothing of yours is saved yet."),
            mine=[(_("Text"), text)], stored=[(_("Text"), kept.text)],
        )  # fmt: skip
    if text == kept.text:
        db.session.flush()
        return kept
    kept.text, kept.html, kept.revision = text, html, kept.revision + 1
    kept.changed_at, kept.changed_by_id = now(), person.id if person else None
    db.session.flush()
    version = CityTextVersion(
        text_id=kept.id, revision=kept.revision, text=text, written_at=kept.changed_at,
        written_by_id=kept.changed_by_id,
    )  # fmt: skip
    db.session.add(version)
    record(person, f"texts.{kind}_changed", kept, note=f"{name} {language}")
    if kind == "mail":
        remember(person, MAIL_TEXTS, Storage.new_key())  # every process reads the texts of mails again
    db.session.flush()
    return kept
