import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.history.queries import entries_of
from ideenlab.ideas.actions import delete_tag, rename_tag, tag_idea
from ideenlab.ideas.models import Idea, IdeaTag
from ideenlab.ideas.queries import find_tags, tags, tags_of, tags_with_numbers
from tests.factories import a_person, an_idea


def give(moderator, idea, *titles):
    with transaction():
        tag_idea(moderator, idea=idea, titles=titles)


def words(idea):
    db.session.rollback()
    return [tag.title for tag in tags_of(db.session.get(Idea, idea.id))]


def test_an_idea_gets_tags_and_loses_them_with_a_trace(app):
    idea, moderator = an_idea(), a_person("moderator")
    give(moderator, idea, "Schulweg", " Barriere­freiheit ", "schulweg", "")
    assert words(idea) == ["Barrierefreiheit", "schulweg"]
    give(moderator, idea, "Barrierefreiheit", "Licht")
    assert words(idea) == ["Barrierefreiheit", "Licht"]
    assert [entry.note for entry in entries_of(idea, deed="ideas.tagged")] == [
        "+Licht, −schulweg", "+schulweg, +Barrierefreiheit",
    ]  # fmt: skip
    give(moderator, idea, "Barrierefreiheit", "Licht")
    assert len(entries_of(idea, deed="ideas.tagged")) == 2


@pytest.mark.parametrize("role", ["", "juror"])
def test_only_the_moderation_gives_tags(app, role):
    idea, person = an_idea(), a_person(*([role] if role else []))
    with pytest.raises(NotAllowed, match="Nur die Moderation vergibt Schlagworte"):
        give(person, idea, "Licht")
    give(a_person("moderator"), idea, "Licht")
    (tag,) = tags()
    for deed in (lambda: rename_tag(person, tag=tag, title="Lampe"), lambda: delete_tag(person, tag=tag)):
        with pytest.raises(NotAllowed, match="Nur die Moderation"), transaction():
            deed()


@pytest.mark.parametrize("title", ["x", "x" * 41, "!!!", "<>"])
def test_what_is_no_tag_is_refused(app, title):
    idea = an_idea()
    with pytest.raises(Invalid, match="Ein Schlagwort hat 2 bis 40 Zeichen"):
        give(a_person("moderator"), idea, "Licht", title)
    assert words(idea) == []


def test_ten_tags_are_the_most(app):
    with pytest.raises(Invalid, match="höchstens 10 Schlagworte"):
        give(a_person("moderator"), an_idea(), *(f"Wort {number}" for number in range(11)))


def test_a_renamed_tag_stays_on_its_ideas(app):
    idea, moderator = an_idea(), a_person("moderator")
    give(moderator, idea, "Lampen")
    with transaction():
        rename_tag(moderator, tag=tags()[0], title="Licht")
    assert (words(idea), [tag.slug for tag in tags()]) == (["Licht"], ["licht"])


def test_two_tags_become_one(app):
    moderator, both, one = a_person("moderator"), an_idea(), an_idea()
    give(moderator, both, "Lampen", "Licht")
    give(moderator, one, "Lampen")
    with transaction():
        kept = rename_tag(moderator, tag=find_tags(["lampen"])["lampen"], title="LICHT")
    assert kept.title == "Licht"
    assert (words(both), words(one)) == (["Licht"], ["Licht"])
    assert [(tag.title, count) for tag, count in tags_with_numbers()] == [("Licht", 2)]


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("tag"), st.integers(0, 2), st.sets(st.sampled_from("abcd"), max_size=4)),
        st.tuples(st.just("rename"), st.sampled_from("abcd"), st.sampled_from("abcd")),
        st.tuples(st.just("delete"), st.sampled_from("abcd"), st.none()),
    ),
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(DEEDS)
def test_the_number_of_tags_is_always_right(app, deeds):
    moderator, ideas = a_person("moderator"), [an_idea() for _number in range(3)]
    for deed, first, second in deeds:
        known = find_tags([f"wort-{first}"]).get(f"wort-{first}") if deed != "tag" else None
        with transaction():
            if deed == "tag":
                tag_idea(moderator, idea=ideas[first], titles=[f"Wort {letter}" for letter in second])
            elif known and deed == "rename":
                rename_tag(moderator, tag=known, title=f"Wort {second}")
            elif known:
                delete_tag(moderator, tag=known)
    db.session.rollback()
    rows = dict(db.session.execute(select(IdeaTag.idea_id, func.count()).group_by(IdeaTag.idea_id)).all())
    assert {idea.id: idea.tag_count for idea in ideas if idea.tag_count} == {
        number: count for number, count in rows.items() if number in {idea.id for idea in ideas}
    }
