"""What organisers and editors do with partners, on both databases."""

import pytest
from sqlalchemy import select

from ideenlab.accounts.actions.closing import give_everything_back
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.events.models import EventPartner
from ideenlab.mail.models import Mail
from ideenlab.partners import actions
from ideenlab.partners.actions import Profile
from ideenlab.partners.models import Participation, Partner, PartnerEditor
from ideenlab.partners.queries import (
    editors_of,
    is_editor,
    partners_edited_by,
    published_partners,
    shown_participations,
)
from tests.factories import a_call, a_challenge, a_hackathon, a_partner, a_person, an_edition, an_event, saved


def made(organiser=None, **values):
    with transaction():
        return actions.make_partner(
            organiser or a_person("organiser"), profile=Profile(**{"title": "Stadtwerke Musterstadt", **values})
        )


def test_a_partner_is_made_published_and_hidden(app):
    organiser = a_person("organiser")
    partner = made(organiser, website="https://example.org/woche", description="**Strom** und Wasser")
    assert (partner.slug, published_partners()) == ("stadtwerke-musterstadt", [])
    assert "<strong>Strom</strong>" in partner.description_html
    with transaction():
        actions.publish_partner(organiser, partner=partner)
    assert published_partners() == [partner]
    with transaction():
        actions.hide_partner(organiser, partner=partner)
    assert published_partners() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " \u200b "}, "title"),
        ({"title": "STADTWERKE  Musterstadt"}, "title"),
        ({"website": "javascript:alert(1)"}, "website"),
        ({"website": "http://127.0.0.1/"}, "website"),
    ],
)
def test_what_cannot_be_a_partner(app, values, field):
    made()
    with pytest.raises(Invalid) as problem:
        made(**{"title": "Sternwarte", **values})
    assert problem.value.field == field
    db.session.rollback()
    assert len(db.session.scalars(select(Partner)).all()) == 1


def test_of_two_who_change_a_partner_at_once_the_second_is_told(app):
    editor = a_person()
    partner = a_partner(editor)
    with transaction():
        actions.edit_partner(editor, partner=partner, profile=Profile("Volkshochschule"), revision=1)
    with pytest.raises(Conflict), transaction():
        actions.edit_partner(a_person("organiser"), partner=partner, profile=Profile("VHS"), revision=1)
    db.session.refresh(partner)
    assert (partner.title, partner.title_folded, partner.revision) == ("Volkshochschule", "volkshochschule", 2)


def test_an_editor_changes_their_own_partner_only_and_organises_nothing(app):
    editor = a_person()
    mine, other = a_partner(editor), a_partner()
    profile = Profile("Ganz anders")
    refused = [
        lambda: actions.edit_partner(editor, partner=other, profile=profile, revision=1),
        lambda: actions.make_partner(editor, profile=profile),
        lambda: actions.publish_partner(editor, partner=mine),
        lambda: actions.remove_partner(editor, partner=mine),
        lambda: actions.set_part(editor, partner=mine, edition=an_edition(), part="Hauptsponsor"),
        lambda: actions.name_editor(editor, partner=other, person=a_person()),
    ]
    for deed in refused:
        with pytest.raises(NotAllowed), transaction():
            deed()


def test_editors_are_named_told_and_taken_back(app):
    organiser, person, partner = a_person("organiser"), a_person(), a_partner()
    with transaction():
        editor = actions.name_editor(organiser, partner=partner, person=person)
    assert (is_editor(person, partner), partners_edited_by(person)) == (True, [partner])
    with pytest.raises(Invalid), transaction():
        actions.name_editor(organiser, partner=partner, person=person)
    with transaction():
        actions.end_editor(organiser, editor=editor)
    assert (is_editor(person, partner), editors_of(partner)) == (False, [])
    told = db.session.scalars(select(Mail.subject).where(Mail.recipient == person.email).order_by(Mail.id)).all()
    assert [partner.title in subject for subject in told] == [True, True]
    with transaction():
        actions.name_editor(organiser, partner=partner, person=person)
    assert is_editor(person, partner)


