"""Who follows an idea hears of new comments, in a digest only: one notice for each idea and day, however lively it is.

No right is asked for: nobody acts, the clock does. Authors are told of each comment when it is written.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ideenlab.core.clock import now
from ideenlab.core.i18n import city_zone
from ideenlab.ideas.queries import commented_between
from ideenlab.notifications.actions import tell_followers
from ideenlab.notifications.queries import was_told

DAYS = 3  # so long a worker may have stood still


def tell_of_discussions() -> int:
    """About the days that are over in the city. Once for each, however often it runs; gives of how many ideas."""
    today, told = now().astimezone(ZoneInfo(city_zone())).date(), 0
    for ago in range(DAYS, 0, -1):
        day = today - timedelta(days=ago)
        for idea, number, writers in commented_between(_midnight(day), _midnight(day + timedelta(days=1))):
            once = f"discussion-{idea.id}-{day}"
            if was_told(idea, once):
                continue
            but = [*([idea.author] if idea.author else []), *(writers if len(writers) == 1 else [])]
            tell_followers(idea, "ideas/discussed", kind="discussions", once=once, but=but, idea=idea, number=number)
            told += 1
    return told


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(city_zone()))
