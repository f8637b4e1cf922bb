"""Ideas that look the same, for the moderation: join them, or say that they are two."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, moderator
from ideenlab.core.i18n import gettext as _
from ideenlab.core.paging import LONGEST_CURSOR
from ideenlab.ideas.actions.duplicates import dismiss_duplicate
from ideenlab.ideas.queries import get_call, get_duplicate, page_of_duplicates
from ideenlab.ideas.views.door import blueprint


@blueprint.get("/ideen/<slug>/doppelt")
@moderator
def duplicates(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    cursor = request.args.get("weiter", "")
    return render_template(
        "ideas/duplicates.html", call=call, page=page_of_duplicates(call, cursor), cursor=cursor[:LONGEST_CURSOR]
    )  # fmt: skip


@blueprint.post("/ideen/<slug>/doppelt/<int:first_id>/<int:second_id>/verschieden")
@moderator
def two_ideas(slug: str, first_id: int, second_id: int) -> ResponseReturnValue:
    dismiss_duplicate(me(), pair=get_duplicate(first_id, second_id))
    flash(_("Kept as two ideas. The pair is not shown again."), "success")
    cursor = request.args.get("weiter", "")[:LONGEST_CURSOR]
    return redirect(url_for("ideas.duplicates", slug=slug, weiter=cursor or None), 303)
