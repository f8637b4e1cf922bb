from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import number
from ideenlab.core.verdict import YES, Verdict, no
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import count_screenshots, screenshots_of, space_taken

MEGABYTE = 1_000_000
MOST_FILES = 20
MOST_ARRIVING = 5  # by one person at once
MOST_SCREENSHOTS = 8
MOST_SCREENSHOTS_KEPT = 80  # with what older versions keep
LARGEST_DRAFT = 500 * MEGABYTE
LARGEST_KEPT = 2_000 * MEGABYTE  # with what older versions keep


def may_add_file(prototype: Prototype, size: int) -> Verdict:
    """Whether the team has room for so many bytes more. Ask it while the prototype is locked."""
    taken = space_taken(prototype)
    if taken.files >= MOST_FILES:
        return no(_("A prototype holds at most %(most)s files. Please remove one first.", most=MOST_FILES))
    if taken.draft + size > LARGEST_DRAFT:
        return no(
            _("All files of a team together take at most %(most)s MB. %(left)s MB are left.",
              most=number(LARGEST_DRAFT // MEGABYTE), left=number(max(0, LARGEST_DRAFT - taken.draft) // MEGABYTE))
        )  # fmt: skip
    if taken.kept + size > LARGEST_KEPT:
        return no(_("Together with your earlier versions this would be too much. Please ask the organisers."))
    return YES


def may_send_another(arriving: int) -> Verdict:
    """Whether a person may begin one more upload while `arriving` are under way."""
    if arriving >= MOST_ARRIVING:
        return no(_("%(most)s uploads are under way already. Please finish or remove one first.", most=MOST_ARRIVING))
    return YES


def may_add_screenshot(prototype: Prototype) -> Verdict:
    if len(screenshots_of(prototype)) >= MOST_SCREENSHOTS:
        return no(_("A prototype has at most %(most)s screenshots. Please remove one first.", most=MOST_SCREENSHOTS))
    if count_screenshots(prototype) >= MOST_SCREENSHOTS_KEPT:
        return no(_("Together with your earlier versions this would be too much. Please ask the organisers."))
    return YES
