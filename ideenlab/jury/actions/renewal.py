"""Rules that are fixed change as a version of their own: prepared in quiet, put in force in one act, with a reason."""

import json

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions.changing import Content, begin_change, restore
from ideenlab.jury.actions.revisions import hold_rules
from ideenlab.jury.actions.versions import stored_rules, write_down
from ideenlab.jury.queries import jurors_of, rules_content, versions_of
from ideenlab.jury.rules import may_drop_new_version, may_open_new_version, may_put_in_force
from ideenlab.notifications.actions import tell


def open_new_version(organiser: Person, *, hackathon: Hackathon, reason: str) -> None:
    """Begin to change rules that are fixed. Nobody scores until the version is put in force or dropped."""
    require(may_open_new_version(organiser, hackathon, now()))
    if not reason.strip():
        raise Invalid(_("Please say why."), field="reason")
    hold_rules(hackathon, alone=True)
    rules = stored_rules(hackathon)
    db.session.refresh(rules)
    require(may_open_new_version(organiser, hackathon, now()))
    write_down(hackathon)  # where ballots are older than versions it was not done yet
    rules.version, rules.reason, rules.revision = rules.version + 1, reason, rules.revision + 1
    rules.before = ""
    record(organiser, "jury.version_opened", hackathon, note=reason)
    db.session.flush()


def put_in_force(organiser: Person, *, hackathon: Hackathon, revision: int) -> None:
    """From now on the new version holds. Everybody on the jury is told what changed and why, and confirms."""
    require(may_put_in_force(organiser, hackathon, now()))
    rules = begin_change(hackathon, revision)
    require(may_put_in_force(organiser, hackathon, now()))
    before, after = json.loads(versions_of(hackathon)[0].content), json.loads(rules_content(hackathon))
    if not after["criteria"]:
        raise Invalid(_("There are no criteria."))
    if _what_holds(before) == _what_holds(after):
        raise Invalid(_("Nothing was changed. Drop the new version, then the jury goes on as before."))
    rules.before = ""
    version = write_down(hackathon)
    record(organiser, "jury.version_in_force", hackathon, note=f"{version}: {rules.reason}")
    for juror in jurors_of(hackathon):
        tell(juror.person, "jury/rules_changed", hackathon=hackathon, reason=rules.reason, before=before, after=after,
             once_key=f"jury-rules-{hackathon.id}-{version}-{juror.person_id}")  # fmt: skip
    db.session.flush()


def drop_new_version(organiser: Person, *, hackathon: Hackathon, revision: int) -> None:
    """The version before holds again, as it was; its ballots count, nobody has to confirm anything."""
    require(may_drop_new_version(organiser, hackathon))
    rules = begin_change(hackathon, revision)
    require(may_drop_new_version(organiser, hackathon))
    held = versions_of(hackathon)[0]
    restore(hackathon, json.loads(held.content))
    rules.version, rules.reason, rules.before = held.number, held.reason, ""
    record(organiser, "jury.version_dropped", hackathon)
    db.session.flush()


def _what_holds(content: Content) -> dict[str, object]:
    return {name: part for name, part in content.items() if name not in ("version", "reason", "hackathon")}
