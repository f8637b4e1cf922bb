from datetime import timedelta

from ideenlab.answers.queries import (
    assigned_to,
    count_assigned,
    exported_rows,
    figures_of,
    ideas_to_answer,
    pick_ideas,
    staff,
    timeline_of,
    waiting_numbers,
)
from ideenlab.city.models import District
from ideenlab.core.clock import now
from ideenlab.core.db import transaction
from ideenlab.history.actions import record
from tests.answers.factories import a_draft, an_answer, the_statuses
from tests.factories import a_call, a_comment, a_person, a_topic, an_idea, saved

DAY = timedelta(days=1)


def test_ideas_wait_for_an_answer_the_most_supported_first_and_each_once(app):
    call = a_call()
    ideas = [an_idea(call, support_count=number % 7) for number in range(45)]
    an_idea(call, state="hidden")
    an_answer(ideas[0])
    assert waiting_numbers() == {call.id: 44}
    seen, cursor = [], None
    while cursor != "":
        page = ideas_to_answer(call, cursor)
        seen += [(-idea.support_count, -idea.id) for idea in page.rows]
        cursor = page.next
    assert seen == sorted(seen)
    assert {-number for _count, number in seen} == {idea.id for idea in ideas[1:]}


def test_an_export_names_the_idea_that_another_was_joined_with(app):
    call = a_call()
    target = an_idea(call)
    part, hidden = an_idea(call, state="merged", merged_into_id=target.id), an_idea(call, state="hidden")
    rows = {row["id"]: row["merged_into"] for row in exported_rows(call)}
    assert rows == {target.id: None, part.id: target.id}
    assert hidden.id not in rows


def test_made_up_numbers_pick_nothing(app):
    idea = an_idea()
    assert pick_ideas([idea.id, idea.id, -1, 2**40]) == [idea]
    assert pick_ideas([]) == pick_ideas([0]) == []


def test_what_is_assigned_comes_by_its_deadline(app):
    writer = a_person("moderator")
    late, soon = a_call(answer_until=now() + 9 * DAY), a_call(answer_until=now() + DAY)
    drafts = [a_draft(an_idea(call), assigned_to=writer) for call in (a_call(), late, soon)]
    a_draft()
    assert [answer.id for answer in assigned_to(writer)] == [drafts[2].id, drafts[1].id, drafts[0].id]
    assert count_assigned(writer) == 3
    assert writer in staff()


def test_the_course_of_an_idea_names_no_names_and_no_reasons(app):
    moderator, idea = a_person("moderator"), an_idea()
    with transaction():
        record(moderator, "ideas.hidden", idea, note="Beleidigt jemanden.")
        record(moderator, "ideas.supported", idea)
    assert [(step.deed, step.note) for step in timeline_of(idea)] == [("ideas.published", ""), ("ideas.hidden", "")]


def test_the_figures_of_a_call_are_counted_from_its_rows(app):
    known = the_statuses()
    call, day = a_call(), now().replace(hour=12)
    topic = a_topic(call.edition, title="Umwelt")
    district = saved(District(slug="nord", title="Nord", position=1))
    first = an_idea(call, topic=topic, district=district, support_count=3, against_count=1, published_at=day - 3 * DAY)
    second = an_idea(call, topic=topic, origin="postcard", published_at=day - 3 * DAY)
    third = an_idea(call, published_at=day - DAY)
    an_idea(call, state="hidden", support_count=50)
    an_idea(support_count=50)
    with transaction():
        first.answered_at, third.answered_at = day - DAY, day
        first.status = known["umgesetzt"]
    for stance in ("pro", "pro", "contra"):
        a_comment(second, stance=stance)
    a_comment(second, state="hidden")
    found = figures_of(call)
    assert (found.ideas, found.answered, found.supports, found.against, found.days_to_answer) == (3, 2, 3, 1, 1.5)
    assert [number for _day, number in found.by_day] == [2, 1]
    assert (found.by_topic, found.by_district) == ([("Umwelt", 2), ("", 1)], [("Nord", 1), ("", 2)])
    assert found.by_status == [("Eingegangen", 2), ("Umgesetzt", 1)]
    assert found.by_origin == [("online", 2), ("postcard", 1)]
    assert found.comments_by_stance == {"pro": 2, "contra": 1, "neutral": 0}


def test_figures_cost_the_same_for_one_idea_and_for_many(app, count_queries):
    one, many = a_call(), a_call()
    an_idea(one)
    for _number in range(30):
        an_idea(many)
    assert count_queries(lambda: figures_of(one)) == count_queries(lambda: figures_of(many))
    assert figures_of(a_call()).by_day == []
