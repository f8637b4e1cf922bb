from ideenlab.prototypes.queries.drafts import TEXTS, challenges_of_prototype, fingerprint, written_fields
from ideenlab.prototypes.queries.files import (
    Space,
    arriving_of,
    files_of,
    files_of_dissolved,
    get_file,
    get_file_of_draft,
    get_upload,
    is_file_handed_in,
    space_taken,
)
from ideenlab.prototypes.queries.permits import find_late_permit, get_late_permit, late_permits_of
from ideenlab.prototypes.queries.prototypes import (
    content_of,
    file_ids_of,
    find_prototype_of,
    gallery_of,
    get_hand_in,
    get_prototype,
    hand_ins_of,
    handed_in_of,
    hidden_prototypes,
    latest_hand_in,
    numbers_of_prototypes_of,
)
from ideenlab.prototypes.queries.screenshots import (
    count_screenshots,
    get_screenshot,
    is_screenshot_handed_in,
    screenshot_keys_of,
    screenshots_of,
    screenshots_of_dissolved,
)

__all__ = [
    "TEXTS", "Space", "arriving_of", "challenges_of_prototype", "content_of", "count_screenshots", "file_ids_of",
    "files_of", "files_of_dissolved", "find_late_permit", "find_prototype_of", "fingerprint", "gallery_of", "get_file",
    "get_file_of_draft", "get_hand_in", "get_late_permit", "get_prototype", "get_screenshot", "get_upload",
    "hand_ins_of", "handed_in_of", "hidden_prototypes", "is_file_handed_in", "is_screenshot_handed_in",
    "late_permits_of", "latest_hand_in", "numbers_of_prototypes_of", "screenshot_keys_of", "screenshots_of",
    "screenshots_of_dissolved", "space_taken", "written_fields",
]  # fmt: skip
