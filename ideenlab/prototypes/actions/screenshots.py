"""The pictures of a draft: added, described, put in order, taken away."""

from collections.abc import Sequence

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import after_commit, db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import storage
from ideenlab.core.verdict import require
from ideenlab.files.actions import Drawn, keep_content
from ideenlab.history.actions import record
from ideenlab.ideas.actions.images import checked_alt
from ideenlab.prototypes.actions.draft import locked_prototype
from ideenlab.prototypes.models import Prototype, Screenshot, ScreenshotSize
from ideenlab.prototypes.queries import hand_ins_of, screenshot_keys_of, screenshots_of, screenshots_of_dissolved
from ideenlab.prototypes.rules import may_add_screenshot, may_change_prototype
from ideenlab.teams.models import Team


def add_screenshot(
    person: Person, *, team: Team, drawn: Sequence[Drawn], alt: str, decorative: bool
) -> Screenshot:  # fmt: skip
    """Put a picture, drawn and stored before this transaction, at the end of the row."""
    prototype = locked_prototype(team)
    require(may_change_prototype(person, team, now()))
    alt = checked_alt(alt, decorative=decorative)
    verdict = may_add_screenshot(prototype)
    if not verdict:
        raise Invalid(verdict.reason, field="file")
    last = max((each.position for each in screenshots_of(prototype)), default=0)
    screenshot = Screenshot(prototype=prototype, key=storage().new_key(), position=last + 1, alt=alt)
    screenshot.sizes = [
        ScreenshotSize(width=each.width, height=each.height, file=keep_content(each.content, owner_id=person.id))
        for each in drawn
    ]
    db.session.add(screenshot)
    record(person, "prototypes.screenshot_added", prototype)
    db.session.flush()
    return screenshot


def describe_screenshot(person: Person, *, screenshot: Screenshot, alt: str, decorative: bool) -> None:
    """Say what is to be seen, or that it only decorates. Versions keep the words they were handed in with."""
    _still_there(person, screenshot)
    screenshot.alt = checked_alt(alt, decorative=decorative)
    db.session.flush()


def move_screenshot_forward(person: Person, *, screenshot: Screenshot) -> None:
    """Change places with the one before it. The first one stays where it is."""
    prototype = _still_there(person, screenshot)
    row = list(screenshots_of(prototype))
    place = row.index(screenshot)
    if place:
        row[place - 1], row[place] = row[place], row[place - 1]
    for position, each in enumerate(row, 1):
        each.position = position
    db.session.flush()


def remove_screenshot(person: Person, *, screenshot: Screenshot) -> None:
    """Take it out of the draft. Versions that were handed in with it keep it."""
    prototype = _still_there(person, screenshot)
    if any(screenshot.key in screenshot_keys_of(version) for version in hand_ins_of(prototype)):
        screenshot.removed_at = now()
    else:
        _forget(screenshot)
    record(person, "prototypes.screenshot_removed", prototype)
    db.session.flush()


def forget_screenshots_of_dissolved() -> int:
    """Remove those of teams that are no more and never handed in; gives back how many."""
    screenshots = screenshots_of_dissolved()
    for screenshot in screenshots:
        _forget(screenshot)
    return len(screenshots)


def _still_there(person: Person, screenshot: Screenshot) -> Prototype:
    prototype = locked_prototype(screenshot.prototype.team)
    require(may_change_prototype(person, prototype.team, now()))
    db.session.refresh(screenshot)
    if screenshot.removed_at:
        raise Conflict(_("This picture was removed before."))
    return prototype


def _forget(screenshot: Screenshot) -> None:
    files = [size.file for size in screenshot.sizes]
    db.session.delete(screenshot)
    db.session.flush()
    for file in files:
        key = file.key
        db.session.delete(file)
        after_commit(lambda key=key: storage().delete(key))  # type: ignore[misc]
    db.session.flush()
