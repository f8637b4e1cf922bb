from ideenlab.moderation.actions.appealing import appeal, decide_appeal
from ideenlab.moderation.actions.blackening import blacken_image, blacken_passage, blacken_version
from ideenlab.moderation.actions.deciding import (
    Outcome,
    assign_case,
    decide_case,
    decide_cases,
    end_suspension,
    suspend_person,
    take_measure,
    warn_person,
)
from ideenlab.moderation.actions.reporting import gather_waiting, report_thing
from ideenlab.moderation.actions.words import add_word, remove_word

__all__ = [
    "Outcome", "add_word", "appeal", "assign_case", "blacken_image", "blacken_passage", "blacken_version",
    "decide_appeal", "decide_case", "decide_cases", "end_suspension", "gather_waiting",
    "remove_word", "report_thing", "suspend_person", "take_measure", "warn_person",
]  # fmt: skip
