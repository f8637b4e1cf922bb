from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.hackathons.actions import cancel_registration
from ideenlab.mail.models import Mail
from ideenlab.teams.actions import (
    NoticeText,
    accept_invitation,
    accept_request,
    ask_to_join,
    close_notice,
    decline_invitation,
    decline_request,
    found_team,
    invite_address,
    invite_person,
    join_team,
    remove_member,
    withdraw_approach,
    write_notice,
)
from ideenlab.teams.models import Approach, Membership
from ideenlab.teams.queries import (
    find_invitation_by_secret,
    find_team_of,
    invitations_by,
    invitations_to,
    members_of,
    requests_of,
    requests_to,
    visible_notices,
)
from tests.factories import DAY, a_challenge, a_hackathon, a_person, a_registration, a_team

WORDS = {"sentence": "Ich kann löten.", "role": "Löten"}


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def subjects(person):
    return [mail.subject for mail in db.session.query(Mail).filter_by(recipient=person.email).order_by(Mail.id)]


def secret_in(address):
    text = db.session.query(Mail).filter_by(recipient=address).order_by(Mail.id.desc()).first().text
    return next(line for line in text.splitlines() if "/team/einladung/" in line).rpartition("/")[2]


def test_whoever_asks_is_taken_in_by_any_member(app):
    hackathon = a_hackathon()
    lead, member, guest = a_person(), a_person(), a_registration(hackathon).person
    team = a_team(hackathon, lead, member, name="Eins")
    approach = run(ask_to_join, guest, team=team, **WORDS)
    assert subjects(member) == [f"{guest.pseudonym} möchte in Ihr Team"]
    assert (list(requests_to(team)), list(requests_of(guest, hackathon))) == ([approach], [approach])
    assert find_team_of(guest, hackathon) is None
    with pytest.raises(NotAllowed):
        run(ask_to_join, guest, team=team, **WORDS)
    with pytest.raises(NotAllowed):
        run(accept_request, guest, approach=approach)
    run(accept_request, member, approach=approach)
    row = db.session.query(Membership).filter_by(person_id=guest.id).one()
    assert (row.team, row.role, team.member_count, approach.state) == (team, "Löten", 3, "accepted")
    assert subjects(guest) == ["Sie sind jetzt im Team „Eins“"]
    assert subjects(lead)[-1] == f"{guest.pseudonym} ist Ihrem Team beigetreten"
    with pytest.raises(NotAllowed):
        run(accept_request, lead, approach=approach)


def test_who_was_declined_can_ask_again_a_day_later(app):
    hackathon = a_hackathon()
    member, guest = a_person(), a_registration(hackathon).person
    team = a_team(hackathon, member)
    approach = run(ask_to_join, guest, team=team, **WORDS)
    run(decline_request, member, approach=approach)
    assert subjects(guest) == [f"Das Team „{team.name}“ kann Sie nicht aufnehmen"]
    with pytest.raises(NotAllowed) as refused:
        run(ask_to_join, guest, team=team, **WORDS)
    assert "Sie können ab" in str(refused.value)
    with transaction():
        approach.decided_at = now() - DAY
    assert run(ask_to_join, guest, team=team, **WORDS).state == "open"


def test_who_finds_a_team_no_longer_waits_elsewhere(app):
    hackathon = a_hackathon()
    guest = a_registration(hackathon).person
    first, second, third = (a_team(hackathon, a_person(), code=f"TEAM234{n}") for n in range(3))
    run(ask_to_join, guest, team=first, **WORDS)
    run(invite_person, second.lead, team=second, person=guest, sentence="")
    run(invite_address, third.lead, team=third, email=guest.email, sentence="")
    notice = run(write_notice, guest, hackathon=hackathon, text=NoticeText("Suche Team"), revision=0)
    run(join_team, guest, hackathon=hackathon, code="TEAM2341")
    assert {row.state for row in db.session.query(Approach)} == {"withdrawn"}
    assert (list(invitations_to(guest)), bool(notice.closed_at)) == ([], True)


