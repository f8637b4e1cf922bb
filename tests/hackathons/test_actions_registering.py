from dataclasses import replace
from datetime import timedelta

import pytest

from ideenlab.accounts.queries import find_token
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Gone, Invalid, NotAllowed
from ideenlab.hackathons.actions import (
    Details,
    agree_for_child,
    approve_registration,
    ask_guardian_again,
    cancel_for,
    cancel_registration,
    check_in_by_code,
    confirm_place,
    edit_registration,
    give_consent,
    guardian_purpose,
    move_up,
    move_up_by_hand,
    note_absence,
    record_paper_consents,
    refuse_registration,
    register_for_hackathon,
    take_back_check_in,
    withdraw_consent,
)
from ideenlab.hackathons.models import Consent, Question, QuestionAnswer, Registration
from ideenlab.hackathons.queries import answers_of, consents_of, find_place, find_registration
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_hackathon, a_person, a_registration, a_team, saved

CONDUCT = ("conduct",)
TOLD = Details(legal_name="Ada Muster", diet="vegan", access_needs="Rampe", wishes="Karten")


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def register(person, hackathon, details=None, consents=CONDUCT):
    return run(register_for_hackathon, person, hackathon=hackathon, details=details, consents=consents)


def mails():
    return [(mail.recipient, mail.subject) for mail in db.session.query(Mail).order_by(Mail.id)]


def test_a_person_registers_and_is_told(app):
    person, hackathon = a_person(), a_hackathon()
    register(person, hackathon, Details(skills="  Löten,\n Zeichnen "))
    registration = find_registration(person, hackathon)
    assert (hackathon.registered_count, registration.skills) == (1, "Löten, Zeichnen")
    assert [recipient for recipient, _subject in mails()] == [person.email]
    mail = db.session.query(Mail).one()
    assert registration.ticket_code in mail.text
    assert (
        mail.qr_text
        == f"http://localhost/organisation/hackathons/{hackathon.slug}/einlass#code={registration.ticket_code}"
    )


def test_whoever_comes_when_all_places_are_taken_waits_and_moves_up(app):
    hackathon = a_hackathon(places=1, title="Hase")
    first, second, third = (a_person(email=f"{name}@example.org") for name in "abc")
    for person in (first, second, third):
        register(person, hackathon)
    run(cancel_registration, first, hackathon=hackathon)
    offered = find_place(second, hackathon)
    assert (offered.state, find_place(third, hackathon).state, hackathon.registered_count) == ("offered", "waiting", 1)
    assert mails()[-1] == ("b@example.org", "Ein Platz ist für Sie frei: Hase")
    run(confirm_place, second, hackathon=hackathon)
    assert find_registration(second, hackathon).ticket_code
    with pytest.raises(NotAllowed):
        run(confirm_place, third, hackathon=hackathon)


def test_a_lapsed_offer_goes_to_the_next_and_both_are_told_once(app):
    hackathon = a_hackathon(places=1, title="Hase")
    people = [a_person(email=f"{name}@example.org") for name in "abc"]
    for person in people:
        register(person, hackathon)
    run(cancel_registration, people[0], hackathon=hackathon)
    with transaction():
        find_place(people[1], hackathon).offered_until = now() - timedelta(seconds=1)
    before = len(mails())
    assert [run(move_up, hackathon) for _round in range(3)] == [1, 0, 0]
    assert mails()[before:] == [
        ("b@example.org", "Den Platz bekommt jetzt jemand anderes: Hase"),
        ("c@example.org", "Ein Platz ist für Sie frei: Hase"),
    ]


