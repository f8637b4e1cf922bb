"""Whether a file or a checksum is what was handed in."""

import hashlib
import re

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from ideenlab.accounts.access import signed_in, visitor
from ideenlab.core.clock import now
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.core.web import slow_first
from ideenlab.prototypes.forms import CheckForm
from ideenlab.prototypes.models import HandIn
from ideenlab.prototypes.queries import content_of, get_prototype, hand_ins_of
from ideenlab.prototypes.rules import may_see_prototype, may_see_version
from ideenlab.prototypes.views.blueprint import blueprint

SUM = re.compile("[0-9a-f]{64}")


@blueprint.route("/prototyp/<int:prototype_id>/pruefen", methods=["GET", "POST"])
@signed_in
@slow_first
def check(prototype_id: int) -> ResponseReturnValue:
    """Compare with every version that this reader may see. Nothing is stored."""
    prototype = get_prototype(prototype_id)
    require(may_see_prototype(visitor(), prototype, now()))
    form, checksum, found = CheckForm(), "", None
    if form.validate_on_submit():
        checksum = _checksum(form)
        if checksum:
            seen = [version for version in hand_ins_of(prototype) if may_see_version(visitor(), version, now())]
            found = [(version, name) for version in seen for name in _held_as(version, checksum)]
    page = render_template("prototypes/check.html", prototype=prototype, form=form, checksum=checksum, found=found)
    return page, 422 if request.method == "POST" and found is None else 200


def _checksum(form: CheckForm) -> str:
    """Of the file, or as it was typed; empty when there is neither."""
    file = form.file.data
    if isinstance(file, FileStorage) and file.filename:
        return hashlib.file_digest(file.stream, "sha256").hexdigest()  # type: ignore[arg-type]
    typed = re.sub(r"[\s:]", "", form.checksum.data or "").lower()
    if SUM.fullmatch(typed):
        return typed
    refuse(form, "checksum", _("A checksum has 64 digits and letters from a to f. Or choose a file."))
    return ""


def _held_as(version: HandIn, checksum: str) -> list[str]:
    """What of a version has this checksum: the whole (an empty name), or files by their names."""
    files = [file["name"] for file in content_of(version)["files"] if file["sha256"] == checksum]
    return ["", *files] if version.sha256 == checksum else files
