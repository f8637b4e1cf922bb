from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import is_registered
from ideenlab.hackathons.rules import ORGANISERS, may_change_hackathon
from ideenlab.ideas.models import Idea


def may_see_challenge(person: Person | None, challenge: Challenge) -> Verdict:
    """Published ones of a published hackathon. A withdrawn one keeps its page, because teams may have chosen it."""
    if person and person.has_role(*ORGANISERS):
        return YES
    hackathon = challenge.hackathon
    if hackathon.rehearsal_of_id and not (person and is_registered(person, hackathon)):
        return no(_("This challenge is still being prepared."))
    if challenge.published_at and hackathon.published_at:
        return YES
    return no(_("This challenge is still being prepared."))


def may_see_contact(person: Person | None, challenge: Challenge) -> Verdict:
    """Whom to ask is for people with a place."""
    if person and (person.has_role(*ORGANISERS) or is_registered(person, challenge.hackathon)):
        return YES
    return no(_("Whom to ask is shown to people who are registered."))


def may_manage_challenges(person: Person, hackathon: Hackathon) -> Verdict:
    return may_change_hackathon(person, hackathon)


def may_publish_challenge(person: Person, challenge: Challenge) -> Verdict:
    if not (verdict := may_manage_challenges(person, challenge.hackathon)):
        return verdict
    if challenge.published_at and not challenge.withdrawn_at:
        return no(_("Everybody sees this challenge already."))
    if challenge.idea_id and not challenge.hackathon.published_at:
        return no(_("Everybody who took part in the idea is told. Please publish the hackathon first."))
    if not challenge.summary.strip() or not challenge.description.strip():
        return no(_("Please say first what the challenge is about: in one sentence and in full."))
    return YES


def may_remove_challenge(person: Person, challenge: Challenge) -> Verdict:
    """What everybody has seen is withdrawn, not removed."""
    if not (verdict := may_manage_challenges(person, challenge.hackathon)):
        return verdict
    return no(_("It was published. It can be withdrawn.")) if challenge.published_at else YES


def may_grow_from(idea: Idea) -> Verdict:
    return YES if idea.state == "published" else no(_("Only a published idea can grow into a challenge."))
