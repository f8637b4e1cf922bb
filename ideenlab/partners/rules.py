from ideenlab.accounts.models import Person
from ideenlab.accounts.rules import may_write
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.partners.models import Partner
from ideenlab.partners.queries import is_editor, participations_of
from ideenlab.programme.queries import today

ORGANISERS = ("organiser", "administrator")


def may_manage_partners(person: Person) -> Verdict:
    """Make, publish, order and remove partners, and say how they take part in a week."""
    return YES if person.has_role(*ORGANISERS) else no(_("Only organisers can change partners."))


def may_see_partner(person: Person | None, partner: Partner) -> Verdict:
    if partner.published_at is not None:
        return YES
    if person is not None and (person.has_role(*ORGANISERS) or is_editor(person, partner)):
        return YES
    return no(_("This partner is not published yet."))


def may_edit_partner(person: Person, partner: Partner) -> Verdict:
    """Its page and its logo: organisers and those who write for it."""
    if person.has_role(*ORGANISERS) or is_editor(person, partner):
        return may_write(person, now())
    return no(_("Only organisers and the editors of this partner can change its page."))


def may_name_editor(person: Person, partner: Partner) -> Verdict:
    """Organisers, and editors each other, so that nobody is left alone with it."""
    return may_edit_partner(person, partner)


def may_be_editor(person: Person) -> Verdict:
    if person.state != "active":
        return no(_("This person needs an active account."))
    return no(_("Editors of a partner are 16 years or older.")) if person.age_band == "under_16" else YES


def may_remove_partner(organiser: Person, partner: Partner) -> Verdict:
    """Weeks that are over stay readable, and what everybody sees is hidden first."""
    if not (verdict := may_manage_partners(organiser)):
        return verdict
    if partner.published_at is not None:
        return no(_("Please hide this partner first."))
    if any(taking.edition.ends_on < today() for taking in participations_of(partner)):
        return no(_("This partner took part in a week that is over. It can only be hidden."))
    return YES
