from dataclasses import replace
from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.hackathons.actions import (
    Plan,
    create_hackathon,
    edit_hackathon,
    ended_by,
    extend_deadline,
)
from ideenlab.hackathons.models import MOMENTS, Hackathon
from ideenlab.history.models import Entry
from ideenlab.mail.models import Mail
from tests.factories import DAY, a_hackathon, a_person, a_registration, a_team, an_edition

HOUR = timedelta(hours=1)


def run(action, *args, **values):
    with transaction():
        return action(*args, **values)


def a_plan(**values):
    start = now().replace(second=0, microsecond=0) + DAY
    moments = dict.fromkeys(MOMENTS)
    moments |= {
        "starts_at": start, "ends_at": start + 2 * DAY, "registration_from": start - 9 * DAY,
        "registration_until": start, "submission_from": start, "submission_until": start + DAY,
        "scoring_from": start + DAY, "scoring_until": start + 2 * DAY, "publication_from": start + 2 * DAY,
    }  # fmt: skip
    moments |= values.pop("moments", {})
    given = {
        "title": "Hackathon für alle", "edition": an_edition(), "slug": "", "place": "Halle", "summary": "Zwei Tage",
        "description": "**Bauen**", "places": 20, "team_size_min": 2, "team_size_max": 5, "moments": moments,
    }  # fmt: skip
    return Plan(**{**given, **values})


def plan_of(hackathon, **values):
    moments = {name: getattr(hackathon, name) for name in MOMENTS} | values.pop("moments", {})
    plan = Plan(
        title=hackathon.title, edition=hackathon.edition, slug=hackathon.slug, place=hackathon.place,
        summary=hackathon.summary, description=hackathon.description, places=hackathon.places,
        team_size_min=hackathon.team_size_min, team_size_max=hackathon.team_size_max, moments=moments,
    )  # fmt: skip
    return replace(plan, **values)


def a_planned_hackathon(organiser, **values):
    hackathon = run(create_hackathon, organiser, plan=a_plan(**values))
    return db.session.get(Hackathon, hackathon.id)


def mails():
    return [(mail.recipient, mail.subject) for mail in db.session.query(Mail).order_by(Mail.id)]


def test_an_organiser_creates_a_hackathon_whose_address_is_made_from_the_title(app):
    organiser = a_person("organiser")
    slugs = [a_planned_hackathon(organiser).slug for _round in range(3)]
    assert slugs == ["hackathon-fuer-alle", "hackathon-fuer-alle-2", "hackathon-fuer-alle-3"]


@pytest.mark.parametrize("title", ["../../etc", "C:\\x", "%2e%2e%2f", "Привет", "neu", "😀", "=1+1"])
def test_an_address_made_from_any_title_is_safe(app, title):
    slug = a_planned_hackathon(a_person("organiser"), title=title).slug
    assert slug.replace("-", "").isalnum()
    assert slug.isascii()
    assert slug != "neu"


def test_a_citizen_plans_no_hackathon(app):
    hackathon = a_hackathon()
    for action, values in (
        (create_hackathon, {"plan": a_plan()}),
        (edit_hackathon, {"hackathon": hackathon, "plan": plan_of(hackathon), "revision": 1}),
        (extend_deadline, {"hackathon": hackathon, "revision": 1}),
    ):
        with pytest.raises(NotAllowed):
            run(action, a_person("juror", "moderator"), **values)


IMPOSSIBLE = [
    ("ends_at", {"ends_at": now()}),
    ("registration_until", {"registration_until": now() - 20 * DAY}),
    ("teams_from", {"teams_until": now()}),
    ("scoring_from", {"scoring_from": now() + DAY}),
    ("scoring_from", {"submission_from": None, "submission_until": None}),
    ("publication_from", {"publication_from": now() + DAY}),
]


@pytest.mark.parametrize(("field", "moments"), IMPOSSIBLE)
def test_dates_in_an_impossible_order_are_refused_at_their_field(app, field, moments):
    with pytest.raises(Invalid) as refused:
        run(create_hackathon, a_person("organiser"), plan=a_plan(moments=moments))
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("field", "values"),
    [("slug", {"slug": "neu"}), ("slug", {"slug": "vergeben"}), ("team_size_max", {"team_size_max": 1}),
     ("team_size_max", {"team_size_min": 0})],
)  # fmt: skip
def test_what_cannot_be_planned_is_refused_at_its_field(app, field, values):
    a_hackathon(slug="vergeben")
    with pytest.raises(Invalid) as refused:
        run(create_hackathon, a_person("organiser"), plan=a_plan(**values))
    assert refused.value.field == field


