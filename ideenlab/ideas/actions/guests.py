"""Ideas of people without an account: an address is named, and its owner says yes with a click in a mail."""

from datetime import timedelta

from sqlalchemy import delete, update

from ideenlab.accounts.actions import let_guardian_agree, person_of_address
from ideenlab.accounts.models import Person
from ideenlab.accounts.queries import find_person_by_email
from ideenlab.accounts.rules import may_sign_in
from ideenlab.comments.models import Thread
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Gone, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import language, speaking
from ideenlab.core.mailtext import write_mail
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.actions.following import announce_idea
from ideenlab.ideas.actions.ideas import LICENCE, wording_of
from ideenlab.ideas.actions.places import NOWHERE, Whereabouts, checked_place
from ideenlab.ideas.models import Call, Claim, Idea
from ideenlab.ideas.queries import find_same_claim, unconfirmed_since
from ideenlab.ideas.rules import is_unconfirmed, may_confirm_idea, may_give_idea_without_account
from ideenlab.mail.actions import queue_mail
from ideenlab.programme.models import Topic

CLAIM_LIVES = timedelta(days=7)


def give_idea_without_account(
    *, call: Call, title: str, text: str, topic: Topic | None, address: str, agrees_to_licence: bool,
    where: Whereabouts = NOWHERE,
) -> Idea:  # fmt: skip
    """Keep an idea that nobody sees before the owner of the address has pressed the button in our mail.

    The same again is a double click: it is kept once, and no second mail is written.
    """
    at = now()
    require(may_give_idea_without_account(call, at))
    if not agrees_to_licence:
        raise Invalid(_("Please agree, so that the city may publish your idea."), field="agrees")
    wording = wording_of(call, title=title, text=text, topic=topic)
    double = find_same_claim(call, address=address, title=wording["title"], text=wording["text"], at=at)
    if double:
        return double.idea
    idea = Idea(call=call, thread=Thread(), state="waiting", **wording, **checked_place(where)._asdict())
    db.session.add(idea)
    record(None, "ideas.given_without_account", idea, note=LICENCE)
    ask_for_claim(idea, address=address)
    return idea


def ask_for_claim(idea: Idea, *, address: str) -> None:
    """Write to the address: a click in the mail makes its owner the author."""
    secret = new_secret()
    claim = Claim(
        idea=idea, address=address, language=language(), expires_at=now() + CLAIM_LIVES,
        secret_hash=hash_secret(secret, purpose="idea claim"),
    )  # fmt: skip
    db.session.add(claim)
    _write(claim, "confirm" if is_unconfirmed(idea) else "entered_for_you", secret)


def confirm_idea(claim: Claim | None, *, age_band: str = "adult", guardian_email: str | None = None) -> Claim | None:
    """The owner of the address pressed the button: the idea is theirs, and everybody can read it.

    It was given in time, so it counts although the call may have closed meanwhile. Who is new and under 16 needs a
    guardian: they are written to, and the claim that waits for their click is given back.
    """
    if claim is None:
        raise Gone
    idea, waiting, address = claim.idea, claim.person, claim.address
    _use_up(claim)
    if waiting is not None:
        let_guardian_agree(waiting)
    person = waiting or person_of_address(address, age_band=age_band, guardian_email=guardian_email)
    if person.state == "waiting_for_guardian":
        return _ask_guardian(idea, person)
    require(may_confirm_idea(person, idea, now()))
    _hand_over(idea, person)
    return None


def needs_age(claim: Claim) -> bool:
    """Only somebody new is asked."""
    person = find_person_by_email(claim.address)
    return claim.person_id is None and (person is None or person.state == "unconfirmed")


def drop_unconfirmed_ideas() -> int:
    """Ideas whose address nobody confirmed in time go, and old claims with them. Gives the number of ideas."""
    moment = now()
    ideas = unconfirmed_since(moment)
    for idea in ideas:
        record(None, "ideas.unconfirmed_dropped", idea)
        db.session.execute(delete(Claim).where(Claim.idea_id == idea.id))
        thread = idea.thread
        db.session.delete(idea)
        db.session.flush()
        db.session.delete(thread)
    db.session.execute(delete(Claim).where(Claim.expires_at < moment))
    db.session.flush()
    return len(ideas)


def _use_up(claim: Claim) -> None:
    """It works once. Of two clicks at the same time, one is told that the link is gone."""
    used = delete(Claim).where(Claim.idea_id == claim.idea_id, Claim.secret_hash == claim.secret_hash)
    gone = db.session.execute(used.returning(Claim.idea_id), execution_options={"synchronize_session": False}).all()
    if not gone:
        raise Gone
    db.session.expunge(claim)


def _ask_guardian(idea: Idea, person: Person) -> Claim:
    secret = new_secret()
    asked = Claim(
        idea=idea, address=person.guardian_email or "", person=person, language=person.language,
        expires_at=now() + CLAIM_LIVES, secret_hash=hash_secret(secret, purpose="idea claim"),
    )  # fmt: skip
    db.session.add(asked)
    _write(asked, "guardian", secret)
    return asked


def _hand_over(idea: Idea, person: Person) -> None:
    """One statement decides who becomes the author, whatever else happens to the idea at this moment."""
    at, nobodys = now(), (Idea.id == idea.id, Idea.author_id.is_(None))
    own: dict[str, object] = {"author_id": person.id, "code_hash": None}
    if is_unconfirmed(idea) and not idea.call.is_premoderated:
        own |= {"state": "published", "published_at": at, "changed_at": at, "is_indexed": False}
    changed = db.session.execute(
        update(Idea).where(*nobodys).values(**own), execution_options={"synchronize_session": False}
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("Somebody else has just changed this idea."))
    was_unconfirmed = is_unconfirmed(idea)
    db.session.refresh(idea)
    record(person, "ideas.confirmed" if was_unconfirmed else "ideas.claimed", idea)
    if idea.state == "published":
        announce_idea(idea)


def _write(claim: Claim, template: str, secret: str) -> None:
    db.session.flush()
    owner = find_person_by_email(claim.address)
    known = owner is not None and bool(may_sign_in(owner))
    with speaking(claim.language):
        subject, text = write_mail(f"ideas/{template}", idea=claim.idea, secret=secret, known=known, person=None)
    queue_mail(recipient=claim.address, subject=subject, text=text)
