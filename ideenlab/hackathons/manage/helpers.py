from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.accounts.queries import find_person_by_pseudonym
from ideenlab.attendance.forms import HelperForm
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons import actions, queries
from ideenlab.hackathons.manage.door import blueprint
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.rules import may_change_hackathon


@blueprint.route("/hackathons/<slug>/einlass/personen", methods=["GET", "POST"])
@organiser
def helpers(slug: str) -> ResponseReturnValue:
    """Who may use the entrance of this hackathon, and nothing else."""
    found, form = queries.get_any_hackathon(slug), HelperForm()
    if form.validate_on_submit():
        try:
            _name(found, form.pseudonym.data)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("This person can let people in now, and is told by mail."), "success")
            return redirect(url_for("manage_hackathons.helpers", slug=slug), 303)
    page = render_template(
        "hackathons/manage/helpers.html", hackathon=found, form=form, helpers=queries.helpers_of(found),
        verdict=may_change_hackathon(me(), found),
    )  # fmt: skip
    return page, 422 if form.errors else 200


@blueprint.post("/einlass/<int:helper_id>/beenden")
@organiser
def end_helper(helper_id: int) -> ResponseReturnValue:
    helper = queries.get_helper(helper_id)
    actions.end_helper(me(), helper=helper)
    flash(_("%(name)s does not let people in any more.", name=helper.person.pseudonym), "success")
    return redirect(url_for("manage_hackathons.helpers", slug=helper.hackathon.slug), 303)


def _name(hackathon: Hackathon, pseudonym: str) -> None:
    person = find_person_by_pseudonym(pseudonym)
    if person is None or person.state != "active":
        raise Invalid(_("Nobody has this pseudonym. Please check how it is written."), field="pseudonym")
    actions.name_helper(me(), hackathon=hackathon, person=person)