def test_two_organisers_do_not_overwrite_each_other(app):
    organiser = a_person("organiser")
    hackathon = a_planned_hackathon(organiser)
    run(edit_hackathon, organiser, hackathon=hackathon, plan=plan_of(hackathon, title="Erste"), revision=1)
    with pytest.raises(Conflict):
        run(edit_hackathon, organiser, hackathon=hackathon, plan=plan_of(hackathon, title="Zweite"), revision=1)
    assert (hackathon.title, hackathon.revision) == ("Erste", 2)


def test_there_are_never_fewer_places_than_people(app):
    organiser = a_person("organiser")
    hackathon = a_planned_hackathon(organiser)
    for _round in range(2):
        a_registration(hackathon)
    with pytest.raises(Invalid) as refused:
        run(edit_hackathon, organiser, hackathon=hackathon, plan=plan_of(hackathon, places=1), revision=1)
    assert (refused.value.field, hackathon.places) == ("places", 20)


def test_a_running_deadline_is_ended_only_with_a_second_confirmation_and_is_written_down(app):
    organiser = a_person("organiser")
    dates = {"submission_from": now() - DAY, "starts_at": now() - DAY}
    hackathon = a_planned_hackathon(organiser, moments=dates)
    plan = plan_of(hackathon, moments={"submission_until": now() - HOUR})
    with pytest.raises(Invalid) as refused:
        run(edit_hackathon, organiser, hackathon=hackathon, plan=plan, revision=1)
    assert refused.value.field == "confirmed"
    run(edit_hackathon, organiser, hackathon=hackathon, plan=plan, revision=1, confirmed=True)
    assert hackathon.submission_until < now()
    notes = [entry.note for entry in db.session.query(Entry).filter_by(deed="hackathons.date_moved")]
    assert len(notes) == 1
    assert notes[0].startswith("submission_until: ")


ENDING = [
    ({"submission_until": now() - HOUR}, ["submission"]),
    ({"submission_from": now() + HOUR}, ["submission"]),
    ({"registration_from": None, "registration_until": None}, ["registration"]),
    ({"submission_until": now() + HOUR}, []),
    ({"teams_from": now() - 9 * DAY, "teams_until": now() - HOUR}, []),
]


@pytest.mark.parametrize(("moments", "ended"), ENDING)
def test_only_what_is_open_now_and_would_be_closed_needs_the_second_confirmation(app, moments, ended):
    time = now()
    hackathon = a_hackathon(
        open_windows=("registration", "submission"), teams_from=time + DAY, teams_until=time + 2 * DAY
    )
    assert ended_by(plan_of(hackathon, moments=moments), hackathon) == ended


def test_an_unchanged_form_keeps_the_seconds_of_a_date(app):
    organiser = a_person("organiser")
    exact = now() + DAY
    hackathon = a_hackathon(submission_until=exact, scoring_from=exact, scoring_until=exact + DAY,
                            publication_from=exact + DAY, publication_until=None)  # fmt: skip
    rounded = {name: value and value.replace(second=0, microsecond=0)
               for name, value in plan_of(hackathon).moments.items()}  # fmt: skip
    run(edit_hackathon, organiser, hackathon=hackathon, plan=plan_of(hackathon, moments=rounded), revision=1)
    assert hackathon.submission_until == exact


def test_the_deadline_is_extended_for_all_and_the_jury_waits(app):
    organiser, member, alone = a_person("organiser"), a_person(), a_person()
    hackathon = a_planned_hackathon(organiser)
    a_team(hackathon, member)
    a_registration(hackathon, alone)
    deadline = hackathon.submission_until
    run(extend_deadline, organiser, hackathon=hackathon, revision=1)
    assert hackathon.submission_until == hackathon.scoring_from == deadline + timedelta(minutes=15)
    assert [recipient for recipient, _subject in mails()] == [member.email]
    deeds = [entry.deed for entry in db.session.query(Entry).filter_by(thing="hackathons").order_by(Entry.id)]
    assert deeds == ["hackathons.created", "hackathons.edited", "hackathons.date_moved", "hackathons.date_moved"]


def test_two_clicks_at_once_extend_the_deadline_once(app):
    organiser = a_person("organiser")
    hackathon = a_planned_hackathon(organiser)
    deadline = hackathon.submission_until
    run(extend_deadline, organiser, hackathon=hackathon, revision=1)
    with pytest.raises(Conflict):
        run(extend_deadline, organiser, hackathon=hackathon, revision=1)
    assert hackathon.submission_until == deadline + timedelta(minutes=15)