def test_a_request_of_somebody_who_cannot_come_any_more_is_not_shown_and_cannot_be_accepted(app):
    hackathon = a_hackathon()
    member, guest = a_person(), a_registration(hackathon).person
    team = a_team(hackathon, member)
    approach = run(ask_to_join, guest, team=team, **WORDS)
    run(cancel_registration, guest, hackathon=hackathon)
    assert list(requests_to(team)) == []
    with pytest.raises(Conflict):
        run(accept_request, member, approach=approach)
    assert (team.member_count, approach.state) == (1, "open")


def test_a_full_team_and_a_closed_window_take_nobody_however_they_come(app):
    hackathon = a_hackathon(team_size_max=2)
    member, asking, invited = a_person(), a_registration(hackathon).person, a_registration(hackathon).person
    team = a_team(hackathon, member, code="ABCD2345")
    request = run(ask_to_join, asking, team=team, **WORDS)
    invitation = run(invite_person, member, team=team, person=invited, sentence="")
    run(join_team, a_registration(hackathon).person, hackathon=hackathon, code="ABCD2345")
    for why in ("full", "closed"):
        with pytest.raises(NotAllowed):
            run(accept_request, member, approach=request)
        with pytest.raises(NotAllowed):
            run(accept_invitation, invited, approach=invitation)
        with pytest.raises(NotAllowed):
            run(invite_address, member, team=team, email="neu@example.org", sentence="")
        if why == "full":
            with transaction():
                hackathon.team_size_max, hackathon.teams_until = 5, now()
    assert team.member_count == 2


def test_an_invited_person_comes_declines_or_is_no_longer_invited(app):
    hackathon = a_hackathon()
    member, guest = a_person(), a_registration(hackathon).person
    team = a_team(hackathon, member, name="Eins")
    first = run(invite_person, member, team=team, person=guest, sentence="Komm zu uns!")
    assert list(invitations_to(guest, hackathon)) == [first]
    for action, who in ((accept_invitation, a_registration(hackathon).person), (decline_invitation, member)):
        with pytest.raises(NotAllowed):
            run(action, who, approach=first)
    with pytest.raises(Invalid):
        run(invite_person, member, team=team, person=guest, sentence="")
    run(decline_invitation, guest, approach=first)
    assert subjects(member)[-1] == "Ihre Einladung wurde abgelehnt"
    second = run(invite_person, member, team=team, person=guest, sentence="")
    run(withdraw_approach, member, approach=second)
    with pytest.raises(NotAllowed):
        run(accept_invitation, guest, approach=second)
    third = run(invite_person, member, team=team, person=guest, sentence="")
    run(accept_invitation, guest, approach=third)
    assert guest in members_of(team)


def test_an_invitation_to_an_address_works_once_and_forgets_the_address(app):
    hackathon = a_hackathon()
    member, guest, late = a_person(), a_registration(hackathon).person, a_registration(hackathon).person
    team = a_team(hackathon, member)
    run(invite_address, member, team=team, email="irgendwer@example.org", sentence="")
    secret = secret_in("irgendwer@example.org")
    approach = find_invitation_by_secret(secret)
    assert secret not in (approach.secret_hash, approach.open_key)
    with pytest.raises(NotAllowed):  # without the link it is for that address only
        run(accept_invitation, late, approach=approach)
    run(accept_invitation, guest, approach=approach, by_link=True)
    assert (guest in members_of(team), find_invitation_by_secret(secret), approach.email) == (True, None, None)
    with pytest.raises(NotAllowed):
        run(accept_invitation, late, approach=approach, by_link=True)


def test_a_known_address_and_an_unknown_one_are_the_same(app):
    member, known = a_person(), a_person(email="bekannt@example.org", pseudonym="Bekannt")
    team = a_team(None, member)
    texts = []
    for address in (known.email, "unbekannt@example.org"):
        run(invite_address, member, team=team, email=address, sentence="Bitte!")
        text = db.session.query(Mail).filter_by(recipient=address).one().text
        texts.append(text.replace(secret_in(address), ""))
        assert "Bitte!" not in text
    assert texts[0] == texts[1]
    assert [row.person for row in invitations_by(team)] == [None, None]
    assert [row.email for row in invitations_to(known)] == ["bekannt@example.org"]


