"""Who is erased is found nowhere: neither in any text of the database nor in the storage."""

import pytest
from sqlalchemy import String, Text, func, select

from ideenlab.accounts.actions import close_account
from ideenlab.comments.models import Comment
from ideenlab.core.db import Model, db, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.core.search import Term
from ideenlab.core.storage import storage
from ideenlab.ideas.actions import comment_on_idea, support_idea
from ideenlab.ideas.actions.indexing import index_ideas
from ideenlab.ideas.models import Idea, Support
from ideenlab.privacy.actions import erase_person
from ideenlab.privacy.actions.erasing import references
from ideenlab.privacy.actions.remains import FOR_THE_TEAM
from ideenlab.privacy.queries import WHOSE, belongings_of
from ideenlab.privacy.rules import FATES, PURPOSES
from ideenlab.privacy.rules.fates import STAYS
from tests.factories import a_call, a_comment, a_person, an_idea
from tests.privacy.world import two_people_everywhere

# what the city or a team said or still shows, and keys without a name: nothing of it is the person's alone
OF_OTHERS = {
    "answers.text", "answers.text_html", "answers.withdrawn_reason", "answer_versions.text",
    "answer_versions.text_html", "offices.name", "offices.name_folded", "files.name", "barriers.page",
    "barriers.code_hash",
}  # fmt: skip
NAMED = {column for _section, purposes in PURPOSES for purpose in purposes for column in purpose.columns}
KEPT_NAMELESS = {"comments.text", "comments.text_html", *(f"ballots.{name}" for name in FOR_THE_TEAM)}


def all_texts():
    """Every text of the database by `table.column`, read once."""
    texts = {}
    for table in Model.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, String | Text)]
        rows = db.session.execute(select(*columns)).all() if columns else []
        for place, column in enumerate(columns):
            texts[str(column)] = "\n".join(str(row[place]) for row in rows).lower()
    return texts


def found_in_texts(words, texts=None):
    """`table.column` of every text of the database that holds these words."""
    return {name for name, text in (texts or all_texts()).items() if words.lower() in text}


def found_in_storage(words):
    return [key for key in dict(storage().keys()) if words.encode() in storage().open(key).read()]


def erase(person, way="everything", actor=None):
    with transaction():
        erase_person(actor, person=person, way=way)


def test_every_table_of_somebody_has_a_fate():
    assert set(FATES) == set(WHOSE)


@pytest.fixture
def world(app):
    first = a_person(
        pseudonym="Amselweibchen",
        email="amsel@example.org",
        guardian_email="eltern@example.org",
        suspended_reason="Amsel-Grund",
    )
    return two_people_everywhere(first, a_person(pseudonym="Birkenrinde", email="birke@example.org"))


@pytest.mark.parametrize("way", ["everything", "nameless"])
def test_a_search_finds_nothing_of_who_is_erased(world, way):
    first, _second = world
    number = first.person.id
    erase(first.person, way)
    assert found_in_texts("amsel@example.org") | found_in_texts("eltern@example.org") == set()
    assert found_in_texts("Amselweibchen") == set()
    theirs = {
        name: text for name, text in first.texts.items()
        if name in NAMED - OF_OTHERS and FATES.get(name.partition(".")[0], STAYS) is not STAYS
    }  # fmt: skip
    assert len(theirs) > 60
    everything = all_texts()
    left = {name for name, text in theirs.items() if found_in_texts(text, everything)}
    assert left == (set() if way == "everything" else KEPT_NAMELESS)
    named = [
        str(column) for table, column in references()
        if db.session.scalar(select(func.count()).select_from(table).where(column == number))
    ]  # fmt: skip
    assert named == []


def loaded(model, number):
    db.session.expire_all()
    return db.session.get(model, number)


def test_what_others_build_on_stays_without_a_name_and_no_count_changes(app):
    person, other = a_person(pseudonym="Amselweibchen", email="amsel@example.org"), a_person()
    call = a_call()
    alone, supported, discussed, foreign = (
        an_idea(call, person, text="Amselwort eins"), an_idea(call, person, text="Amselwort zwei"),
        an_idea(call, person, text="Amselwort drei"), an_idea(call, other),
    )  # fmt: skip
    with transaction():
        support_idea(other, idea=supported)
        support_idea(person, idea=foreign)
        comment_on_idea(other, idea=discussed, parent=None, text="Ein Wort an @Amselweibchen")
        mine = comment_on_idea(person, idea=foreign, parent=None, text="Amselwort vier")
        comment_on_idea(other, idea=foreign, parent=mine, text="Eine Antwort")
        index_ideas()
    numbers = [idea.id for idea in (alone, supported, discussed, foreign)]
    comment, subjects = mine.id, belongings_of(person)
    assert [[*map(len, subjects.ideas[way])] for way in ("everything", "nameless")] == [[1, 1, 1], [0, 0, 3]]
    assert (subjects.comments, subjects.supports) == (1, 1)
    erase(person)
    assert found_in_texts("Amselweibchen") | found_in_texts("amsel@example.org") == set()
    assert found_in_texts("Amselwort") == {"ideas.text", "ideas.text_html", "ideas.excerpt", "search_terms.word"}
    assert loaded(Idea, numbers[0]) is None
    kept = loaded(Idea, numbers[1])
    assert (kept.state, kept.author_id, kept.text, kept.support_count) == ("published", None, "Amselwort zwei", 1)
    wordless = loaded(Idea, numbers[2])
    assert (wordless.state, wordless.text, wordless.comment_count) == ("withdrawn", "", 1)
    others = loaded(Idea, numbers[3])
    assert (others.support_count, others.comment_count) == (1, 1)
    assert db.session.scalar(select(func.count()).where(Support.idea_id == others.id)) == 1
    said = loaded(Comment, comment)
    assert (said.state, said.author_id, said.text) == ("withdrawn", None, "")
    assert "dreiwort" not in {term.word for term in db.session.scalars(select(Term))}


def test_only_oneself_and_the_command_erase_and_never_the_last_administrator(app):
    boss, person = a_person("administrator"), a_person()
    with pytest.raises(NotAllowed):
        erase(person, actor=boss)
    with pytest.raises(NotAllowed):
        erase(boss)
    a_person("administrator")
    erase(boss, actor=boss)


def test_an_account_that_was_closed_is_erased_too(app):
    person, boss = a_person(pseudonym="Amselweibchen"), a_person("administrator")
    a_comment(an_idea(), person, text="Amselwort")
    with transaction():
        close_account(boss, person=person)
    erase(person)
    assert found_in_texts("Amselweibchen") | found_in_texts("Amselwort") == set()
