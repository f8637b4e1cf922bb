from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.hackathons.queries import hackathons_in
from ideenlab.ideas.queries import calls_in
from ideenlab.partners.actions import set_part
from ideenlab.partners.queries import shown_participations
from ideenlab.programme.actions import (
    DEFAULT_TOPICS,
    copy_edition,
    edit_edition,
    make_edition,
    moved,
    set_topics,
    weeks_between,
)
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import topics_of
from tests.factories import a_call, a_hackathon, a_partner, a_person, a_registration, a_topic, an_edition, an_idea

WEEK = {"starts_on": date(2027, 6, 21), "ends_on": date(2027, 6, 25)}


def made(title="Digitale Woche 2027", **values):
    with transaction():
        return make_edition(a_person("organiser"), title=title, motto="Trial & Error", **{**WEEK, **values})


def titles(edition):
    return [topic.title for topic in topics_of(edition)]


def test_an_edition_begins_with_the_seven_topics(app):
    edition = made()
    assert (edition.slug, edition.motto) == ("digitale-woche-2027", "Trial & Error")
    assert titles(edition) == list(DEFAULT_TOPICS)
    assert [topic.slug for topic in topics_of(edition)][1] == "umwelt-und-energie"


@pytest.mark.parametrize("title", ["Neu", "admin", "!!!", "../../etc", "Ünïcödé", "x" * 120])
def test_every_title_gets_an_address_of_its_own(app, title):
    first, second = made(title), made(title)
    assert first.slug != second.slug
    assert first.slug not in ("neu", "admin", "")
    assert all(sign.isascii() and (sign.isalnum() or sign == "-") for sign in first.slug + second.slug)
    assert len(second.slug) <= 60


def test_an_edition_of_one_day_may_be_but_none_that_ends_before_it_begins(app):
    assert made(ends_on=WEEK["starts_on"]).id
    with pytest.raises(Invalid) as problem:
        made(ends_on=date(2027, 6, 20))
    assert problem.value.field == "ends_on"


def test_only_organisers_make_and_change_editions(app):
    moderator, edition = a_person("moderator"), an_edition()
    with pytest.raises(NotAllowed), transaction():
        make_edition(moderator, title="Meine Woche", motto="", **WEEK)
    with pytest.raises(NotAllowed), transaction():
        edit_edition(moderator, edition=edition, revision=1, title="Meine Woche", motto="", **WEEK)
    with pytest.raises(NotAllowed), transaction():
        set_topics(moderator, edition=edition, titles=["Meins"])


def test_an_edition_keeps_its_address_when_it_is_renamed(app):
    edition = made()
    with transaction():
        edit_edition(a_person("organiser"), edition=edition, revision=1, title="Ganz anders", motto="", **WEEK)
    kept = db.session.scalar(select(Edition).where(Edition.slug == "digitale-woche-2027"))
    assert (kept.title, kept.motto) == ("Ganz anders", "")


def test_topics_are_renamed_in_their_place_added_and_sorted(app):
    edition = made()
    organiser = a_person("organiser")
    before = topics_of(edition)
    idea = an_idea(a_call(edition=edition), topic=before[1])
    wanted = ["Gesundheit", "Umwelt und Klima", *DEFAULT_TOPICS[2:5], "Wirtschaft", DEFAULT_TOPICS[6], "Verkehr"]
    with transaction():
        set_topics(organiser, edition=edition, titles=["  Gesundheit ", *wanted[1:], "", "  "])
    assert titles(edition) == wanted
    assert idea.topic.title == "Umwelt und Klima"
    assert topics_of(edition)[0].id == before[5].id


def test_a_topic_with_ideas_cannot_be_removed_and_then_nothing_changes(app):
    edition = made()
    organiser = a_person("organiser")
    an_idea(a_call(edition=edition), topic=topics_of(edition)[0])
    with pytest.raises(Invalid) as problem, transaction():
        set_topics(organiser, edition=edition, titles=DEFAULT_TOPICS[1:])
    assert (problem.value.field, "„Wirtschaft“" in str(problem.value)) == ("topics", True)
    assert titles(edition) == list(DEFAULT_TOPICS)
    with transaction():
        set_topics(organiser, edition=edition, titles=DEFAULT_TOPICS[:-1])
    assert titles(edition) == list(DEFAULT_TOPICS[:-1])


