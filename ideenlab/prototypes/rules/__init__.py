"""Who may see and change a prototype, what fits into it, and which links it may hold."""

from ideenlab.core.weblinks import clean_link, host_of, may_link
from ideenlab.prototypes.rules.access import (
    may_fetch_file,
    may_see_draft,
    may_see_every_prototype,
    may_see_prototype,
    may_see_screenshot,
    may_see_version,
    may_show_gallery,
)
from ideenlab.prototypes.rules.complete import LICENCES, label_of, missing_from, required_of
from ideenlab.prototypes.rules.deadline import (
    counted_moment,
    deadline_of,
    may_change_prototype,
    may_give_late_permit,
    may_hand_in,
    may_last_until,
    used_permit,
)
from ideenlab.prototypes.rules.hiding import is_out_of_sight, may_hide_prototype, may_restore_prototype
from ideenlab.prototypes.rules.quota import MOST_SCREENSHOTS, may_add_file, may_add_screenshot, may_send_another

__all__ = [
    "LICENCES", "MOST_SCREENSHOTS", "clean_link", "counted_moment", "deadline_of", "host_of", "is_out_of_sight",
    "label_of", "may_add_file", "may_add_screenshot", "may_change_prototype", "may_fetch_file",
    "may_give_late_permit", "may_hand_in", "may_hide_prototype", "may_last_until", "may_link",
    "may_restore_prototype", "may_see_draft", "may_see_every_prototype", "may_see_prototype", "may_see_screenshot",
    "may_see_version", "may_send_another", "may_show_gallery", "missing_from", "required_of", "used_permit",
]  # fmt: skip
