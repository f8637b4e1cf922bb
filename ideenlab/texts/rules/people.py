from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no


def may_change_pages(person: Person) -> Verdict:
    if person.has_role("administrator"):
        return YES
    return no(_("Only the administration can change the pages of the city."))


def may_change_mails(person: Person) -> Verdict:
    if person.has_role("organiser", "administrator"):
        return YES
    return no(_("Only organisers can change the texts of mails."))
