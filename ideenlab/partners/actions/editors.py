"""Who writes for a partner."""

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.notifications.actions import tell
from ideenlab.partners.models import Partner, PartnerEditor
from ideenlab.partners.queries import editorships_of, find_any_editor
from ideenlab.partners.rules import may_be_editor, may_name_editor


def name_editor(actor: Person, *, partner: Partner, person: Person) -> PartnerEditor:
    """Let somebody write for a partner. They are told. Raises Invalid when it cannot be this person."""
    require(may_name_editor(actor, partner))
    if not (verdict := may_be_editor(person)):
        raise Invalid(verdict.reason, field="who")
    editor = find_any_editor(person, partner) or PartnerEditor(partner=partner, person=person)
    if editor.id and editor.ended_at is None:
        raise Invalid(_("This person writes for this partner already."), field="who")
    editor.named_at, editor.ended_at = now(), None
    db.session.add(editor)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("This person writes for this partner already.")) from error
    record(actor, "partners.editor_named", editor)
    tell(person, "partners/named", partner=partner)
    db.session.flush()
    return editor


def end_editor(actor: Person, *, editor: PartnerEditor) -> None:
    """Take the right back. They are told, unless they left by themselves."""
    require(may_name_editor(actor, editor.partner))
    editor.ended_at = now()
    record(actor, "partners.editor_ended", editor)
    if editor.person_id != actor.id:
        tell(editor.person, "partners/ended", partner=editor.partner)
    db.session.flush()


def leave_partners(person: Person) -> None:
    """Nobody writes for a partner without an account. Who leaves stays in no row of it."""
    for editor in editorships_of(person):
        db.session.delete(editor)
    db.session.flush()
