import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.hackathons.queries import find_registration
from ideenlab.history.queries import entries_of
from ideenlab.mail.models import Mail
from ideenlab.teams.actions import (
    TeamText,
    dissolve_team,
    edit_team,
    found_team,
    hand_over_lead,
    join_team,
    leave_team,
    mark_handed_in,
    remove_member,
)
from ideenlab.teams.queries import find_team_of, members_of
from tests.factories import a_challenge, a_hackathon, a_person, a_registration, a_team

WHY = "Sie ist seit gestern nicht mehr da gewesen."


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def mails_to(person):
    return [mail.subject for mail in db.session.query(Mail).filter_by(recipient=person.email).order_by(Mail.id)]


def test_who_founds_a_team_leads_it_until_the_lead_is_handed_over(app):
    hackathon = a_hackathon()
    founder, second = (a_registration(hackathon).person for _number in range(2))
    team = run(found_team, founder, hackathon=hackathon, name="Die Ersten")
    run(join_team, second, hackathon=hackathon, code=team.code)
    assert team.lead is founder
    with pytest.raises(NotAllowed):
        run(hand_over_lead, second, team=team, to=second)
    for nobody in (a_person(), founder):
        with pytest.raises(Invalid):
            run(hand_over_lead, founder, team=team, to=nobody)
    run(hand_over_lead, founder, team=team, to=second)
    assert (team.lead, mails_to(second)[-1]) == (second, "Sie leiten jetzt das Team „Die Ersten“")


def test_when_the_lead_leaves_the_longest_member_leads(app):
    first, second, third = (a_person() for _number in range(3))
    team = a_team(None, first, second, third)
    run(leave_team, second, team=team)
    assert team.lead is first
    run(leave_team, first, team=team)
    assert team.lead is third
    assert "teams.lead_passed_on" in [entry.deed for entry in entries_of(team)]


def test_organisers_hand_over_a_lead_that_is_lost(app):
    first, second = a_person(), a_person()
    team = a_team(None, first, second)
    run(hand_over_lead, a_person("organiser"), team=team, to=second)
    assert team.lead is second


def test_whoever_leads_takes_a_member_out_and_says_why(app):
    hackathon = a_hackathon()
    lead, member = a_person(), a_person()
    team = a_team(hackathon, lead, member, name="Eins", code="ABCD2345")
    with pytest.raises(Invalid) as refused:
        run(remove_member, lead, team=team, member=member, reason="weg")
    assert refused.value.field == "reason"
    run(remove_member, lead, team=team, member=member, reason=WHY)
    assert (list(members_of(team)), team.member_count, find_team_of(member, hackathon)) == ([lead], 1, None)
    assert not find_registration(member, hackathon).in_team
    told = db.session.query(Mail).filter_by(recipient=member.email).one()
    assert (told.subject, WHY in told.text) == ("Sie sind nicht mehr im Team „Eins“", True)
    with pytest.raises(Invalid):  # the code they know is dead
        run(join_team, member, hackathon=hackathon, code="ABCD2345")


def test_only_the_lead_takes_out_and_never_themselves_or_strangers(app):
    lead, member, stranger = a_person(), a_person(), a_person()
    team = a_team(None, lead, member)
    for who, whom in (
        (member, lead),
        (lead, lead),
        (lead, stranger),
        (stranger, member),
        (a_person("organiser"), lead),
    ):
        with pytest.raises(NotAllowed):
            run(remove_member, who, team=team, member=whom, reason=WHY)
    assert team.member_count == 2


def test_a_team_is_dissolved_for_all(app):
    hackathon = a_hackathon()
    lead, member = a_person(), a_person()
    team = a_team(hackathon, lead, member, name="Eins")
    with pytest.raises(NotAllowed):
        run(dissolve_team, member, team=team)
    run(dissolve_team, lead, team=team)
    assert (team.member_count, bool(team.dissolved_at), list(members_of(team))) == (0, True, [])
    assert not find_registration(member, hackathon).in_team
    assert mails_to(member) == ["Ihr Team „Eins“ ist aufgelöst"]
    assert run(found_team, member, hackathon=hackathon, name="Eins").lead is member


def test_what_was_handed_in_keeps_its_team(app):
    lead = a_person()
    team = a_team(None, lead, a_person())
    run(mark_handed_in, team)
    with pytest.raises(NotAllowed):
        run(dissolve_team, lead, team=team)
    assert team.dissolved_at is None


def test_two_who_edit_at_once_both_see_what_the_other_wrote(app):
    first, second = a_person(), a_person()
    team = a_team(None, first, second)
    challenge = a_challenge(team.hackathon, title="Kühle Plätze")
    run(edit_team, first, team=team, text=TeamText(" Wir bauen.\x00 ", challenge), revision=1)
    assert (team.about, team.challenge, team.revision) == ("Wir bauen.", challenge, 2)
    run(edit_team, second, team=team, text=TeamText("Wir bauen.", challenge), revision=1)  # nothing else: no conflict
    with pytest.raises(Conflict) as refused:
        run(edit_team, second, team=team, text=TeamText("Wir löten.", None), revision=1)
    assert [text for _label, text in refused.value.mine] == ["Wir löten.", "noch keine"]
    assert [text for _label, text in refused.value.stored] == ["Wir bauen.", "Kühle Plätze"]
    with pytest.raises(NotAllowed):
        run(edit_team, a_person(), team=team, text=TeamText("Fremd", None), revision=2)
