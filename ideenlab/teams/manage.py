from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import organiser
from ideenlab.hackathons.queries import get_any_hackathon, registrations_of
from ideenlab.teams.queries import (
    memberships_of_hackathon,
    open_requests_by_team,
    people_on_the_board,
    teams_of,
    wishes_of,
)

blueprint = Blueprint("manage_teams", __name__, url_prefix="/organisation")


@blueprint.get("/hackathons/<slug>/teilnehmende")
@organiser
def participants(slug: str) -> ResponseReturnValue:
    hackathon = get_any_hackathon(slug)
    teams = {membership.person_id: membership.team for membership in memberships_of_hackathon(hackathon)}
    registrations, all_teams = registrations_of(hackathon), teams_of(hackathon)
    return render_template(
        "teams/manage/participants.html", hackathon=hackathon, teams=teams, team_count=len(all_teams),
        gaps=[team for team in all_teams if team.member_count < hackathon.team_size_max],
        waiting=open_requests_by_team(hackathon), notices=people_on_the_board(hackathon), wishes=wishes_of(hackathon),
        alone=[registration for registration in registrations if not registration.in_team],
        in_teams=[registration for registration in registrations if registration.in_team],
    )  # fmt: skip
