from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from ideenlab.teams.models import Team

blueprint = Blueprint("teams", __name__)


def to_team(team: Team) -> ResponseReturnValue:
    return redirect(url_for("teams.team", team_id=team.id), 303)
