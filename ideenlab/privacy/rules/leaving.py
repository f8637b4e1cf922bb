"""Who may erase whom."""

from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import administrators
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no


def may_erase(actor: Person | None, *, person: Person) -> Verdict:
    """Everybody themself; the house by a command, for those who write a letter. No button erases somebody else."""
    if actor is not None and actor.id != person.id:
        return no(_("People are erased by themselves, or by whoever runs this service, with a command."))
    if person.has_role("administrator") and [each.person_id for each in administrators()] == [person.id]:
        return no(_("There must be an administrator. Give the role to another person first."))
    return YES