def test_a_place_that_was_given_back_can_be_taken_again_and_nothing_private_is_left(app):
    person, hackathon = a_person(), a_hackathon(places=1)
    question = saved(Question(hackathon=hackathon, position=1, kind="text", text="Warum?"))
    for _round in range(2):
        details = Details(skills="Löten", diet="vegan", legal_name="Ada", answers={question.id: "Darum"})
        register(person, hackathon, details)
        run(cancel_registration, person, hackathon=hackathon)
        row = db.session.query(Registration).one()
        assert (hackathon.registered_count, row.state, row.skills, row.diet, row.legal_name) == (
            0,
            "cancelled",
            "",
            "",
            "",
        )
        assert db.session.query(QuestionAnswer).count() == 0
        assert consents_of(row) == {}


def test_refused_is_who_is_in_a_team_who_registers_twice_and_who_comes_late(app):
    person, hackathon = a_person(), a_hackathon()
    a_team(hackathon, person)
    with pytest.raises(NotAllowed):
        run(cancel_registration, person, hackathon=hackathon)
    with pytest.raises(NotAllowed):
        register(person, hackathon)
    with pytest.raises(NotAllowed):
        register(a_person(), a_hackathon(registration_until=now()))
    assert hackathon.registered_count == 1


def test_each_agreement_is_a_record_with_its_words_and_photos_never_block(app):
    person, hackathon = a_person(), a_hackathon(code_of_conduct="Seid nett.", house_rules="Kein Feuer.")
    with pytest.raises(Invalid) as refused:
        register(person, hackathon, consents=("conduct", "photo_press"))
    assert refused.value.field == "house_rules"
    registration = register(person, hackathon, consents=("conduct", "house_rules", "photo_press", "guardian"))
    kept = consents_of(registration)
    assert set(kept) == {"conduct", "house_rules", "photo_press"}
    assert "Seid nett." in kept["conduct"].text
    assert "Kein Feuer." in kept["house_rules"].text
    run(withdraw_consent, person, registration=registration, kind="photo_press")
    run(give_consent, person, registration=registration, kind="photo_social")
    assert set(consents_of(registration)) == {"conduct", "house_rules", "photo_social"}
    assert db.session.query(Consent).filter_by(kind="photo_press").one().withdrawn_at is not None
    for kind, action in (("conduct", withdraw_consent), ("conduct", give_consent)):
        with pytest.raises(NotAllowed):
            run(action, person, registration=registration, kind=kind)
    with pytest.raises(NotAllowed):
        run(withdraw_consent, a_person(), registration=registration, kind="photo_social")


def secret_of(registration):
    letter = db.session.query(Mail).filter_by(recipient="mutter@example.org").order_by(Mail.id.desc()).first()
    return letter.text.split(f"/zustimmung/{registration.id}/")[1].split()[0]


def test_a_guardian_agrees_once_by_a_link_and_only_then_the_child_comes_in(app):
    child, hackathon, organiser = a_person(age_band="16_17"), a_hackathon(), a_person("organiser")
    details = Details(legal_name="Nie", guardian_name="Eva Muster", guardian_email="mutter@example.org")
    registration = register(child, hackathon, details, consents=("conduct",))
    assert registration.legal_name == ""
    with pytest.raises(NotAllowed):
        run(check_in_by_code, organiser, hackathon=hackathon, code=registration.ticket_code)
    with pytest.raises(NotAllowed):
        run(give_consent, child, registration=registration, kind="photo_press")
    token = find_token(secret_of(registration), purpose=guardian_purpose(registration))
    run(agree_for_child, token, registration=registration, photos=["photo_website", "conduct"])
    kept = consents_of(registration)
    assert {kind: consent.way for kind, consent in kept.items()} == {
        "conduct": "self", "guardian": "guardian", "photo_website": "guardian"
    }  # fmt: skip
    with pytest.raises(Gone):
        run(agree_for_child, token, registration=registration, photos=[])
    assert run(check_in_by_code, organiser, hackathon=hackathon, code=registration.ticket_code)[1]
    run(withdraw_consent, child, registration=registration, kind="photo_website")


