"""The logo of a partner: a picture made of points, drawn anew, in one size."""

from contextlib import suppress
from typing import BinaryIO

from ideenlab.accounts.models import Person
from ideenlab.core.db import after_commit, db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import storage
from ideenlab.core.verdict import require
from ideenlab.files.actions import Content, draw_picture, keep_content
from ideenlab.history.actions import record
from ideenlab.partners.models import Partner
from ideenlab.partners.rules import may_edit_partner


def draw_logo(source: BinaryIO, *, name: str) -> Content:
    """Draw it anew and store it, at most 400 points wide. Slow: outside any transaction. Raises Invalid."""
    head = source.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if name.lower().endswith((".svg", ".svgz")) or b"<svg" in head:
        sentence = _(
            "A logo cannot be an SVG: such a file may hold programs. Please save it as PNG, JPEG or WebP and try again."
        )
        raise Invalid(sentence, field="logo")
    source.seek(0)
    try:
        smallest, *larger = draw_picture(source, name=name)
    except Invalid as problem:
        raise Invalid(str(problem), field="logo") from problem
    for each in larger:
        with suppress(OSError):
            storage().delete(each.content.key)
    return smallest.content


def set_logo(person: Person, *, partner: Partner, content: Content) -> None:
    """Show a logo that was drawn and stored before this transaction; the one before it goes."""
    require(may_edit_partner(person, partner))
    forget_logo(partner)
    partner.logo = keep_content(content, owner_id=person.id)
    record(person, "partners.logo_set", partner)
    db.session.flush()


def remove_logo(person: Person, *, partner: Partner) -> None:
    require(may_edit_partner(person, partner))
    if partner.logo is not None:
        forget_logo(partner)
        record(person, "partners.logo_removed", partner)
    db.session.flush()


def forget_logo(partner: Partner) -> None:
    file = partner.logo
    if file is None:
        return
    key = file.key
    partner.logo = None
    db.session.flush()
    db.session.delete(file)
    after_commit(lambda: storage().delete(key))
    db.session.flush()
