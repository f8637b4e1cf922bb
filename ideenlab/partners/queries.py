from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ideenlab.accounts.models import Person
from ideenlab.core.db import db, find
from ideenlab.core.errors import NotFound
from ideenlab.core.text import fold
from ideenlab.partners.models import Participation, Partner, PartnerEditor
from ideenlab.programme.models import Edition


def find_partner(partner_id: int) -> Partner | None:
    return find(Partner, partner_id)


def find_partner_by_slug(slug: str) -> Partner | None:
    return db.session.scalar(select(Partner).where(Partner.slug == slug).options(joinedload(Partner.logo)))


def find_partner_by_title(title: str) -> Partner | None:
    return db.session.scalar(select(Partner).where(Partner.title_folded == fold(title)))


def get_partner(slug: str) -> Partner:
    """Also one that is not published; `may_see_partner` says who sees it."""
    partner = find_partner_by_slug(slug)
    if partner is None:
        raise NotFound
    return partner


def all_partners() -> list[Partner]:
    """Also those not published, by name. For organisers."""
    return list(db.session.scalars(select(Partner).order_by(Partner.title_folded, Partner.id)))


def published_partners(edition: Edition | None = None) -> list[Partner]:
    """Those of an edition in the order the organisers gave them, else all by name."""
    chosen = select(Partner).where(Partner.published_at.is_not(None)).options(joinedload(Partner.logo))
    if edition is None:
        return list(db.session.scalars(chosen.order_by(Partner.title_folded, Partner.id)))
    chosen = chosen.join(Participation, Participation.partner_id == Partner.id)
    chosen = chosen.where(Participation.edition_id == edition.id)
    return list(db.session.scalars(chosen.order_by(Participation.position, Partner.title_folded, Partner.id)))


def shown_participations(edition: Edition) -> list[Participation]:
    """Who takes part in a week and how, those that everybody sees."""
    chosen = _participations().where(Participation.edition_id == edition.id, Partner.published_at.is_not(None))
    return list(db.session.scalars(chosen.order_by(Participation.position, Partner.title_folded, Partner.id)))


def participations_in(edition: Edition) -> list[Participation]:
    """All of them, for organisers."""
    chosen = _participations().where(Participation.edition_id == edition.id)
    return list(db.session.scalars(chosen.order_by(Participation.position, Partner.title_folded, Partner.id)))


def participations_of(partner: Partner) -> list[Participation]:
    """The weeks a partner takes part in, the newest first."""
    chosen = select(Participation).join(Participation.edition).options(joinedload(Participation.edition))
    chosen = chosen.where(Participation.partner_id == partner.id)
    return list(db.session.scalars(chosen.order_by(Edition.starts_on.desc(), Edition.id.desc())))


def find_participation(partner: Partner, edition: Edition) -> Participation | None:
    chosen = select(Participation).where(Participation.partner_id == partner.id)
    return db.session.scalar(chosen.where(Participation.edition_id == edition.id))


def next_place_in(edition: Edition) -> int:
    highest = select(func.max(Participation.position)).where(Participation.edition_id == edition.id)
    return (db.session.scalar(highest) or 0) + 1


def editors_of(partner: Partner) -> list[PartnerEditor]:
    chosen = select(PartnerEditor).join(PartnerEditor.person).options(joinedload(PartnerEditor.person))
    chosen = chosen.where(PartnerEditor.partner_id == partner.id, PartnerEditor.ended_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Person.pseudonym_folded, PartnerEditor.id)))


def find_any_editor(person: Person, partner: Partner) -> PartnerEditor | None:
    """The row, also when it has ended."""
    chosen = select(PartnerEditor).where(PartnerEditor.partner_id == partner.id)
    return db.session.scalar(chosen.where(PartnerEditor.person_id == person.id))


def get_editor(partner: Partner, editor_id: int) -> PartnerEditor:
    editor = find(PartnerEditor, editor_id)
    if editor is None or editor.partner_id != partner.id or editor.ended_at:
        raise NotFound
    return editor


def is_editor(person: Person, partner: Partner) -> bool:
    editor = find_any_editor(person, partner)
    return editor is not None and editor.ended_at is None


def partners_edited_by(person: Person) -> list[Partner]:
    """Also those not published, by name."""
    chosen = select(Partner).join(PartnerEditor, PartnerEditor.partner_id == Partner.id)
    chosen = chosen.where(PartnerEditor.person_id == person.id, PartnerEditor.ended_at.is_(None))
    return list(db.session.scalars(chosen.order_by(Partner.title_folded, Partner.id)))


def editorships_of(person: Person) -> list[PartnerEditor]:
    chosen = select(PartnerEditor).where(PartnerEditor.person_id == person.id, PartnerEditor.ended_at.is_(None))
    return list(db.session.scalars(chosen.order_by(PartnerEditor.id)))


def _participations() -> Select[Participation]:
    chosen = select(Participation).join(Participation.partner)
    return chosen.options(joinedload(Participation.partner).joinedload(Partner.logo))
