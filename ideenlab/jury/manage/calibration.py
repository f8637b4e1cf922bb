from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.jury.actions import close_example, remove_example, set_example
from ideenlab.jury.forms import ExampleForm
from ideenlab.jury.manage.door import blueprint, status
from ideenlab.jury.queries import calibrated_jurors, criteria_of, find_calibration, jurors_of, spread_of
from ideenlab.jury.rules import may_set_example


@blueprint.route("/hackathons/<slug>/jury/probe", methods=["GET", "POST"])
@organiser
def example(slug: str) -> ResponseReturnValue:
    """What the jury practises with before the first pitch."""
    hackathon = get_any_hackathon(slug)
    found = find_calibration(hackathon)
    form = ExampleForm(obj=found) if request.method == "GET" else ExampleForm()
    if form.validate_on_submit():
        try:
            set_example(me(), hackathon=hackathon, title=form.title.data, description=form.description.data or "",
                        url=form.url.data or "")  # fmt: skip
            flash(_("The jury finds the example on its list."), "success")
            return redirect(url_for(".example", slug=slug), 303)
        except Invalid as error:
            refuse(form, error.field, str(error))
    return render_template(
        "jury/manage/example.html", hackathon=hackathon, example=found, form=form,
        may_set=may_set_example(me(), hackathon), number=calibrated_jurors(hackathon), jurors=jurors_of(hackathon),
        spread=spread_of(hackathon, criteria_of(hackathon)) if found and found.closed_at else [],
    ), status()  # fmt: skip


@blueprint.post("/hackathons/<slug>/jury/probe/beenden")
@organiser
def end_of_example(slug: str) -> ResponseReturnValue:
    close_example(me(), hackathon=get_any_hackathon(slug))
    flash(_("The practice is over. Everybody on the jury sees how the points were given."), "success")
    return redirect(url_for(".example", slug=slug), 303)


@blueprint.post("/hackathons/<slug>/jury/probe/entfernen")
@organiser
def removal_of_example(slug: str) -> ResponseReturnValue:
    remove_example(me(), hackathon=get_any_hackathon(slug))
    flash(_("The example is gone, with all points that were given for it."), "success")
    return redirect(url_for(".example", slug=slug), 303)