def test_a_link_for_a_guardian_is_dead_after_a_new_one_or_another_address(app):
    child, hackathon = a_person(age_band="under_16"), a_hackathon()
    details = Details(guardian_name="Eva", guardian_email="mutter@example.org")
    registration = register(child, hackathon, details)
    old = secret_of(registration)
    changed = Details(guardian_name="Adam", guardian_email="vater@example.org")
    run(edit_registration, child, registration=registration, details=changed)
    assert find_token(old, purpose=guardian_purpose(registration)) is None
    assert mails()[-1][0] == "vater@example.org"


def test_at_the_door_paper_lets_a_child_in_and_a_code_counts_once(app):
    organiser, hackathon = a_person("organiser"), a_hackathon()
    child = a_registration(hackathon, a_person(age_band="under_16"), ticket_code="ABCDE23456")
    seen = now() - timedelta(minutes=9)
    answers = [
        run(check_in_by_code, organiser, hackathon=hackathon, code=" abcde 23456", on_paper=True, at=seen)[1]
        for _round in range(2)
    ]
    assert (answers, child.checked_in_at) == ([True, False], seen)
    consent = consents_of(child)["guardian"]
    assert (consent.way, consent.recorded_by_id) == ("paper", organiser.id)
    run(take_back_check_in, organiser, registration=child)
    assert child.checked_in_at is None
    for person, code, fault in ((organiser, "NICHTDA", Invalid), (a_person(), "ABCDE23456", NotAllowed)):
        with pytest.raises(fault):
            run(check_in_by_code, person, hackathon=hackathon, code=code)
    with pytest.raises(Invalid):
        run(check_in_by_code, organiser, hackathon=a_hackathon(), code="ABCDE23456")


def test_own_details_are_changed_and_answers_kept_by_question(app):
    person, hackathon = a_person(), a_hackathon()
    questions = [saved(Question(hackathon=hackathon, position=n, kind="text", text=f"Frage {n}")) for n in (1, 2)]
    given = {questions[0].id: "eins", questions[1].id: "zwei", 999_999: "fremd"}
    registration = register(person, hackathon, Details(answers=given))
    assert answers_of(registration) == {questions[0].id: "eins", questions[1].id: "zwei"}
    changed = Details(skills="Nähen", answers={questions[0].id: "neu", questions[1].id: " "})
    run(edit_registration, person, registration=registration, details=changed)
    assert (registration.skills, answers_of(registration)) == ("Nähen", {questions[0].id: "neu"})
    with pytest.raises(NotAllowed):
        run(edit_registration, a_person(), registration=registration, details=TOLD)


def test_organisers_approve_and_refuse_with_a_reason(app):
    organiser, hackathon = a_person("organiser"), a_hackathon(needs_approval=True, places=1)
    asked = [register(a_person(), hackathon) for _number in range(3)]
    assert ({row.state for row in asked}, hackathon.registered_count) == ({"requested"}, 0)
    run(approve_registration, organiser, registration=asked[0])
    run(approve_registration, organiser, registration=asked[1])
    with pytest.raises(Invalid):
        run(refuse_registration, organiser, registration=asked[2], reason=" ")
    run(refuse_registration, organiser, registration=asked[2], reason="Zu spät")
    assert [row.state for row in asked] == ["registered", "waiting", "refused"]
    assert "Zu spät" in db.session.query(Mail).order_by(Mail.id.desc()).first().text
    with pytest.raises(NotAllowed) as refused:
        register(asked[2].person, hackathon)
    assert "Zu spät" in str(refused.value)
    for action in (approve_registration, move_up_by_hand):
        with pytest.raises(NotAllowed):
            run(action, a_person(), registration=asked[1])
    run(refuse_registration, organiser, registration=asked[0], reason="Doppelt")
    assert asked[1].state == "offered"


