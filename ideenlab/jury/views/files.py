from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import juror, me
from ideenlab.core.attachment import attachment, shown_picture
from ideenlab.core.clock import now
from ideenlab.core.errors import NotFound
from ideenlab.jury.rules import (
    may_read_hand_in,
)  # fmt: skip
from ideenlab.jury.views.blueprint import blueprint
from ideenlab.prototypes import queries as handed_in


@blueprint.get("/jury/prototyp/<int:prototype_id>/datei/<int:file_id>")
@juror
def file(prototype_id: int, file_id: int) -> ResponseReturnValue:
    """A file of the version that counts, for the jury of this hackathon; for all others it does not exist."""
    attached = handed_in.get_file(prototype_id, file_id)
    if not may_read_hand_in(me(), attached.prototype, now()) or not handed_in.is_file_handed_in(attached):
        raise NotFound
    kept = attached.file
    return attachment(kept.key, name=kept.name, media_type=kept.media_type, size=kept.size)


@blueprint.get("/jury/prototyp/<int:prototype_id>/bild/<key>/<int:width>")
@juror
def screenshot(prototype_id: int, key: str, width: int) -> ResponseReturnValue:
    found, size = handed_in.get_screenshot(key, width)
    allowed = found.prototype_id == prototype_id and may_read_hand_in(me(), found.prototype, now())
    if not allowed or not handed_in.is_screenshot_handed_in(found):
        raise NotFound
    return shown_picture(size.file.key, sha256=size.file.sha256, size=size.file.size, everybody=False)
