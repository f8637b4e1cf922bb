"""Cards of paper: one person types them in, another compares and publishes."""

from sqlalchemy import update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import hash_secret
from ideenlab.core.verdict import require
from ideenlab.history.actions import record
from ideenlab.ideas.actions import ask_for_claim, publish_for_somebody
from ideenlab.ideas.actions.ideas import wording_of
from ideenlab.ideas.models import Idea
from ideenlab.ideas.queries import CODE_LENGTH, find_idea_by_code, plain_code
from ideenlab.ideas.rules import ORIGINS_ON_SITE
from ideenlab.programme.models import Topic
from ideenlab.stations.models import Card, Station
from ideenlab.stations.queries import find_code_among_cards
from ideenlab.stations.rules import may_check_card, may_help_at


def enter_card(
    helper: Person, *, station: Station, origin: str, title: str, text: str, topic: Topic | None, code: str,
    address: str | None,
) -> Card:  # fmt: skip
    """Type in what stands on a card. Nobody sees it before it is checked."""
    require(may_help_at(helper, station, now()))
    wording = wording_of(station.call, title=title, text=text, topic=topic)
    if origin not in ORIGINS_ON_SITE:
        raise Invalid(_("Please choose how the idea came."), field="origin")
    card = Card(
        station=station, origin=origin, title=wording["title"], text=wording["text"], topic=topic, entered_by=helper,
        code_hash=_free_code(code), address=address or None,
    )  # fmt: skip
    db.session.add(card)
    record(helper, "stations.card_entered", card)
    db.session.flush()
    return card


def check_card(
    helper: Person, *, card: Card, title: str, text: str, topic: Topic | None, alone: bool, agrees_to_licence: bool
) -> Idea:
    """The typed words are those of the card: publish the idea. The card keeps only who did what."""
    require(may_check_card(helper, card, now(), alone=alone))
    _close(card, "checked")
    idea, _code = publish_for_somebody(
        call=card.station.call, origin=card.origin, title=title, text=text, topic=topic, with_code=False,
        entered_by=card.entered_by, agrees_to_licence=agrees_to_licence,
    )  # fmt: skip
    idea.code_hash = card.code_hash
    if card.address:
        ask_for_claim(idea, address=card.address)
    card.idea = idea
    _sign(helper, card, "stations.card_checked")
    return idea


def drop_card(helper: Person, *, card: Card) -> None:
    """Typed in twice, or not meant to be published. Nothing of its words stays."""
    require(may_check_card(helper, card, now(), alone=True))
    _close(card, "dropped")
    _sign(helper, card, "stations.card_dropped")


def _close(card: Card, state: str) -> None:
    """Of two who check at the same moment, one is told."""
    closed = update(Card).where(Card.id == card.id, Card.state == "entered").values(state=state)
    changed = db.session.execute(closed, execution_options={"synchronize_session": False})
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("This card was checked already."))
    db.session.refresh(card)


def _sign(helper: Person, card: Card, deed: str) -> None:
    card.checked_by, card.checked_at = helper, now()
    card.title = card.text = ""
    card.topic = card.address = card.code_hash = None
    db.session.flush()
    record(helper, deed, card, note=_("checked by one person") if card.by_one else "")


def _free_code(typed: str) -> str | None:
    """The hash of the code printed on the card; a card may have none."""
    if not typed:
        return None
    code = plain_code(typed)
    if len(code) != CODE_LENGTH:
        raise Invalid(_("The code of a card has 12 letters and digits."), field="code")
    code_hash = hash_secret(code, purpose="idea code")
    if find_idea_by_code(code) is not None or find_code_among_cards(code_hash) is not None:
        raise Invalid(_("A card with this code was typed in already."), field="code")
    return code_hash
