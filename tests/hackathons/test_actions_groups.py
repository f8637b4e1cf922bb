import pytest

from ideenlab.accounts.actions import redeem_card
from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.hackathons.actions import (
    Asked,
    Pupil,
    add_question,
    approve_group,
    edit_question,
    forget_hackathons,
    move_question,
    print_card,
    print_cards,
    refuse_group,
    register_group,
    remove_question,
    walk_in,
)
from ideenlab.hackathons.models import Question, QuestionAnswer, Registration
from ideenlab.hackathons.queries import consents_of, groups_by, pupils_of, questions_of
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_hackathon, a_person, a_registration, saved

PUPILS = [Pupil("Fuchs", "under_16", ("guardian", "conduct")), Pupil("Dachs", "16_17"), Pupil("Igel", "adult")]


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def test_a_class_asks_for_places_and_gets_all_or_none_and_then_its_cards(app):
    teacher, organiser, hackathon = a_person(), a_person("organiser"), a_hackathon(places=4)
    group = run(register_group, teacher, hackathon=hackathon, name="8b", pupils=PUPILS)
    rows = pupils_of(group)
    assert ([row.state for row in rows], hackathon.registered_count) == (["requested"] * 3, 0)
    assert {kind: consent.way for kind, consent in consents_of(rows[0]).items()} == {
        "guardian": "paper", "conduct": "paper"
    }  # fmt: skip
    with pytest.raises(NotAllowed):
        run(print_cards, teacher, group=group)
    for _number in range(2):
        a_registration(hackathon)
    with pytest.raises(Conflict):
        run(approve_group, organiser, group=group)
    assert {row.state for row in rows} == {"requested"}
    with transaction():
        hackathon.places = 5
    run(approve_group, organiser, group=group)
    assert ({row.state for row in rows}, hackathon.registered_count) == ({"registered"}, 5)
    with pytest.raises(Conflict):
        run(approve_group, organiser, group=group)
    cards = run(print_cards, teacher, group=group)
    assert [redeem_card(code).pseudonym for _row, code in cards] == ["Fuchs", "Dachs", "Igel"]
    with pytest.raises(NotAllowed):
        run(print_cards, a_person(), group=group)
    assert db.session.query(Mail).one().recipient == teacher.email


def test_a_group_is_refused_with_a_reason_and_makes_no_way_in(app):
    teacher, organiser, hackathon = a_person(), a_person("organiser"), a_hackathon()
    group = run(register_group, teacher, hackathon=hackathon, name="8b", pupils=PUPILS)
    run(refuse_group, organiser, group=group, reason="Zu viele")
    assert {row.state for row in pupils_of(group)} == {"refused"}
    assert "Zu viele" in db.session.query(Mail).one().text
    with pytest.raises(NotAllowed):
        run(print_cards, teacher, group=group)


def test_nothing_is_stored_of_a_group_with_a_fault(app):
    hackathon = a_hackathon(places=2)
    a_person(pseudonym="Fuchs")
    before = db.session.query(Person).count()
    table = [
        (a_person(), PUPILS, Invalid, "pupils-0"), (a_person(), [], Invalid, ""),
        (a_person(), [Pupil("Reh", "adult"), Pupil("REH", "adult")], Invalid, "pupils-1"),
        (a_person(), [Pupil(f"P{n}", "adult") for n in range(41)], Invalid, ""),
        (a_person(age_band="16_17"), PUPILS, NotAllowed, None),
        (a_person("organiser"), [Pupil(f"Q{n}", "adult") for n in range(3)], Conflict, None),
    ]  # fmt: skip
    for person, pupils, fault, field in table:
        with pytest.raises(fault) as refused:
            run(register_group, person, hackathon=hackathon, name="8b", pupils=pupils)
        assert field is None or refused.value.field == field
    assert db.session.query(Registration).count() == 0
    assert db.session.query(Person).count() == before + len(table)


def test_somebody_at_the_door_is_in_at_once_with_paper_and_a_card(app):
    organiser, hackathon = a_person("organiser"), a_hackathon(places=1)
    with pytest.raises(NotAllowed):
        run(walk_in, organiser, hackathon=hackathon, pseudonym="Kid", age_band="under_16", papers=["conduct"])
    papers = ["conduct", "guardian"]
    row, code = run(walk_in, organiser, hackathon=hackathon, pseudonym="Kid", age_band="under_16", papers=papers)
    assert (row.state, row.source, row.checked_in_at is not None) == ("registered", "walk_in", True)
    assert redeem_card(code) is row.person
    again = run(print_card, organiser, registration=row)
    assert (redeem_card(code), redeem_card(again)) == (None, row.person)
    with pytest.raises(Invalid):
        run(walk_in, organiser, hackathon=hackathon, pseudonym="Voll", age_band="adult", papers=["conduct"])
    with pytest.raises(NotAllowed):
        run(walk_in, a_person(), hackathon=hackathon, pseudonym="Wer", age_band="adult", papers=["conduct"])
    assert (hackathon.registered_count, db.session.query(Registration).count()) == (1, 1)


