"""Who may see and change a prototype, what fits into it, and which links it may hold."""

from ideenlab.core.weblinks import clean_link, host_of, may_link
from ideenlab.prototypes.rules.access import (
    may_change_prototype,
    may_fetch_file,
    may_see_draft,
    may_see_every_prototype,
    may_see_prototype,
    may_see_version,
)
from ideenlab.prototypes.rules.hiding import is_out_of_sight, may_hide_prototype, may_restore_prototype
from ideenlab.prototypes.rules.quota import may_add_file, may_send_another

__all__ = [
    "clean_link",
    "host_of",
    "is_out_of_sight",
    "may_add_file",
    "may_change_prototype",
    "may_fetch_file",
    "may_hide_prototype",
    "may_link",
    "may_restore_prototype",
    "may_see_draft",
    "may_see_every_prototype",
    "may_see_prototype",
    "may_see_version",
    "may_send_another",
]  # fmt: skip
