from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no


def may_manage_districts(person: Person) -> Verdict:
    if person.has_role("organiser", "administrator"):
        return YES
    return no(_("Only organisers can change districts."))