def test_questions_are_added_changed_moved_and_removed_while_nobody_has_answered(app):
    organiser, hackathon = a_person("organiser"), a_hackathon()
    first, second, third = (
        run(add_question, organiser, hackathon=hackathon, asked=Asked(text, "text")) for text in ("A", "B", "C")
    )
    run(move_question, organiser, question=third, up=True)
    run(move_question, organiser, question=first, up=True)
    assert [question.text for question in questions_of(hackathon)] == ["A", "C", "B"]
    asked = Asked("Größe", "choice", choices=" S \n\nM\nS", is_required=True)
    run(edit_question, organiser, question=first, asked=asked)
    assert (first.choices, first.is_required) == ("S\nM", True)
    saved(QuestionAnswer(registration_id=a_registration(hackathon).id, question=first, text="M"))
    for asked, field in (
        (Asked("Größe", "text"), "kind"), (Asked("Größe", "choice", choices="S\nL"), "choices"),
        (Asked("Größe", "choice", choices="S"), "choices"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refused:
            run(edit_question, organiser, question=first, asked=asked)
        assert refused.value.field == field
    with pytest.raises(NotAllowed):
        run(remove_question, organiser, question=first)
    run(remove_question, organiser, question=second)
    with pytest.raises(NotAllowed):
        run(add_question, a_person(), hackathon=hackathon, asked=Asked("A", "text"))
    assert [question.text for question in questions_of(hackathon)] == ["Größe", "C"]


def test_after_its_time_everything_private_is_wiped_once_and_the_place_stays(app):
    told = {"legal_name": "Ada Muster", "diet": "vegan", "access_needs": "Rampe", "guardian_email": "m@example.org"}
    old = a_hackathon(ends_at=now() - 61 * DAY, starts_at=now() - 63 * DAY)
    young = a_hackathon(ends_at=now() - 59 * DAY, starts_at=now() - 60 * DAY)
    rows = [a_registration(hackathon, skills="Löten", guardian_name="Eva", **told) for hackathon in (old, young)]
    question = saved(Question(hackathon=old, position=1, kind="text", text="Warum?"))
    saved(QuestionAnswer(registration_id=rows[0].id, question=question, text="Darum"))
    assert [(done.id, number) for done, number in run(forget_hackathons, days=60)] == [(old.id, 1)]
    assert run(forget_hackathons, days=60) == []
    wiped = [rows[0].legal_name, rows[0].diet, rows[0].access_needs, rows[0].guardian_name, rows[0].guardian_email]
    assert (wiped, rows[0].skills, rows[0].state) == (["", "", "", "", None], "Löten", "registered")
    assert (rows[1].legal_name, rows[1].guardian_email) == ("Ada Muster", "m@example.org")
    assert (db.session.query(QuestionAnswer).count(), old.forgotten_at is not None) == (0, True)


def test_groups_are_no_way_to_take_names_without_end(app):
    teacher, hackathon = a_person(), a_hackathon()
    for number in range(5):
        run(register_group, teacher, hackathon=hackathon, name=f"{number}a", pupils=[Pupil(f"Kind {number}", "16_17")])
    with pytest.raises(NotAllowed, match="5"):
        run(register_group, teacher, hackathon=hackathon, name="6a", pupils=[Pupil("Kind 6", "16_17")])
    run(refuse_group, a_person("organiser"), group=groups_by(teacher, hackathon)[0], reason="Bitte einzeln.")
    run(register_group, teacher, hackathon=hackathon, name="6a", pupils=[Pupil("Kind 6", "16_17")])


def test_a_pupil_with_an_address_of_their_own_gets_no_card_and_the_others_do(app):
    teacher, hackathon = a_person(), a_hackathon()
    group = run(register_group, teacher, hackathon=hackathon, name="8b", pupils=PUPILS)
    run(approve_group, a_person("organiser"), group=group)
    with transaction():
        pupils_of(group)[0].person.email = "fuchs@example.org"
    assert [row.person.pseudonym for row, _code in run(print_cards, teacher, group=group)] == ["Dachs", "Igel"]
