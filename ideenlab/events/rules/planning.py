from ideenlab.accounts.models import Person
from ideenlab.core.verdict import Verdict
from ideenlab.events.models import Event
from ideenlab.events.rules.events import may_see_event


def may_plan_event(person: Person, event: Event) -> Verdict:
    """Whoever may see an event may plan to come, also to what is over: plans are nobody else's business."""
    return may_see_event(person, event)
