from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.answers.models import Office
from ideenlab.answers.queries import is_office_used
from ideenlab.answers.rules import may_manage_answers
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, fold
from ideenlab.core.verdict import require
from ideenlab.history.actions import record


def make_office(organiser: Person, *, name: str, email: str | None) -> Office:
    require(may_manage_answers(organiser))
    office = Office(email=email or None, **_named(name))
    _keep(office)
    record(organiser, "offices.made", office)
    return office


def edit_office(organiser: Person, *, office: Office, name: str, email: str | None) -> None:
    require(may_manage_answers(organiser))
    named = _named(name)
    office.name, office.name_folded, office.email = named["name"], named["name_folded"], email or None
    _keep(office)
    record(organiser, "offices.edited", office)


def remove_office(organiser: Person, *, office: Office) -> None:
    """Only one that has never answered: its name stands under its answers."""
    require(may_manage_answers(organiser))
    if is_office_used(office):
        raise Invalid(_("“%(name)s” cannot be removed: answers are signed with it.", name=office.name))
    record(organiser, "offices.removed", office, note=office.name)
    db.session.delete(office)
    db.session.flush()


def _named(name: str) -> dict[str, str]:
    name = clean_line(name)
    if not name:
        raise Invalid(_("Please fill in this field."), field="name")
    return {"name": name, "name_folded": fold(name)}


def _keep(office: Office) -> None:
    try:
        with db.session.begin_nested():
            db.session.add(office)
    except IntegrityError as problem:
        raise Invalid(_("There is an office of this name already."), field="name") from problem
