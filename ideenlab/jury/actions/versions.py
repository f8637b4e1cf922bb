"""The rules are fixed with the first ballot that is saved under them."""

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.upsert import insert_missing
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.jury.actions.revisions import hold_rules
from ideenlab.jury.models import JuryRules, JuryRulesVersion
from ideenlab.jury.queries import rules_content, rules_of
from ideenlab.jury.rules import rules_are_in_force


def stored_rules(hackathon: Hackathon) -> JuryRules:
    """The row of the rules, made if it is not there."""
    if db.session.get(JuryRules, hackathon.id) is None:
        try:
            with db.session.begin_nested():
                db.session.add(rules_of(hackathon))
        except IntegrityError:
            pass  # somebody else has just made it
    return db.session.scalars(select(JuryRules).where(JuryRules.hackathon_id == hackathon.id)).one()


def freeze_rules(hackathon: Hackathon) -> int:
    """Hold the rules for a ballot. The first ballot under a version fixes it. Gives the version.

    Two first ballots at once make one version. Raises NotAllowed while a new version is being prepared.
    """
    written = select(JuryRulesVersion.id).where(
        JuryRulesVersion.hackathon_id == JuryRules.hackathon_id, JuryRulesVersion.number == JuryRules.version
    )
    found = select(JuryRules.version, written.exists()).where(JuryRules.hackathon_id == hackathon.id)
    row = db.session.execute(found.with_for_update(read=True, of=JuryRules)).first()
    if row and row[1]:
        return int(row[0])
    stored_rules(hackathon)
    hold_rules(hackathon)
    require(rules_are_in_force(hackathon))
    return write_down(hackathon)


def write_down(hackathon: Hackathon) -> int:
    """The version as it stands, unless somebody has just written it down. Gives its number."""
    content = rules_content(hackathon)
    known = json.loads(content)
    insert_missing(JuryRulesVersion, {
        "hackathon_id": hackathon.id, "number": known["version"], "content": content, "reason": known["reason"],
        "sha256": hashlib.sha256(content.encode()).hexdigest(), "frozen_at": now(),
    })  # fmt: skip
    return int(known["version"])
