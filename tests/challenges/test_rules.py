from ideenlab.challenges.queries import challenges_from
from ideenlab.challenges.rules import (
    may_grow_from,
    may_manage_challenges,
    may_publish_challenge,
    may_remove_challenge,
    may_see_challenge,
    may_see_contact,
)
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.prototypes.actions import add_imported_prototype
from tests.factories import a_challenge, a_hackathon, a_person, a_registration, a_team, an_idea


def test_who_sees_a_challenge_and_whom_to_ask(app):
    hackathon = a_hackathon()
    shown, planned = a_challenge(hackathon), a_challenge(hackathon, published_at=None)
    unseen = a_challenge(a_hackathon(published_at=None))
    organiser, citizen, registered = a_person("organiser"), a_person(), a_registration(hackathon).person
    people = {"visitor": None, "citizen": citizen, "registered": registered, "organiser": organiser}
    sees = {
        name: [bool(may_see_challenge(each, one)) for one in (shown, planned, unseen)] for name, each in people.items()
    }
    assert sees == {
        "visitor": [True, False, False], "citizen": [True, False, False], "registered": [True, False, False],
        "organiser": [True, True, True],
    }  # fmt: skip
    asks = {name: bool(may_see_contact(each, shown)) for name, each in people.items()}
    assert asks == {"visitor": False, "citizen": False, "registered": True, "organiser": True}


def test_what_organisers_may_do_with_a_challenge(app):
    organiser, citizen = a_person("organiser"), a_person()
    told = {"summary": "Kurz", "description": "Lang"}
    empty, ready, shown = (
        a_challenge(published_at=None), a_challenge(published_at=None, **told), a_challenge(published_at=now(), **told)
    )  # fmt: skip
    assert [bool(may_publish_challenge(organiser, each)) for each in (empty, ready, shown)] == [False, True, False]
    assert [bool(may_remove_challenge(organiser, each)) for each in (empty, shown)] == [True, False]
    assert [bool(may_publish_challenge(citizen, ready)), bool(may_remove_challenge(citizen, ready))] == [False, False]
    assert [bool(may_manage_challenges(each, shown.hackathon)) for each in (organiser, citizen)] == [True, False]
    assert [bool(may_grow_from(an_idea(state=state))) for state in ("published", "hidden", "draft")] == [
        True, False, False
    ]  # fmt: skip


def test_nobody_reads_of_a_hackathon_that_is_still_planned_through_an_idea(app):
    organiser, idea, told = a_person("organiser"), an_idea(), {"summary": "Kurz", "description": "Lang"}
    planned, shown = a_hackathon(published_at=None), a_hackathon()
    early, open_one = (a_challenge(each, idea=idea, published_at=None, **told) for each in (planned, shown))
    assert [bool(may_publish_challenge(organiser, each)) for each in (early, open_one)] == [False, True]
    for each in (planned, shown):
        a_challenge(each, idea=idea)
    assert {each.hackathon_id for each in challenges_from(idea)} == {shown.id}


def test_a_rehearsal_is_found_by_its_address_only_and_not_by_counting(client):
    rehearsed = a_hackathon(published_at=None)
    rehearsal = a_hackathon(rehearsal_of_id=rehearsed.id, gallery_shown_at=now())
    tries_it = a_registration(rehearsal).person
    challenge, team = a_challenge(rehearsal), a_team(rehearsal, a_person())
    with transaction():
        handed_in = add_imported_prototype(rehearsal, title="Probe")
    doors = [f"/aufgabe/{challenge.id}", f"/team/{team.id}", f"/prototyp/{handed_in.id}"]
    assert [client.get(door).status_code for door in doors] == [404] * 3
    client.sign_in(tries_it)
    assert client.get(doors[0]).status_code == 200
    client.sign_in(a_person("organiser"))
    assert [client.get(door).status_code for door in doors] == [200] * 3
