from ideenlab.partners.actions.editing import (
    FIELDS,
    Profile,
    edit_partner,
    hide_partner,
    make_partner,
    publish_partner,
    remove_partner,
)
from ideenlab.partners.actions.editors import end_editor, leave_partners, name_editor
from ideenlab.partners.actions.importing import ImportReport, import_partners
from ideenlab.partners.actions.logos import draw_logo, remove_logo, set_logo
from ideenlab.partners.actions.taking_part import end_participation, move_participation, set_part, take_partners_along

__all__ = [
    "FIELDS",
    "ImportReport",
    "Profile",
    "draw_logo",
    "edit_partner",
    "end_editor",
    "end_participation",
    "hide_partner",
    "import_partners",
    "leave_partners",
    "make_partner",
    "move_participation",
    "name_editor",
    "publish_partner",
    "remove_logo",
    "remove_partner",
    "set_logo",
    "set_part",
    "take_partners_along",
]