def test_organisers_cancel_for_somebody_move_up_by_hand_and_note_who_did_not_come(app):
    organiser, hackathon = a_person("organiser"), a_hackathon(places=2)
    here, gone = register(a_person(), hackathon), register(a_person(), hackathon)
    first, second = register(a_person(), hackathon), register(a_person(), hackathon)
    with pytest.raises(NotAllowed):
        run(move_up_by_hand, organiser, registration=second)
    with transaction():
        hackathon.places = 3
    run(move_up_by_hand, organiser, registration=second)
    assert (first.state, second.state) == ("waiting", "offered")
    run(cancel_for, organiser, registration=gone)
    assert (gone.state, first.state) == ("cancelled", "offered")
    run(note_absence, organiser, registration=here, absent=True)
    assert here.no_show_at is not None
    run(note_absence, organiser, registration=here, absent=False)
    assert (here.no_show_at, hackathon.registered_count) == (None, 3)


def test_who_has_decided_first_has_decided(app):
    organiser, hackathon = a_person("organiser"), a_hackathon(needs_approval=True)
    registration = register(a_person(), hackathon)
    run(approve_registration, organiser, registration=registration)
    with pytest.raises((Conflict, NotAllowed)):
        run(approve_registration, organiser, registration=registration)
    assert hackathon.registered_count == 1


def test_paper_is_recorded_and_taken_back_without_touching_what_was_given_online(app):
    organiser, hackathon = a_person("organiser"), a_hackathon(ends_at=now() + DAY)
    registration = register(a_person(), hackathon, consents=("conduct", "photo_press"))
    run(record_paper_consents, organiser, registration=registration, kinds=["photo_website", "conduct"])
    ways = {kind: consent.way for kind, consent in consents_of(registration).items()}
    assert ways == {"conduct": "self", "photo_press": "self", "photo_website": "paper"}
    run(record_paper_consents, organiser, registration=registration, kinds=[])
    assert set(consents_of(registration)) == {"conduct", "photo_press"}


def test_the_mailbox_of_a_guardian_is_not_filled(app):
    child, hackathon = a_person(age_band="16_17"), a_hackathon()
    asked = Details(guardian_name="Eva", guardian_email="mutter@example.org")
    with pytest.raises(Invalid, match="eigene"):
        register(child, hackathon, replace(asked, guardian_email=child.email))
    registration = register(child, hackathon, asked)
    for _number in range(3):
        run(ask_guardian_again, child, registration=registration)
    run(edit_registration, child, registration=registration, details=replace(asked, guardian_email="b@example.org"))
    with pytest.raises(NotAllowed):
        run(ask_guardian_again, child, registration=registration)
    with pytest.raises(Invalid):
        run(edit_registration, child, registration=registration, details=asked)
    assert len([1 for recipient, _subject in mails() if recipient != child.email]) == 5
    with pytest.raises(NotAllowed):
        run(ask_guardian_again, a_person(), registration=registration)


def test_who_is_suspended_changes_nothing_and_takes_no_place(app):
    hackathon = a_hackathon()
    registration = a_registration(hackathon, state="offered", offered_until=now() + DAY)
    with transaction():
        registration.person.suspended_until = now() + DAY
    with pytest.raises(NotAllowed):
        run(edit_registration, registration.person, registration=registration, details=Details(skills="Werbung"))
    with pytest.raises(NotAllowed):
        run(confirm_place, registration.person, hackathon=hackathon)


def test_names_and_needs_of_who_does_not_come_are_forgotten_at_once(app):
    hackathon = a_hackathon(places=1)
    first, second = a_person(), a_person()
    register(first, hackathon, TOLD, (*CONDUCT, "photo_press"))
    waiting = register(second, hackathon, TOLD)
    run(refuse_registration, a_person("organiser"), registration=find_place(first, hackathon), reason="Zu spät.")
    assert waiting.state == "offered"
    with transaction():
        waiting.offered_until = now() - DAY
    run(move_up, hackathon)
    rows = db.session.query(Registration).order_by(Registration.id).all()
    assert [row.state for row in rows] == ["refused", "cancelled"]
    for row in rows:
        assert (row.legal_name, row.diet, row.access_needs, row.wishes, consents_of(row)) == ("", "", "", "", {})