def test_who_closes_the_account_stands_in_no_row_of_a_partner(app):
    person = a_person()
    a_partner(person)
    with transaction():
        give_everything_back(person)
    assert db.session.scalars(select(PartnerEditor)).all() == []


def test_children_do_not_write_for_partners(app):
    with pytest.raises(Invalid), transaction():
        actions.name_editor(a_person("organiser"), partner=a_partner(), person=a_person(age_band="under_16"))


def test_a_partner_to_which_something_points_stays(app):
    organiser, partner = a_person("organiser"), a_partner(published_at=None)
    challenge = a_challenge(a_hackathon())
    with transaction():
        challenge.partner_id = partner.id
    with pytest.raises(Invalid), transaction():
        actions.remove_partner(organiser, partner=partner)
    assert db.session.get(Partner, partner.id)
    with transaction():
        challenge.partner_id = None
    beside = saved(EventPartner(event_id=an_event().id, partner_id=partner.id))
    with pytest.raises(Invalid), transaction():  # also where it is only one of several partners of an event
        actions.remove_partner(organiser, partner=partner)
    with transaction():
        db.session.delete(db.session.merge(beside))
    saved(Participation(partner=partner, edition=an_edition(), part=""))
    with transaction():
        actions.remove_partner(organiser, partner=partner)
    for rows in (Partner, Participation):
        assert db.session.scalars(select(rows)).all() == []


def test_partners_stand_in_the_order_of_the_organisers(app):
    organiser, edition = a_person("organiser"), an_edition()
    first, second = a_partner(title="A"), a_partner(title="B")
    with transaction():
        for partner in (first, second):
            actions.set_part(organiser, partner=partner, edition=edition, part="Gastgeberin")
    with transaction():
        taking = actions.set_part(organiser, partner=second, edition=edition, part="Hauptsponsor")
        actions.move_participation(organiser, taking=taking, up=True)
    shown = [(each.partner.title, each.part) for each in shown_participations(edition)]
    assert shown == [("B", "Hauptsponsor"), ("A", "Gastgeberin")]
    assert published_partners(edition) == [second, first]
    with transaction():
        actions.end_participation(organiser, taking=taking)
    assert published_partners(edition) == [first]


ROWS = [
    (2, {"title": "Volkshochschule", "summary": "Lernen", "website": "https://example.org", "part": "Gastgeberin"}),
    (3, {"title": "Böse", "website": "javascript:alert(1)"}),
    (4, {"title": "", "part": "Niemand"}),
    (5, {"title": "volkshochschule", "summary": "Anders"}),
    (6, {"title": "x" * 121}),
]


def test_an_import_run_again_changes_nothing(app):
    edition = an_edition()
    with transaction():
        report = actions.import_partners(edition, rows=ROWS)
    assert (report.added, report.known, report.taking_part) == (1, 1, 1)
    assert [line for line, _reason in report.left_out] == [3, 4, 6]
    with transaction():
        again = actions.import_partners(edition, rows=ROWS)
    assert (again.added, again.known, again.taking_part) == (0, 2, 0)
    taking = shown_participations(edition)
    assert [(each.partner.title, each.partner.summary, each.part) for each in taking] == [
        ("Volkshochschule", "Lernen", "Gastgeberin")
    ]


def test_partners_come_along_into_the_next_week(app):
    edition, copy = an_edition(), an_edition()
    a_call(edition=edition)
    one, two = a_partner(edition=edition, part="Hauptsponsor"), a_partner(edition=edition)
    with transaction():
        actions.take_partners_along(a_person("organiser"), edition, copy)
    assert [(each.partner, each.part) for each in shown_participations(copy)] == [(one, "Hauptsponsor"), (two, "")]
