from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no


def may_manage_districts(person: Person) -> Verdict:
    if person.has_role("organiser", "administrator"):
        return YES
    return no(_("Only organisers can change districts."))


def may_change_settings(person: Person) -> Verdict:
    if person.has_role("administrator"):
        return YES
    return no(_("Only the administration can change the settings of the city."))


def may_keep_glossary(person: Person) -> Verdict:
    if person.has_role("organiser", "administrator"):
        return YES
    return no(_("Only organisers can change the list of words."))
