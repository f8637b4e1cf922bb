from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.rules.hiding import may_hide_prototype, may_restore_prototype


def hide_prototype(moderator: Person, *, prototype: Prototype) -> None:
    """Only its team and those who work here see its page. The jury goes on with what was handed in."""
    require(may_hide_prototype(moderator, prototype))
    prototype.hidden_at = now()
    record(moderator, "prototypes.hidden", prototype)
    db.session.flush()


def restore_prototype(moderator: Person, *, prototype: Prototype) -> None:
    require(may_restore_prototype(moderator, prototype))
    prototype.hidden_at = None
    record(moderator, "prototypes.restored", prototype)
    db.session.flush()
