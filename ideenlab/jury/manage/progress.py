"""How far everybody on the jury is. No points, for nobody."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.i18n import ngettext
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import remind_jurors
from ideenlab.jury.manage.door import blueprint
from ideenlab.jury.queries import absent_of, find_result, last_seen, queues_of
from ideenlab.jury.rules import may_preview_ranking, may_remind_jurors


@blueprint.get("/hackathons/<slug>/jury/fortschritt")
@organiser
def progress(slug: str) -> ResponseReturnValue:
    """Who has handed in what, who is late and last seen; whoever has most left first. Without points."""
    hackathon = get_any_hackathon(slug)
    queues = queues_of(hackathon)
    return render_template(
        "jury/manage/progress.html", hackathon=hackathon, seen=last_seen(hackathon), now=now(),
        queues=sorted(queues, key=lambda queue: (-len(queue.late), -len(queue.left))), absent=absent_of(hackathon),
        may_remind=may_remind_jurors(me(), hackathon, now(), queues=queues),
        result=find_result(hackathon), may_preview=may_preview_ranking(me(), hackathon, now()),
    )  # fmt: skip


@blueprint.post("/hackathons/<slug>/jury/erinnern")
@organiser
def reminded(slug: str) -> ResponseReturnValue:
    found = remind_jurors(me(), hackathon=get_any_hackathon(slug))
    flash(ngettext("%(num)s person was reminded.", "%(num)s people were reminded.", len(found))
          if found else _("Nobody had to be reminded."), "success")  # fmt: skip
    return redirect(url_for(".progress", slug=slug), 303)
