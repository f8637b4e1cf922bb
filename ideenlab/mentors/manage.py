from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, organiser
from ideenlab.accounts.queries import find_person_by_pseudonym
from ideenlab.core.errors import Invalid
from ideenlab.core.forms import refuse
from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_any_hackathon
from ideenlab.mentors import actions, queries
from ideenlab.mentors.forms import MentorForm

blueprint = Blueprint("manage_mentors", __name__, url_prefix="/organisation")


@blueprint.route("/hackathons/<slug>/mentoren", methods=["GET", "POST"])
@organiser
def mentors(slug: str) -> ResponseReturnValue:
    hackathon, form = get_any_hackathon(slug), MentorForm()
    if form.validate_on_submit():
        try:
            _name(hackathon, form)
        except Invalid as error:
            refuse(form, error.field, str(error))
        else:
            flash(_("The mentor is named and told by mail."), "success")
            return redirect(url_for("manage_mentors.mentors", slug=slug), 303)
    page = render_template(
        "mentors/manage/mentors.html", hackathon=hackathon, form=form, mentors=queries.mentors_of(hackathon)
    )
    return page, 422 if form.errors else 200


def _name(hackathon: Hackathon, form: MentorForm) -> None:
    person = find_person_by_pseudonym(form.pseudonym.data)
    if person is None or person.state != "active":
        raise Invalid(_("Nobody has this pseudonym. Please check how it is written."), field="pseudonym")
    actions.name_mentor(me(), hackathon=hackathon, person=person, expertise=form.expertise.data)


@blueprint.post("/mentoren/<int:mentor_id>/beenden")
@organiser
def end(mentor_id: int) -> ResponseReturnValue:
    mentor = queries.get_mentor(mentor_id)
    actions.end_mentor(me(), mentor=mentor)
    flash(_("This person is no mentor any more."), "success")
    return redirect(url_for("manage_mentors.mentors", slug=mentor.hackathon.slug), 303)
