from datetime import timedelta

from ideenlab.core.db import db
from ideenlab.core.security import hash_secret, new_secret
from ideenlab.demo.actions.world import World
from ideenlab.stations.models import Card, DotCount, Station


def add_stations(world: World) -> None:
    """A table in the town hall: dots on two sheets, one of them signed, and a card that waits for a second look.

    Its kiosk opens with a new link and PIN, which an organiser makes on its page.
    """
    call = world.calls["buergerlab"]
    one, two = [person for person in world.people.values() if person.has_role("moderator", "organiser")][:2]
    station = Station(
        call=call, name="Bürgerlab im Rathaus", active_until=world.start + timedelta(days=20),
        link_hash=hash_secret(new_secret(), purpose="station"), pin_hash="",
    )  # fmt: skip
    ideas = [idea for idea in world.ideas.values() if idea.call is call and idea.state == "published"][:2]
    for number, idea in enumerate(ideas):
        count = DotCount(station=station, idea=idea, dots=23 - 9 * number, entered_by=one, entered_at=world.ago(1))
        if number == 0:
            count.checked_by, count.checked_at, idea.has_dots = two, world.ago(1), True
        db.session.add(count)
    db.session.add(
        Card(
            station=station, title="Ein Trinkbrunnen am Neumarkt", entered_by=one, entered_at=world.ago(1),
            text="An heißen Tagen fehlt in der Innenstadt Wasser. Ein Brunnen am Neumarkt hilft allen.",
        )
    )  # fmt: skip
    db.session.flush()
