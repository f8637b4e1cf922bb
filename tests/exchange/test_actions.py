"""Cities are read by the worker, listed, taken over, paused and removed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.i18n import speaking
from ideenlab.core.outgoing import said as why
from ideenlab.exchange import actions
from ideenlab.exchange.models import ForeignIdea, Source
from ideenlab.exchange.queries import foreign_ideas, search_foreign_ideas, similar_foreign_ideas, taken_from
from tests.exchange.partner import idea, page, partner, said
from tests.factories import a_call, a_person, saved


@pytest.fixture
def settings(app):
    return replace(app.config["SETTINGS"], exchange_local=True)


def a_source(base_url="https://ideen.example.org", **values):
    return saved(Source(title="Nachbarstadt", base_url=base_url, **values))


def listed():
    db.session.rollback()
    return sorted(row.external_id for row in foreign_ideas(None, cursor=None).rows)


def read(settings, source, *answers):
    """One reading for each answer; what the source says of itself afterwards."""
    for answer in answers:
        with partner(answer) as (url, _asked):
            with transaction():
                source.base_url, source.due_at = url, now()
            done = actions.read_sources(settings, seconds=5)
    db.session.rollback()
    return done


def test_all_pages_are_read_and_read_again(app, settings):
    source = a_source()

    def answer(line, path):
        following = None if "cursor" in path else "/api/v1/ideas?cursor=2"
        said(page(idea(2 if "cursor" in path else 1), following=following))(line, path)

    assert read(settings, source, answer) == {"read": 1, "failed": 0}
    assert (listed(), source.idea_count, source.last_error) == (["1", "2"], 2, "")
    assert source.due_at > now() + timedelta(hours=5)
    assert actions.read_sources(settings) == {"read": 0, "failed": 0}
    read(settings, source, said(page(idea(2, title="Anders"), idea(3))))
    assert listed() == ["2", "3"]
    assert [row.title for row in search_foreign_ideas("anders")] == ["Anders"]
    assert [row.external_id for row in similar_foreign_ideas("Ein Trinkbrunnen")] == ["3"]


def test_a_failure_keeps_what_is_listed_and_the_next_try_comes_later_each_time(app, settings):
    source = a_source()
    read(settings, source, said(page(idea(1))))
    pauses = []
    for _time in range(5):
        assert read(settings, source, said({}, status="503 Busy")) == {"read": 0, "failed": 1}
        pauses.append(round((source.due_at - now()).total_seconds() / 60))
    assert (pauses, listed()) == ([15, 60, 240, 1440, 1440], ["1"])
    assert "503" in source.last_error
    read(settings, source, said(page(idea(1))))
    assert (source.failures, source.last_error) == (0, "")


def test_a_page_that_leads_to_itself_ends(app, settings):
    source = a_source()
    numbers = iter(range(10_000))

    def answer(line, path):
        said(page(idea(next(numbers)), following=path))(line, path)

    assert read(settings, source, answer)["read"] == 1
    assert source.idea_count == 20


def test_what_is_in_our_own_network_is_never_asked(app):
    source = a_source("https://127.0.0.1:9")
    assert actions.read_sources(app.config["SETTINGS"], seconds=5) == {"read": 0, "failed": 1}
    db.session.refresh(source)
    assert source.last_error == "inside"  # a code: each reader is told in their language
    with speaking("en"):
        assert "network of our own" in why(source.last_error)


ODD = [
    "", "http://ideen.example.org", "https://127.0.0.1", "https://10.0.0.1", "https://localhost", "ftp://example.org",
    "https://[::1]", "javascript:alert(1)", "https://intranet", "http://localhost",
]  # fmt: skip


def test_only_administrators_name_other_cities_each_once(app):
    boss = a_person("administrator")
    with transaction():
        source = actions.add_source(boss, title=" Bremen ", base_url="https://Ideen.Example.org/ideen?x=1")
    assert (source.title, source.base_url) == ("Bremen", "https://ideen.example.org")
    for base_url in ("ideen.example.org", *ODD):
        with pytest.raises(Invalid), transaction():
            actions.add_source(boss, title="Bremen", base_url=base_url)
    for act in (actions.pause_source, actions.resume_source, actions.read_soon, actions.remove_source):
        with pytest.raises(NotAllowed), transaction():
            act(a_person("organiser"), source=source)


def a_foreign_idea(source=None, **values):
    given = {
        "external_id": "7", "url": "https://ideen.example.org/idee/7", "licence": "CC BY 4.0", "title": "Trinkbrunnen",
        "text": "Wasser **für alle** <script>alert(1)</script>", "topic": "Klima",
    }  # fmt: skip
    return saved(ForeignIdea(source=source or a_source(), **{**given, **values}))


def test_an_idea_is_taken_over_once_and_names_where_it_comes_from(app):
    foreign, call, organiser = a_foreign_idea(), a_call(), a_person("organiser")
    words = {"title": foreign.title, "text": foreign.text}
    with transaction():
        ours = actions.take_over(organiser, idea=foreign, call=call, **words)
    assert (ours.origin, ours.state, ours.source_url, ours.label) == ("import", "published", foreign.url, "Klima")
    assert (ours.author, taken_from(ours).source.title) == (None, "Nachbarstadt")
    assert "<script" not in ours.text_html
    with pytest.raises((NotAllowed, Conflict)), transaction():
        actions.take_over(organiser, idea=foreign, call=call, **words)
    bare = a_foreign_idea(foreign.source, external_id="8", licence="")
    for person, idea_ in ((a_person(), a_foreign_idea(foreign.source, external_id="9")), (organiser, bare)):
        with pytest.raises(NotAllowed), transaction():
            actions.take_over(person, idea=idea_, call=call, **words)


def test_a_paused_city_is_not_listed_and_a_removed_one_stays_only_for_what_was_taken_over(app):
    source, boss = a_source(), a_person("administrator")
    foreign = a_foreign_idea(source)
    a_foreign_idea(source, external_id="8")
    with transaction():
        ours = actions.take_over(boss, idea=foreign, call=a_call(), title="Trinkbrunnen", text="Wasser für alle.")
        actions.pause_source(boss, source=source)
    assert listed() == []
    with transaction():
        actions.resume_source(boss, source=source)
    assert listed() == ["7", "8"]
    with transaction():
        assert not actions.remove_source(boss, source=source)
    assert (listed(), taken_from(ours).url) == ([], foreign.url)
    other = a_source("https://other.example.org")
    with transaction():
        assert actions.remove_source(boss, source=other)
    assert db.session.query(Source).count() == 1
