"""A name that breaks the rules: reported, hidden, appealed against, given back or replaced."""

import pytest
from sqlalchemy import select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.mail.models import Mail
from ideenlab.moderation.actions import appeal, decide_appeal, decide_case, report_thing, take_measure
from ideenlab.moderation.models import Case
from ideenlab.moderation.queries import get_thing, hidden_things, measures_about
from ideenlab.moderation.rules import may_appeal, may_decide_appeal, may_report, may_see_measure, measures_for
from ideenlab.notifications.actions import tell
from ideenlab.notifications.models import Notice
from ideenlab.teams.actions import rename_team
from tests.factories import a_hackathon, a_person, a_team

WHY = "Der Name beleidigt eine Gruppe von Menschen."


def done(action, *args, **values):
    with transaction():
        return action(*args, **values)


@pytest.fixture
def team(app):
    hackathon = a_hackathon()
    return a_team(hackathon, a_person(), a_person(), name="Böser Name")


def members(team):
    return get_thing("team", team.id).concerned


def hidden(team, moderator=None):
    thing = get_thing("team", team.id)
    return done(take_measure, moderator or a_person("moderator"), thing=thing, kind="hidden", reason=WHY)


def test_a_reported_name_is_replaced_everywhere_and_its_team_told(team):
    one, other = members(team)
    with transaction():
        tell(one, "teams/joined", kind="hackathon", team=team, joined=other)
    assert may_report(None, get_thing("team", team.id))
    done(report_thing, None, thing=get_thing("team", team.id), reason="insult", text="Der Name ist schlimm.")
    case = db.session.scalars(select(Case)).one()
    done(decide_case, a_person("moderator"), case=case, kind="hidden", reason=WHY)
    assert (team.name, team.hidden_name) == (f"Team {team.id}", "Böser Name")
    told = {mail.recipient: mail.text for mail in db.session.scalars(select(Mail).order_by(Mail.id))}
    assert {one.email, other.email} <= set(told)
    assert WHY in told[other.email]
    notices = list(db.session.scalars(select(Notice)))
    assert not any("Böser" in f"{notice.text} {notice.detail} {notice.thing_title}" for notice in notices)
    assert [notice.thing_title for notice in notices if notice.kind == "hackathon"] == [team.name]
    assert [thing.title for thing in hidden_things(5)] == [team.name]


def test_a_neutral_name_that_another_team_has_gets_a_number(team):
    a_team(team.hackathon, a_person(), name=f"team {team.id}")
    hidden(team)
    assert team.name == f"Team {team.id}-2"


def test_every_member_reads_the_decision_and_one_of_them_appeals(team):
    moderator, other = a_person("moderator"), a_person("moderator")
    measure = hidden(team, moderator)
    one, two = members(team)
    assert all(measure in measures_about(member) and may_see_measure(member, measure) for member in (one, two))
    stranger = a_person()
    assert not may_see_measure(stranger, measure)
    assert not may_appeal(stranger, measure, now())
    asked = done(appeal, two, measure=measure, text="Das ist der Name unseres Hundes.")
    assert not may_decide_appeal(moderator, asked)
    undone = done(decide_appeal, other, appeal=asked, overturn=True, reason="Es ist wirklich nur der Hund.")
    assert (undone.kind, team.name, team.hidden_at) == ("restored", "Böser Name", None)
    assert {one.email, two.email} <= set(db.session.scalars(select(Mail.recipient)))


def test_a_member_decides_nothing_about_their_team(app):
    hackathon, moderator = a_hackathon(), a_person("moderator")
    team = a_team(hackathon, moderator, name="Böser Name")
    thing = get_thing("team", team.id)
    assert measures_for(moderator, thing) == []
    with pytest.raises(NotAllowed):
        done(take_measure, moderator, thing=thing, kind="hidden", reason=WHY)
    assert measures_for(a_person("moderator"), thing) == ["hidden"]


def test_the_team_chooses_another_name_and_not_the_same(team):
    measure = hidden(team)
    member = members(team)[0]
    with pytest.raises(Invalid) as refused:
        done(rename_team, member, team=team, name="böser  NAME")
    assert refused.value.field == "name"
    done(rename_team, member, team=team, name="Guter Name")
    assert (team.name, team.hidden_at, team.hidden_name) == ("Guter Name", None, "")
    assert not may_appeal(member, measure, now()), "there is nothing to give back any more"


def test_after_the_deadline_a_hidden_name_can_still_be_replaced(app):
    team = a_team(a_hackathon(open_windows=()), a_person(), name="Böser Name")
    member = members(team)[0]
    hidden(team)
    done(rename_team, member, team=team, name="Guter Name")
    assert team.name == "Guter Name"


def test_a_name_that_was_taken_meanwhile_cannot_be_given_back(team):
    hidden(team)
    a_team(team.hackathon, a_person(), name="Böser Name")
    with pytest.raises(Invalid):
        done(take_measure, a_person("moderator"), thing=get_thing("team", team.id), kind="restored")
