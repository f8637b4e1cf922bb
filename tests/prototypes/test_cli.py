import io

from ideenlab.core.db import transaction
from ideenlab.core.jobs import JOBS
from ideenlab.core.storage import storage
from ideenlab.files.actions import store_content
from ideenlab.prototypes.actions import add_file
from ideenlab.teams.actions import leave_team
from tests.factories import a_hackathon, a_person, a_team
from tests.files.samples import archive


def key_of_file(person, team):
    stored = store_content(io.BytesIO(archive()), name="anhang.zip", size=len(archive()))
    with transaction():
        return add_file(person, team=team, content=stored).file.key


def test_a_dissolved_team_leaves_no_files_behind(app):
    person, other, hackathon = a_person(), a_person(), a_hackathon()
    team, staying = a_team(hackathon, person), a_team(hackathon, other)
    gone, stays = key_of_file(person, team), key_of_file(other, staying)
    with transaction():
        leave_team(person, team=team)
    JOBS["prototypes.clean_up"].work()
    assert (storage().is_whole(gone), storage().is_whole(stays)) == (False, True)
