"""A class that does not come after all, comes back, and hears what concerns it through its teacher."""

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, NotAllowed
from ideenlab.hackathons.actions import (
    Pupil,
    announce,
    cancel_for,
    forget_hackathons,
    register_group,
    register_group_again,
)
from ideenlab.hackathons.queries import consents_of, pupils_of
from ideenlab.mail.models import Mail
from ideenlab.notifications.actions import set_paces
from ideenlab.notifications.models import Notice
from ideenlab.teams.actions import cancel_group, found_team, join_team, mark_handed_in
from ideenlab.teams.queries import find_team_of
from tests.factories import DAY, a_hackathon, a_person, a_registration

PUPILS = [
    Pupil("Fuchs", "under_16", ("guardian", "conduct", "photo_press")),
    Pupil("Dachs", "16_17"),
    Pupil("Igel", "adult"),
]


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def a_class(hackathon, teacher=None):
    """With places at once: an organiser has registered it. Its teacher is told."""
    group = run(register_group, a_person("organiser"), hackathon=hackathon, name="8b", pupils=PUPILS)
    with transaction():
        group.teacher = teacher or a_person()
        for row in pupils_of(group):
            row.person.registered_by = group.teacher
    return group


def states(group):
    return [row.state for row in pupils_of(group)]


def mails_to(person):
    return [mail.text for mail in db.session.query(Mail).filter_by(recipient=person.email).order_by(Mail.id)]


def test_a_class_gives_back_all_places_and_who_waits_moves_up(app):
    hackathon = a_hackathon(places=3)
    group = a_class(hackathon)
    with transaction():
        hackathon.places = 4
    waiting = a_registration(hackathon, state="waiting", ticket_code=None)
    with transaction():
        hackathon.places = hackathon.registered_count = 3
    for other in (a_person(), a_person("moderator")):
        with pytest.raises(NotAllowed):
            run(cancel_group, other, group=group)
    assert run(cancel_group, group.teacher, group=group) == []
    assert (states(group), waiting.state, hackathon.registered_count) == (["cancelled"] * 3, "offered", 1)
    assert consents_of(pupils_of(group)[0]) == {}
    assert "hat die Plätze" in mails_to(group.teacher)[0]
    with pytest.raises(NotAllowed):
        run(cancel_group, group.teacher, group=group)


def test_cancelling_is_undone_with_what_was_on_paper_and_without_who_had_cancelled_before(app):
    hackathon, organiser = a_hackathon(), a_person("organiser")
    group = a_class(hackathon)
    fuchs, dachs, igel = pupils_of(group)
    with pytest.raises(NotAllowed):
        run(register_group_again, group.teacher, group=group)
    run(cancel_for, organiser, registration=dachs)
    run(cancel_group, group.teacher, group=group)
    run(register_group_again, group.teacher, group=group)
    assert (states(group), group.cancelled_at) == (["requested", "cancelled", "requested"], None)
    assert set(consents_of(fuchs)) == {"guardian", "conduct", "photo_press"}
    run(cancel_group, organiser, group=group)
    with transaction():
        hackathon.places = 1
    with pytest.raises(Conflict):
        run(register_group_again, organiser, group=group)
    with transaction():
        hackathon.places = 2
    run(register_group_again, organiser, group=group)
    assert (states(group), hackathon.registered_count) == (["registered", "cancelled", "registered"], 2)
    assert igel.ticket_code


def test_a_class_leaves_its_teams_and_a_team_that_handed_in_keeps_its_last_member(app):
    hackathon = a_hackathon()
    group, friend = a_class(hackathon), a_registration(hackathon).person
    fuchs, dachs, igel = [row.person for row in pupils_of(group)]
    mixed, done = (run(found_team, who, hackathon=hackathon, name=who.pseudonym) for who in (fuchs, igel))
    for who in (dachs, friend):
        run(join_team, who, hackathon=hackathon, code=mixed.code)
    run(mark_handed_in, done)
    with transaction():
        db.session.query(Mail).delete()
    stayed = run(cancel_group, group.teacher, group=group)
    assert ([row.person for row in stayed], states(group)) == ([igel], ["cancelled", "cancelled", "registered"])
    assert (mixed.lead, mixed.member_count, find_team_of(igel, hackathon)) == (friend, 1, done)
    assert (len(mails_to(friend)), len(mails_to(group.teacher))) == (2, 1)
    assert "Igel" in mails_to(group.teacher)[0]


def test_when_teams_are_fixed_whoever_is_in_one_stays(app):
    hackathon = a_hackathon()
    group = a_class(hackathon)
    run(found_team, pupils_of(group)[0].person, hackathon=hackathon, name="Eins")
    with transaction():
        hackathon.submission_until = now()
    assert [row.person.pseudonym for row in run(cancel_group, group.teacher, group=group)] == ["Fuchs"]


def test_a_teacher_gets_one_mail_for_all_pupils_and_each_pupil_a_notice(app):
    hackathon, organiser = a_hackathon(title="Hase"), a_person("organiser")
    group = a_class(hackathon)
    news = {"hackathon": hackathon, "banner_until": None, "by_mail": True}
    run(announce, organiser, title="Essen ist da", text="In der Halle.", **news)
    [text] = mails_to(group.teacher)
    assert [name for name in ("– Fuchs\n", "– Dachs\n", "– Igel\n") if name in text] == [
        "– Fuchs\n",
        "– Dachs\n",
        "– Igel\n",
    ]
    assert "In der Halle." in text
    told = db.session.query(Notice).filter(Notice.person_id != organiser.id).order_by(Notice.id).all()
    assert sorted(notice.person_id for notice in told) == sorted(
        [group.teacher_id, *(row.person_id for row in pupils_of(group))]
    )
    assert [notice.detail for notice in told if notice.person_id == group.teacher_id] == ["Für Fuchs, Dachs, Igel"]
    run(announce, organiser, title="Noch etwas", text="", **news)
    assert len(mails_to(group.teacher)) == 2


def test_what_leaves_at_once_and_what_never_follows_the_choice_of_the_teacher(app):
    hackathon = a_hackathon()
    group = a_class(hackathon)
    fuchs, dachs, igel = [row.person for row in pupils_of(group)]
    run(set_paces, group.teacher, paces={"hackathon": "never"})
    team = run(found_team, fuchs, hackathon=hackathon, name="Eins")
    run(join_team, dachs, hackathon=hackathon, code=team.code)
    assert mails_to(group.teacher) == []
    run(set_paces, group.teacher, paces={"hackathon": "daily"})
    run(join_team, igel, hackathon=hackathon, code=team.code)
    [notice] = db.session.query(Notice).filter(Notice.person_id == group.teacher_id, Notice.mail_at.is_not(None))
    assert (notice.detail, mails_to(group.teacher)) == ("Für Fuchs, Dachs", [])


def test_a_pupil_with_an_address_and_one_whose_teacher_is_forgotten_are_nobodys_business(app):
    hackathon, organiser = a_hackathon(), a_person("organiser")
    group = a_class(hackathon)
    fuchs, dachs, igel = pupils_of(group)
    with transaction():
        fuchs.person.email = "fuchs@example.org"
    run(cancel_for, organiser, registration=fuchs)
    assert (len(mails_to(fuchs.person)), mails_to(group.teacher)) == (1, [])
    with transaction():
        hackathon.ends_at = now() - 61 * DAY
    run(forget_hackathons, days=60)
    assert [row.person.registered_by_id for row in (fuchs, dachs, igel)] == [None] * 3
