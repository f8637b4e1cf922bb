import secrets
from datetime import timedelta

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.challenges.actions import add_material
from ideenlab.challenges.models import Challenge
from ideenlab.challenges.queries import challenges_of, files_of
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.files.actions import copied_content
from ideenlab.hackathons.actions import copy_hackathon
from ideenlab.hackathons.models import MOMENTS, Hackathon
from ideenlab.history.actions import record
from ideenlab.jury.actions import copy_jury_rules, start_with_template
from ideenlab.jury.queries import criteria_of, rules_in_force, rules_of
from ideenlab.rehearsals.rules import may_start_rehearsal

SHORTEST = timedelta(days=2)
OF_A_CHALLENGE = (
    "position", "title", "summary", "description", "description_html", "data_sources", "data_sources_html", "partner",
    "contact", "prize",
)  # fmt: skip


def start_rehearsal(organiser: Person, *, hackathon: Hackathon) -> Hackathon:
    """A copy with an address that nobody guesses. Nothing is open in it before the first step."""
    held = update(Hackathon).where(Hackathon.id == hackathon.id).values(revision=Hackathon.revision)
    db.session.execute(held.execution_options(synchronize_session=False))  # of two at once the second finds the first's
    require(may_start_rehearsal(organiser, hackathon, now()))
    title = _("Rehearsal: %(title)s", title=hackathon.title)[: Hackathon.title.type.length]
    made = copy_hackathon(organiser, hackathon=hackathon, title=title, edition=hackathon.edition, starts_at=now())
    for name in MOMENTS:
        if name not in ("starts_at", "ends_at"):
            setattr(made, name, None)
    made.ends_at = made.starts_at + max(hackathon.ends_at - hackathon.starts_at, SHORTEST)
    made.slug, made.rehearsal_of_id, made.published_at = f"probe-{secrets.token_hex(6)}", hackathon.id, now()
    _copy_challenges(organiser, hackathon, made)
    db.session.flush()
    _copy_jury(organiser, hackathon, made)
    record(organiser, "rehearsals.started", made)
    db.session.flush()
    return made


def _copy_challenges(organiser: Person, hackathon: Hackathon, made: Hackathon) -> None:
    """With their material, without the ideas they grew from: nobody is told of a rehearsal."""
    for each in challenges_of(hackathon):
        copied = {name: getattr(each, name) for name in OF_A_CHALLENGE}
        challenge = Challenge(hackathon=made, published_at=now(), **copied)
        db.session.add(challenge)
        db.session.flush()
        for attached in files_of(each):
            add_material(organiser, challenge=challenge, content=copied_content(attached.file))


def _copy_jury(organiser: Person, hackathon: Hackathon, made: Hackathon) -> None:
    """Again, now that the challenges are there: prizes may be for one of them."""
    if criteria_of(hackathon):
        copy_jury_rules(made, rules_in_force(hackathon))
    else:
        start_with_template(organiser, hackathon=made, template="four", revision=rules_of(made).revision)
