"""What looks like a conflict of interest, and what does not."""

import pytest

from ideenlab.core.db import db, transaction
from ideenlab.hackathons.models import RegistrationGroup
from ideenlab.hackathons.queries import find_registration
from ideenlab.ideas.models import CoAuthor
from ideenlab.jury.models import Recusal
from ideenlab.jury.queries import conflicting_pairs, pairs_of, recusals_of, suspicions_of
from ideenlab.jury.queries.organisations import domain_of, is_same_organisation, is_under
from ideenlab.mentors.models import HelpRequest, Mentor
from tests.factories import a_challenge, a_hackathon, a_person, a_team, an_idea, saved
from tests.jury.world import a_juror, handed_in, scored_hackathon


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Stadtwerke Osnabrück AG", "stadtwerke osnabrueck", True),
        ("Hochschule Osnabrück", "Hochschule Osnabrück, Fakultät I", True),
        ("Gymnasium in der Wüste", "Klasse 9b, Gymnasium in der Wüste", True),
        ("Digitale Bürger e. V.", "Digitale Bürger", True),
        ("Osnabrück", "Stadt Osnabrück", False),
        ("Stadt Osnabrück", "Stadt Münster", False),
        ("", "", False),
        ("GmbH", "AG", False),
    ],
)
def test_two_names_of_an_organisation(one, other, same):
    assert is_same_organisation(one, other) is is_same_organisation(other, one) is same


@pytest.mark.parametrize(
    ("organisation", "email", "domain"),
    [
        ("Hochschule Osnabrück", "a@hs-osnabrueck.de", "hs-osnabrueck.de"),
        ("Hochschule Osnabrück", "a@edu.hs-osnabrueck.de", "edu.hs-osnabrueck.de"),
        ("ITEBO GmbH", "a@itebo.de", "itebo.de"),
        ("Web AG", "a@web.de", ""),
        ("Outlook Verlag", "a@outlook.com", ""),
        ("Post", "a@posteo.de", ""),
        ("Stadt Osnabrück", "a@example.org", ""),
        ("", "a@hs-osnabrueck.de", ""),
        ("Stadt", None, ""),
    ],
)
def test_an_address_belongs_to_an_organisation_only_when_its_name_stands_there(organisation, email, domain):
    assert domain_of(organisation, email) == domain


def test_a_domain_and_its_parts_belong_together():
    assert is_under("hs-osnabrueck.de", "a@edu.hs-osnabrueck.de")
    assert is_under("edu.hs-osnabrueck.de", "a@hs-osnabrueck.de")
    for email in ("a@anders-hs-osnabrueck.de", "a@web.de", None):
        assert not is_under("hs-osnabrueck.de", email)
    assert not is_under("", "a@web.de")


def found(hackathon):
    db.session.rollback()
    return [(each.juror.name, each.team.name, each.kind, each.about) for each in suspicions_of(hackathon)]


def test_what_juror_and_team_share_is_suspected(app):
    hackathon = scored_hackathon()
    juror = a_juror(
        hackathon, a_person("juror", email="jo@hs-osnabrueck.de"), name="Jo", organisation="Hochschule Osnabrück"
    )
    stranger = a_juror(hackathon, name="Fremd", organisation="Anderswo GmbH")
    idea, part = an_idea(title="Leihkarte"), an_idea()
    with transaction():
        part.merged_into_id, part.state = idea.id, "merged"
    saved(CoAuthor(idea_id=part.id, person_id=juror.person_id, state="accepted"))
    challenge = a_challenge(hackathon, title="Kurze Wege", partner="Hochschule Osnabrück, Labor", idea=idea)
    teams = [
        a_team(hackathon, name="A Hilfe"),
        a_team(hackathon, a_person(email="stud@edu.hs-osnabrueck.de"), name="C Adresse"),
        a_team(hackathon, name="D Aufgabe", challenge=challenge), a_team(hackathon, a_person(), name="E Nichts"),
        a_team(hackathon, juror.person, name="F Eigenes", challenge=challenge),
    ]  # fmt: skip
    mentor = saved(Mentor(hackathon=hackathon, person=juror.person))
    for team, state in ((teams[0], "done"), (teams[3], "withdrawn")):
        saved(HelpRequest(hackathon=hackathon, team=team, text="Hilfe", state=state, mentor=mentor))
    pupil = a_person()
    a_team(hackathon, pupil, name="B Klasse")
    group = saved(RegistrationGroup(hackathon=hackathon, teacher=juror.person, name="Klasse 9b"))
    with transaction():
        find_registration(pupil, hackathon).group = group
    assert found(hackathon) == [
        ("Jo", "A Hilfe", "mentor", ""),
        ("Jo", "B Klasse", "organisation", "Hochschule Osnabrück"),
        ("Jo", "C Adresse", "domain", "hs-osnabrueck.de"),
        ("Jo", "D Aufgabe", "challenge", "Kurze Wege"),
        ("Jo", "D Aufgabe", "idea", "Leihkarte"),
    ]
    assert [pair.is_waiting for pair in pairs_of(hackathon, juror=stranger)] == [False] * 6
    assert suspicions_of(a_hackathon()) == []


def test_decisions_hold_or_not_and_own_teams_count_as_conflicts(app):
    hackathon = scored_hackathon()
    jurors = [a_juror(hackathon, name=name) for name in ("Anna", "Ben", "Cem")]
    gone = a_juror(hackathon, removed_at=hackathon.starts_at)
    first, own = handed_in(hackathon, team="Alpha"), handed_in(hackathon, jurors[0].person, team="Beta")
    for juror, state in zip([*jurors, gone], ("declared", "blocked", "dismissed", "declared"), strict=True):
        saved(Recusal(juror=juror, team=first.team, state=state, kind="other", reason="Weil."))
    db.session.rollback()
    assert [(each.juror.name, each.state) for each in recusals_of(hackathon)] == [
        ("Anna", "declared"), ("Ben", "blocked"),
    ]  # fmt: skip
    pairs = {(jurors[0].id, first.id), (jurors[1].id, first.id), (jurors[0].id, own.id), (gone.id, first.id)}
    assert conflicting_pairs(hackathon) == pairs


@pytest.mark.parametrize("rows", [1, 8])
def test_suspicions_need_a_fixed_number_of_queries(app, count_queries, rows):
    hackathon = scored_hackathon()
    for _ in range(rows):
        a_juror(hackathon, organisation="Hochschule Osnabrück")
        challenge = a_challenge(hackathon, partner="Hochschule Osnabrück", idea=an_idea())
        a_team(hackathon, a_person(), challenge=challenge)
    db.session.expire_all()
    assert count_queries(lambda: pairs_of(hackathon)) <= 12
