from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.forms import CopyForm
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.programme.queries import editions


@blueprint.post("/hackathons/<slug>/oeffnen")
@organiser
def publish(slug: str) -> ResponseReturnValue:
    actions.publish_hackathon(me(), hackathon=queries.get_any_hackathon(slug))
    flash(_("Everybody sees the hackathon now."), "success")
    return redirect(url_for("manage_hackathons.hackathon", slug=slug), 303)


@blueprint.post("/hackathons/<slug>/schliessen")
@organiser
def unpublish(slug: str) -> ResponseReturnValue:
    actions.unpublish_hackathon(me(), hackathon=queries.get_any_hackathon(slug))
    flash(_("Only organisers see the hackathon now."), "success")
    return redirect(url_for("manage_hackathons.hackathon", slug=slug), 303)


@blueprint.route("/hackathons/<slug>/kopieren", methods=["GET", "POST"])
@organiser
def copy(slug: str) -> ResponseReturnValue:
    found, form, offered = queries.get_any_hackathon(slug), CopyForm(), editions()
    form.offer(offered)
    if form.validate_on_submit():
        edition = next(edition for edition in offered if edition.id == form.edition.data)
        assert form.starts_at.data is not None  # required
        made = actions.copy_hackathon(
            me(), hackathon=found, title=form.title.data, edition=edition, starts_at=form.starts_at.data
        )
        flash(_("The copy is planned. Only organisers see it so far."), "success")
        return redirect(url_for("manage_hackathons.edit_hackathon", slug=made.slug), 303)
    page = render_template("hackathons/manage/copy.html", hackathon=found, form=form)
    return page, 422 if form.errors else 200
