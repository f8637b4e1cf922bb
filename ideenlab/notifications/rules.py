from ideenlab.accounts.models import Person
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.notifications.models import Notice


def may_read_notice(person: Person, notice: Notice) -> Verdict:
    if notice.person_id == person.id:
        return YES
    return no(_("This message is for somebody else."))
