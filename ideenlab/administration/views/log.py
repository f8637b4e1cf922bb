"""Who did what, with filter and export."""

from collections.abc import Iterator

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import administrator
from ideenlab.administration.forms import LogForm
from ideenlab.administration.queries import LogFilter, deeds, entries, exported_entries, find_actor, names_of, things
from ideenlab.administration.rules import in_words
from ideenlab.administration.views.door import blueprint
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import in_city_time
from ideenlab.core.tables import csv_line
from ideenlab.core.text import clean_line
from ideenlab.core.web import streamed

FIELDS = ("who", "deed", "thing", "number", "begins_on", "ends_on")


@blueprint.get("/administration/protokoll")
@administrator
def log() -> ResponseReturnValue:
    form = LogForm(request.args, deeds=deeds(), things=things())
    page = entries(_filter(form), cursor=request.args.get("cursor"))
    return render_template(
        "administration/log.html", form=form, page=page, names=names_of([entry.actor_id for entry in page.rows]),
        in_words=in_words, given={name: request.args[name] for name in FIELDS if request.args.get(name)},
    )  # fmt: skip


def _filter(form: LogForm) -> LogFilter:
    """What of it can be read; the rest is said at its field."""
    form.validate()
    who = None if form.who.errors else find_actor(form.who.data or "")
    return LogFilter(
        actor=who, deed=clean_line(form.deed.data), thing=clean_line(form.thing.data), thing_id=form.number.data or 0,
        begins_on=form.begins_on.data, ends_on=form.ends_on.data,
    )  # fmt: skip


@blueprint.get("/administration/protokoll.csv")
@administrator
def log_file() -> ResponseReturnValue:
    which = _filter(LogForm(request.args, deeds=[], things=[]))
    headers = {"Content-Disposition": "attachment; filename=protokoll.csv"}
    heads = [_("When"), _("Number of the person"), _("Who"), _("Deed"), _("Thing"), _("Number of the thing"), _("Note")]
    return streamed(lambda: _lines(heads, which), "text/csv", **headers)


def _lines(heads: list[str], which: LogFilter) -> Iterator[str]:
    yield "\ufeff" + csv_line(heads)
    for entry, name in exported_entries(which):
        at = in_city_time(entry.at).isoformat(timespec="seconds")
        yield csv_line([at, entry.actor_id, name, entry.deed, entry.thing, entry.thing_id, entry.note])
