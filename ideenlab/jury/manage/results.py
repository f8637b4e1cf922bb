from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.clock import now
from ideenlab.core.i18n import gettext as _
from ideenlab.core.verdict import require
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import (
    publish_result,
)  # fmt: skip
from ideenlab.jury.forms import ConfirmForm
from ideenlab.jury.manage.door import blueprint
from ideenlab.jury.queries import (
    figures_of,
    find_result,
)  # fmt: skip
from ideenlab.jury.rules import may_preview_ranking, may_publish


@blueprint.get("/hackathons/<slug>/jury/stand")
@organiser
def progress(slug: str) -> ResponseReturnValue:
    """Who has handed in what, without points; the order only when no point can change any more."""
    hackathon = get_any_hackathon(slug)
    figures = figures_of(hackathon)
    return render_template(
        "jury/manage/progress.html", hackathon=hackathon, figures=figures, result=find_result(hackathon),
        may_preview=may_preview_ranking(me(), hackathon, now()),
        may_publish=may_publish(me(), hackathon, figures, now()),
    )  # fmt: skip


@blueprint.route("/hackathons/<slug>/jury/veroeffentlichen", methods=["GET", "POST"])
@organiser
def publish(slug: str) -> ResponseReturnValue:
    """What becomes public, and the button that does it."""
    hackathon = get_any_hackathon(slug)
    form = ConfirmForm()
    if form.validate_on_submit():
        publish_result(me(), hackathon=hackathon)
        flash(_("The result is published. The teams are told by mail."), "success")
        return redirect(url_for("jury.result", slug=hackathon.slug), 303)
    figures = figures_of(hackathon)
    require(may_publish(me(), hackathon, figures, now()))
    return render_template("jury/manage/publish.html", hackathon=hackathon, figures=figures, form=form)
