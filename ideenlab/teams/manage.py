from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import organiser
from ideenlab.hackathons.queries import get_any_hackathon, registrations_of
from ideenlab.teams.queries import memberships_of_hackathon, teams_of

blueprint = Blueprint("manage_teams", __name__, url_prefix="/organisation")


@blueprint.get("/hackathons/<slug>/teilnehmende")
@organiser
def participants(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    teams = {membership.person_id: membership.team for membership in memberships_of_hackathon(hackathon)}
    registrations = registrations_of(hackathon)
    return render_template(
        "teams/manage/participants.html", hackathon=hackathon, teams=teams, team_count=len(teams_of(hackathon)),
        alone=[registration for registration in registrations if not registration.in_team],
        in_teams=[registration for registration in registrations if registration.in_team],
    )  # fmt: skip
