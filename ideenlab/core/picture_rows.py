"""The page that adds, describes, orders and removes the pictures of a thing: what all such pages do alike."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from flask import request
from werkzeug.datastructures import FileStorage

from ideenlab.core.errors import Invalid, NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import storage
from ideenlab.core.web import begin_reading, begin_writing


@dataclass(frozen=True)
class PictureDeeds:
    """What can be done with a row of pictures, by the actions of the thing they belong to."""

    row: Sequence[Any]
    add: Callable[..., object]  # (drawn, alt, decorative)
    describe: Callable[..., object]  # (picture, alt, decorative)
    remove: Callable[[Any], object]
    forward: Callable[[Any], object]


def change_pictures(
    form: Any,
    *,
    draw: Callable[..., Sequence[Any]],
    check_alt: Callable[..., object],
    deeds: Callable[[], PictureDeeds],
) -> str:
    """Do what the pressed button says; gives the sentence about it.

    First what is slow, then all rows in one short transaction, for which `deeds` is asked. Every button keeps the
    descriptions of all pictures too. A fault leaves no content behind.
    """
    wanted, _sign, number = request.form.get("do", "save").partition("-")
    drawn = _drawn(form, draw, check_alt) if wanted == "add" else []
    begin_reading()
    try:
        begin_writing()
        here = deeds()
        chosen = next((picture for picture in here.row if str(picture.id) == number), None)
        if wanted in ("remove", "forward") and chosen is None:
            raise NotFound
        _describe(here, form, but=chosen if wanted == "remove" else None)
        if wanted == "add":
            here.add(drawn=drawn, alt=form.alt.data or "", decorative=form.decorative.data)
        elif chosen is not None:
            (here.remove if wanted == "remove" else here.forward)(chosen)
    except BaseException:
        for each in drawn:
            with suppress(OSError):
                storage().delete(each.content.key)
        raise
    return _said(wanted)


def _said(wanted: str) -> str:
    return {
        "add": _("The picture is added."),
        "remove": _("The picture is removed."),
        "forward": _("The picture stands further to the front now."),
    }.get(wanted, _("The descriptions are saved."))  # fmt: skip


def _drawn(form: Any, draw: Callable[..., Sequence[Any]], check_alt: Callable[..., object]) -> Sequence[Any]:
    file = form.file.data
    if not isinstance(file, FileStorage) or not file.filename:
        raise Invalid(_("Please choose a picture first."), field="file")
    check_alt(form.alt.data or "", decorative=form.decorative.data)  # before the slow part
    source: BinaryIO = file.stream  # type: ignore[assignment]
    return draw(source, name=file.filename)


def _describe(here: PictureDeeds, form: Any, *, but: Any) -> None:
    for picture in here.row:
        name = f"alt_{picture.id}"
        if picture is but or name not in request.form:  # a picture that came meanwhile from another window
            continue
        alt, decorative = form[name].data or "", form[f"decorative_{picture.id}"].data
        if (alt, decorative) == (picture.alt, not picture.alt):
            continue
        try:
            here.describe(picture, alt=alt, decorative=decorative)
        except Invalid as problem:
            raise Invalid(str(problem), field=name) from problem
