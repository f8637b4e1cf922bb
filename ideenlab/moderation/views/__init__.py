from ideenlab.moderation.queries import decision_on
from ideenlab.moderation.views import appeals, blackening, deciding, public, queue, words
from ideenlab.moderation.views.door import blueprint

__all__ = ["appeals", "blackening", "blueprint", "deciding", "public", "queue", "words"]


@blueprint.app_context_processor
def give_decisions() -> dict[str, object]:
    """For pages of lower floors: the measure that a thing is out of sight for (decision 0007)."""
    return {"decision_on": decision_on}