def test_an_invitation_runs_out_and_makes_room_for_a_new_one(app):
    hackathon = a_hackathon()
    member, guest = a_person(), a_registration(hackathon).person
    team = a_team(hackathon, member)
    old = run(invite_person, member, team=team, person=guest, sentence="")
    with transaction():
        old.expires_at = now() - timedelta(seconds=1)
    with pytest.raises(NotAllowed):
        run(accept_invitation, guest, approach=old)
    assert run(invite_person, member, team=team, person=guest, sentence="").state == "open"
    run(invite_address, member, team=team, email="x@example.org", sentence="")
    with transaction():
        find_invitation_by_secret(secret_in("x@example.org")).expires_at = now()
    assert find_invitation_by_secret(secret_in("x@example.org")) is None


def test_who_was_taken_out_no_longer_holds_a_way_in(app):
    hackathon = a_hackathon()
    lead, member = a_person(), a_person()
    team = a_team(hackathon, lead, member)
    mine = run(invite_address, member, team=team, email="freund@example.org", sentence="")
    run(remove_member, lead, team=team, member=member, reason="Seit gestern nicht mehr da.")
    for action in (withdraw_approach,):
        with pytest.raises(NotAllowed):
            run(action, member, approach=mine)
    with pytest.raises(NotAllowed):
        run(invite_address, member, team=team, email="zwei@example.org", sentence="")


def test_the_board_shows_teams_with_a_gap_and_people_without_a_team(app):
    hackathon = a_hackathon(team_size_max=2)
    member, alone, gone = a_person(), a_registration(hackathon).person, a_registration(hackathon).person
    team = a_team(hackathon, member, code="ABCD2345")
    heat = a_challenge(hackathon, title="Hitze")
    ours = run(write_notice, member, hackathon=hackathon, text=NoticeText("Wir suchen", "Löten, Nähen"), revision=0)
    mine = run(write_notice, alone, hackathon=hackathon, text=NoticeText("Ich suche", "Zeichnen", heat), revision=0)
    left = run(write_notice, gone, hackathon=hackathon, text=NoticeText("Weg"), revision=0)
    run(cancel_registration, gone, hackathon=hackathon)
    assert list(visible_notices(hackathon)) == [mine, ours]
    asked = [
        {"kind": "team"},
        {"kind": "person"},
        {"skill": "LOETEN"},
        {"skill": "lö"},
        {"challenge": heat},
        {"skill": "%"},
    ]
    shown = [[notice.text for notice in visible_notices(hackathon, **choice)] for choice in asked]
    assert shown == [["Wir suchen"], ["Ich suche"], ["Wir suchen"], ["Wir suchen"], ["Ich suche"], []]
    with transaction():
        mine.hidden_at = now()
    assert list(visible_notices(hackathon)) == [ours]
    run(join_team, a_registration(hackathon).person, hackathon=hackathon, code="ABCD2345")
    assert (list(visible_notices(hackathon)), team.member_count, left.closed_at) == ([], 2, None)


def test_two_of_a_team_never_overwrite_each_others_notice(app):
    hackathon = a_hackathon()
    first, second = a_person(), a_person()
    a_team(hackathon, first, second)
    notice = run(write_notice, first, hackathon=hackathon, text=NoticeText("Eins"), revision=0)
    with pytest.raises(Conflict) as refused:
        run(write_notice, second, hackathon=hackathon, text=NoticeText("Zwei"), revision=0)
    assert (refused.value.mine[0][1], refused.value.stored[0][1]) == ("Zwei", "Eins")
    assert run(write_notice, second, hackathon=hackathon, text=NoticeText("Zwei"), revision=1) is notice
    with pytest.raises(NotAllowed):
        run(close_notice, a_person(), notice=notice)
    run(close_notice, first, notice=notice)
    assert run(write_notice, second, hackathon=hackathon, text=NoticeText("Drei"), revision=0).id != notice.id


def test_founding_a_team_ends_the_search_too(app):
    hackathon = a_hackathon()
    guest = a_registration(hackathon).person
    team = a_team(hackathon, a_person())
    run(ask_to_join, guest, team=team, **WORDS)
    run(found_team, guest, hackathon=hackathon, name="Eigenes")
    assert list(requests_to(team)) == []
