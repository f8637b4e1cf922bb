"""What is a team's is the team's: whoever is in another one reads nothing of it and changes nothing in it."""

import pytest

from ideenlab.assignments.models import Assignment, Seat
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.hackathons.models import Question, QuestionAnswer, RegistrationGroup
from ideenlab.teams.actions import (
    NoticeText,
    add_link,
    ask_to_join,
    describe_myself,
    invite_address,
    invite_person,
    write_notice,
)
from tests.factories import DAY, a_hackathon, a_person, a_prototype, a_registration, a_team, saved
from tests.guards.conftest import stored
from tests.mentors.world import a_help_request, a_mentor

ROOMS = {"teams", "prototypes", "mentors", "hackathons", "assignments", "archives", "pitches", "audience", "challenges"}
SECRET = "kanarienvogel"
TYPED = {
    "name": "Geentert", "title": "Geentert", "pitch": "x", "description": "x", "text": "Geentert, ganz", "url":
    "https://example.org/x", "reason": "Weil wir es so wollen.", "sentence": "Darf ich?", "role": "x", "answer":
    "accept", "pseudonym": "Niemand", "revision": "1", "do": "save", "shown_name": "x", "about": "x", "place": "x",
    "agree": "yes", "deed": "approve", "months": "6",
}  # fmt: skip
OWN = {"slug", "kind", "months", "place"}  # with these alone a door leads to what is one's own, or everybody's
OTHERS = ("visitor", "alone", "member of another team", "mentor elsewhere", "juror")


def the_team():
    """A team with something of every kind, and the numbers under which it is found."""
    child = a_person(age_band="16_17")
    lead = a_person()
    hackathon = a_hackathon()
    team = a_team(hackathon, lead, child, code=f"{SECRET}1"[:16], about="Alle dürfen das lesen.")
    asking, invited = a_registration(hackathon).person, a_registration(hackathon).person
    prototype = a_prototype(team, pitch=SECRET)
    mine = a_registration(
        hackathon, legal_name=SECRET, diet=SECRET, access_needs=SECRET, skills=SECRET, wishes=SECRET,
        guardian_name=SECRET, guardian_email=f"{SECRET}@example.org",
    )  # fmt: skip
    question = saved(Question(hackathon=hackathon, position=1, kind="text", text="Woher?"))
    saved(QuestionAnswer(registration_id=mine.id, question=question, text=SECRET))
    group = saved(RegistrationGroup(hackathon=hackathon, teacher=lead, name=SECRET))
    with transaction():
        link = add_link(lead, team=team, title=SECRET, url=f"https://{SECRET}.example.org/")
        asked = ask_to_join(asking, team=team, sentence=SECRET, role=SECRET)
        invite_person(lead, team=team, person=invited, sentence=SECRET)
        invite_address(lead, team=team, email=f"{SECRET}@example.com", sentence=SECRET)
        describe_myself(lead, team=team, role=SECRET, shown_name=SECRET)
        notice = write_notice(lead, hackathon=hackathon, text=NoticeText("Wir suchen."), revision=0)
    request = a_help_request(team, child, text=SECRET)
    sent = saved(Assignment(hackathon=hackathon, number=1, seed=1, sent_at=now(), answer_until=now() + DAY))
    seat = saved(Seat(assignment=sent, registration=mine, table=1, team=team))
    numbers = {
        "team_id": team.id, "slug": hackathon.slug, "approach_id": asked.id, "link_id": link.id, "file_id": 1,
        "notice_id": notice.id, "request_id": request.id, "prototype_id": prototype.id, "person_id": child.id,
        "number": group.id, "registration_id": mine.id, "secret": "x" * 43, "token": "x" * 43, "months": 6,
        "kind": "photo_press", "key": "x", "width": 320, "place": 1, "challenge_id": 1,
        "seat_id": seat.id,
    }  # fmt: skip
    return team, {**TYPED, "member": str(child.id), "code": "FALSCH"}, numbers


def somebody(who, team):
    if who == "alone":
        return a_registration(team.hackathon).person
    if who == "member of another team":
        member = a_person()
        a_team(team.hackathon, member)
        return member
    if who == "mentor elsewhere":
        return a_mentor(a_hackathon()).person
    return a_person("juror") if who == "juror" else None


def doors(app, numbers, methods):
    """Every door to this very team that there is."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ROOMS and rule.arguments & {*numbers} - OWN:
            values = {name: numbers[name] for name in rule.arguments}
            for method in rule.methods & methods:
                yield rule.endpoint, method, adapter.build(rule.endpoint, values, method)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_or_changes_what_is_a_teams(app, client, who):
    team, typed, numbers = the_team()
    person = somebody(who, team)
    if person:
        client.sign_in(person)
    before, read, refused = stored(), {}, {}
    for endpoint, method, address in doors(app, numbers, {"GET", "POST", "PATCH", "DELETE"}):
        if endpoint == "teams.asking" and method == "POST":
            continue  # anybody with a place may ask
        headers = {"Tus-Resumable": "1.0.0"} if "upload" in endpoint else {}
        given = {} if method == "GET" else {"data": typed}
        answer = client.open(address, method=method, headers=headers, **given)
        if method == "GET" and SECRET in answer.text.casefold():
            read[endpoint] = answer.status_code
        if method != "GET" and answer.status_code < 400 and "anmelden" not in answer.headers.get("Location", ""):
            refused[endpoint, method] = answer.status_code
    assert read == {}
    assert refused == {}
    assert stored() == before
    for page in ("", "/teams", "/teams/suche", "/mentoren", "/prototypen", "/ablauf", "/aufgaben"):
        answer = client.get(f"/hackathon/{team.hackathon.slug}{page}")
        assert SECRET not in answer.text.casefold(), page