@pytest.mark.parametrize(
    "wanted", [[], ["", " \u200b"], ["Umwelt", "UMWELT "], ["x" * 81], [f"Thema {number}" for number in range(31)]]
)
def test_impossible_topics_are_refused(app, wanted):
    edition, organiser = an_edition(), a_person("organiser")
    a_topic(edition)
    with pytest.raises(Invalid) as problem, transaction():
        set_topics(organiser, edition=edition, titles=wanted)
    assert problem.value.field == "topics"


def test_a_copy_begins_with_texts_topics_and_what_other_rooms_take_along(app):
    organiser, partner = a_person("organiser"), a_partner()
    with transaction():
        edition = make_edition(
            organiser, title="Digitale Woche 2027", motto="Trial & Error", summary="Fünf Tage", description="**Alles**",
            **WEEK,
        )  # fmt: skip
        set_topics(organiser, edition=edition, titles=["Verkehr", "Umwelt und Energie"])
        set_part(organiser, partner=partner, edition=edition, part="Hauptsponsor")
    nine = datetime(2027, 3, 26, 8, tzinfo=UTC)  # nine o'clock in winter
    call = a_call(edition=edition, collect_from=nine, title="Bürgerlab", takes_guests=False)
    idea = an_idea(call)
    hackathon = a_hackathon(edition=edition, starts_at=datetime(2027, 6, 24, 7, tzinfo=UTC))
    a_registration(hackathon)
    along = ["partners", "calls", "hackathons", "nobody"]
    with transaction():
        copy = copy_edition(
            organiser, edition=edition, title="Digitale Woche 2028", motto="", starts_on=date(2028, 6, 19), along=along
        )
    assert (copy.slug, copy.ends_on, copy.copied_from_id) == ("digitale-woche-2028", date(2028, 6, 23), edition.id)
    assert (copy.summary, copy.description_html) == ("Fünf Tage", "<p><strong>Alles</strong></p>\n")
    assert titles(copy) == ["Verkehr", "Umwelt und Energie"]
    assert [(each.partner, each.part) for each in shown_participations(copy)] == [(partner, "Hauptsponsor")]
    [made_call] = calls_in(copy)
    assert (made_call.title, made_call.takes_guests, made_call.slug) == ("Bürgerlab", False, "buergerlab-2028")
    assert made_call.collect_from == datetime(2028, 3, 24, 8, tzinfo=UTC)
    [made_hackathon] = hackathons_in(copy)
    assert (made_hackathon.published_at, made_hackathon.registered_count) == (None, 0)
    assert made_hackathon.starts_at == datetime(2028, 6, 22, 7, tzinfo=UTC)
    db.session.refresh(idea)
    assert (idea.call_id, titles(edition)) == (call.id, ["Verkehr", "Umwelt und Energie"])


def test_a_copy_takes_along_only_what_was_chosen_and_lies_later(app):
    organiser = a_person("organiser")
    edition = an_edition(starts_on=date(2027, 6, 21), ends_on=date(2027, 6, 25))
    a_call(edition=edition)
    with transaction():
        copy = copy_edition(organiser, edition=edition, title="Woche", motto="", starts_on=date(2028, 6, 20))
    assert (calls_in(copy), weeks_between(edition, copy).days) == ([], 364)
    assert titles(copy) == list(DEFAULT_TOPICS)  # there were none to copy
    with pytest.raises(Invalid) as problem, transaction():
        copy_edition(organiser, edition=edition, title="Woche", motto="", starts_on=edition.starts_on)
    assert problem.value.field == "starts_on"
    with pytest.raises(NotAllowed), transaction():
        copy_edition(a_person(), edition=edition, title="Woche", motto="", starts_on=date(2028, 6, 20))


def test_dates_keep_their_hour_where_the_clock_is_changed_in_between(app):
    """2026 summer time ends on 25 October, 2027 on 31 October: nine o'clock stays nine o'clock."""
    before = datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert moved(before, timedelta(weeks=52)) == datetime(2027, 10, 25, 7, tzinfo=UTC)
    assert moved(None, timedelta(weeks=52)) is None
