"""The page of a partner: made, changed, shown, hidden, removed."""

from dataclasses import dataclass

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, fold, render_markdown, slugify
from ideenlab.core.verdict import require
from ideenlab.core.weblinks import clean_link, may_link
from ideenlab.history.actions import record
from ideenlab.partners.actions.logos import forget_logo
from ideenlab.partners.models import Participation, Partner, PartnerEditor
from ideenlab.partners.queries import find_partner_by_slug, find_partner_by_title
from ideenlab.partners.rules import may_edit_partner, may_manage_partners, may_remove_partner

FIELDS = ("title", "summary", "description", "website", "contact")


@dataclass(frozen=True)
class Profile:
    """What a partner says about itself."""

    title: str
    summary: str = ""
    description: str = ""
    website: str = ""
    contact: str = ""

    def columns(self) -> dict[str, str]:
        """Raises Invalid."""
        title, website, description = clean_line(self.title), clean_line(self.website), clean_text(self.description)
        if not fold(title):
            raise Invalid(_("A partner needs a name."), field="title")
        if website and not (verdict := may_link(website)):
            raise Invalid(verdict.reason, field="website")
        return {
            "title": title, "title_folded": fold(title), "summary": clean_line(self.summary),
            "description": description, "description_html": render_markdown(description),
            "website": clean_link(website) if website else "", "contact": clean_line(self.contact),
        }  # fmt: skip


def make_partner(organiser: Person, *, profile: Profile) -> Partner:
    """A new one. Nobody else sees it before it is published."""
    require(may_manage_partners(organiser))
    columns = profile.columns()
    _require_free_title(columns["title"], None)
    partner = Partner(slug=free_slug(columns["title"]), **columns)
    db.session.add(partner)
    try:
        record(organiser, "partners.made", partner)
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just added this partner.")) from error
    db.session.flush()
    return partner


def edit_partner(person: Person, *, partner: Partner, profile: Profile, revision: int) -> None:
    """Change it, if nobody changed it since `revision` was read. The address stays, so that links keep working."""
    require(may_edit_partner(person, partner))
    columns = profile.columns()
    _require_free_title(columns["title"], partner)
    wanted = update(Partner).where(Partner.id == partner.id, Partner.revision == revision)
    try:
        saved = db.session.execute(
            wanted.values(**columns, revision=revision + 1), execution_options={"synchronize_session": False}
        )
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just added this partner.")) from error
    if saved.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has changed this partner in the meantime. Nothing of it was overwritten."))
    db.session.refresh(partner)
    record(person, "partners.edited", partner, note=str(partner.revision))
    db.session.flush()


def publish_partner(organiser: Person, *, partner: Partner) -> None:
    require(may_manage_partners(organiser))
    if partner.published_at is None:
        partner.published_at = now()
        record(organiser, "partners.published", partner)
    db.session.flush()


def hide_partner(organiser: Person, *, partner: Partner) -> None:
    """Only organisers and its editors see it from now on."""
    require(may_manage_partners(organiser))
    if partner.published_at is not None:
        partner.published_at = None
        record(organiser, "partners.hidden", partner)
    db.session.flush()


def remove_partner(organiser: Person, *, partner: Partner) -> None:
    """Altogether, as long as nothing points to it. Raises Invalid where events or challenges do."""
    require(may_remove_partner(organiser, partner))
    title, number = partner.title, partner.id
    record(organiser, "partners.removed", partner, note=title)
    forget_logo(partner)
    try:
        with db.session.begin_nested():
            for rows in (Participation, PartnerEditor):
                db.session.execute(delete(rows).where(rows.partner_id == number))
            db.session.expire_all()
            db.session.execute(delete(Partner).where(Partner.id == number))
    except IntegrityError as error:
        raise Invalid(_("“%(title)s” has events or challenges. Please hide it instead.", title=title)) from error


def free_slug(title: str) -> str:
    base = slug = slugify(title)
    number = 1
    while find_partner_by_slug(slug):
        number += 1
        slug = f"{base}-{number}"
    return slug


def _require_free_title(title: str, partner: Partner | None) -> None:
    other = find_partner_by_title(title)
    if other is not None and other is not partner:
        raise Invalid(_("There is a partner of this name already: %(title)s.", title=other.title), field="title")
