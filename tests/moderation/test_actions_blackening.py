"""What is blackened is nowhere any more: every text of the database is searched for it."""

import io

import pytest
from sqlalchemy import String, select

from ideenlab.comments.models import Comment
from ideenlab.core.db import Model, db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.storage import storage
from ideenlab.files.actions import draw_picture
from ideenlab.files.models import StoredFile
from ideenlab.history.actions import record
from ideenlab.ideas.actions import add_image, comment_on_idea, edit_idea
from ideenlab.ideas.actions.indexing import index_ideas
from ideenlab.ideas.models import IdeaVersion
from ideenlab.ideas.queries import versions_of
from ideenlab.mail.models import Mail
from ideenlab.moderation.actions import (
    appeal,
    blacken_image,
    blacken_passage,
    blacken_version,
    decide_appeal,
    report_thing,
    take_measure,
)
from ideenlab.moderation.actions.blackening import BLACK
from ideenlab.moderation.models import Measure
from ideenlab.moderation.queries import get_thing
from ideenlab.notifications.models import Notice
from tests.factories import a_person, an_idea
from tests.files.samples import picture

NUMBER = "0541 9876543"
WHY = "Eine Telefonnummer gehört nicht hierher."


def everything():
    """All texts of all tables."""
    db.session.rollback()
    return " ".join(
        str(value)
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(select(*table.columns)).all()
        for column, value in zip(table.columns, row, strict=True)
        if isinstance(column.type, String) and value
    )


def done(action, *args, **values):
    with transaction():
        return action(*args, **values)


@pytest.fixture
def idea(app):
    """An idea with a number in its text, an old version, a comment, a mail, a note, a report and the search."""
    author = a_person()
    idea = an_idea(
        author=author, title=f"Rufen Sie {NUMBER} an", text=f"Unter **0541**\n9876543 melden. Oder {NUMBER}!"
    )
    done(edit_idea, author, idea=idea, title="Rufen Sie mich an", text=f"Wirklich: {NUMBER}, bitte bald.", topic=None,
         revision=1)  # fmt: skip
    done(comment_on_idea, a_person(), idea=idea, text=f"Ich habe {NUMBER} angerufen.")
    with transaction():
        record(author, "ideas.edited", idea, note=f"mit {NUMBER}")
        report_thing(None, thing=get_thing("idee", idea.id), reason="personal_data", text=f"Da steht {NUMBER}!")
        index_ideas()
    return idea


def test_a_passage_goes_from_everywhere(idea):
    moderator = a_person("moderator")
    assert "9876543" in everything()
    assert NUMBER in db.session.scalars(select(Mail.text)).one(), "the author was told what the comment says"
    with transaction():
        db.session.add(
            Mail(recipient="a@example.org", subject=f"Anruf {NUMBER}", text=f"Bei {NUMBER} geht keiner ran.")
        )
    found = done(blacken_passage, moderator, idea=idea, passage=NUMBER, reason=f"Die Nummer {NUMBER} ist privat.")
    assert found >= 7
    with transaction():
        index_ideas()
    left = everything()
    assert "9876543" not in left
    assert idea.text == f"Wirklich: {BLACK}, bitte bald."
    assert BLACK in idea.text_html
    (old,) = versions_of(idea)
    assert (old.title, old.text) == (f"Rufen Sie {BLACK} an", f"Unter **{BLACK} melden. Oder {BLACK}!")
    assert (idea.revision, idea.is_indexed) == (3, True)


def test_it_is_written_down_and_told_without_what_it_was(idea):
    done(blacken_passage, a_person("moderator"), idea=idea, passage=NUMBER, reason=WHY)
    of_idea, of_comment = db.session.scalars(select(Measure).order_by(Measure.id))
    assert (of_idea.kind, of_idea.reason, of_idea.person_id) == ("blackened", WHY, idea.author_id)
    comment = db.session.scalars(select(Comment)).one()
    assert (of_comment.thing, of_comment.thing_id, of_comment.person_id) == ("comments", comment.id, comment.author_id)
    told = db.session.scalars(select(Mail).where(Mail.recipient == idea.author.email).order_by(Mail.id.desc())).first()
    assert told.subject.startswith("Eine Stelle wurde geschwärzt")
    assert WHY in told.text


def test_who_wrote_none_of_it_is_not_told_that_they_did(app):
    author, neighbour = a_person(), a_person()
    idea = an_idea(author=author)
    done(comment_on_idea, neighbour, idea=idea, text=f"Ich habe {NUMBER} angerufen.")
    done(blacken_passage, a_person("moderator"), idea=idea, passage=NUMBER, reason=WHY)
    assert [measure.person_id for measure in db.session.scalars(select(Measure))] == [neighbour.id]


def test_its_author_can_appeal_and_is_told_that_it_can_only_be_written_again(idea):
    done(blacken_passage, a_person("moderator"), idea=idea, passage=NUMBER, reason=WHY)
    measure = db.session.scalars(select(Measure).order_by(Measure.id)).first()
    asked = done(appeal, idea.author, measure=measure, text="Das ist die Nummer meines Ladens.")
    text = idea.text
    assert (
        done(decide_appeal, a_person("moderator"), appeal=asked, overturn=True, reason="Das stimmt, ein Laden.") is None
    )
    assert (asked.outcome, idea.text) == ("overturned", text)
    told = db.session.scalars(select(Mail).where(Mail.recipient == idea.author.email).order_by(Mail.id.desc())).first()
    assert "Sie können es neu schreiben" in told.text


def test_a_notice_about_a_decision_is_blackened_too(idea):
    moderator = a_person("moderator")
    done(edit_idea, idea.author, idea=idea, title=f"Rufen Sie {NUMBER} an", text=idea.text, topic=None, revision=2)
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="change_asked", reason="Bitte ohne Nummer.")
    assert any(NUMBER in notice.text for notice in db.session.scalars(select(Notice)))
    done(blacken_passage, moderator, idea=idea, passage=NUMBER, reason=WHY)
    assert not any(NUMBER in notice.text for notice in db.session.scalars(select(Notice)))


def test_other_ideas_keep_their_words(idea):
    other = an_idea(text=f"Auch hier steht {NUMBER} im Text.")
    done(blacken_passage, a_person("moderator"), idea=idea, passage=NUMBER, reason=WHY)
    assert NUMBER in other.text


def test_a_form_that_is_still_open_does_not_bring_it_back(idea):
    open_since = idea.revision
    done(blacken_passage, a_person("moderator"), idea=idea, passage=NUMBER, reason=WHY)
    with pytest.raises(Conflict):
        done(edit_idea, idea.author, idea=idea, title=idea.title, text=f"Doch: {NUMBER} anrufen", topic=None,
             revision=open_since)  # fmt: skip


@pytest.mark.parametrize("passage", ["", "ab", "x" * 501, "gibt es hier nicht", ".*", "0541.9876543"])
def test_only_what_is_there_and_long_enough(idea, passage):
    with pytest.raises(Invalid) as refused:
        done(blacken_passage, a_person("moderator"), idea=idea, passage=passage, reason=WHY)
    assert refused.value.field == "passage"
    assert NUMBER in everything()


@pytest.mark.parametrize("role", [None, "juror"])
def test_only_the_moderation_blackens(idea, role):
    person = a_person(*([role] if role else []))
    with pytest.raises(NotAllowed):
        done(blacken_passage, person, idea=idea, passage=NUMBER, reason=WHY)
    with pytest.raises(NotAllowed):
        done(blacken_version, person, version=versions_of(idea)[0], idea=idea, reason=WHY)


def test_without_a_reason_nothing_is_blackened(idea):
    with pytest.raises(Invalid):
        done(blacken_passage, a_person("moderator"), idea=idea, passage=NUMBER, reason="kurz")
    assert NUMBER in everything()


def test_an_old_version_goes_once(idea):
    moderator = a_person("moderator")
    (version,) = versions_of(idea)
    done(blacken_version, moderator, version=version, idea=idea, reason=WHY)
    assert [(old.title, old.text) for old in db.session.scalars(select(IdeaVersion))] == [(BLACK, BLACK)]
    assert idea.text.startswith("Wirklich")
    with pytest.raises(Conflict):
        done(blacken_version, moderator, version=version, idea=idea, reason=WHY)


def test_what_was_decided_before_is_searched_too(idea):
    moderator = a_person("moderator")
    done(take_measure, moderator, thing=get_thing("idee", idea.id), kind="hidden", reason=f"Nennt {NUMBER} im Text.")
    done(blacken_passage, moderator, idea=idea, passage=NUMBER, reason=WHY)
    with transaction():
        index_ideas()
    assert "9876543" not in everything()
    assert BLACK in idea.hidden_reason


def test_a_picture_goes_with_all_its_files(idea):
    drawn = draw_picture(io.BytesIO(picture(size=(500, 20))), name="bank.png")
    with transaction():
        image = add_image(idea.author, idea=idea, drawn=drawn, alt="Eine Bank", decorative=False)
    assert len(list(storage().keys())) > 0
    done(blacken_image, a_person("moderator"), image=image, reason=WHY)
    assert list(storage().keys()) == []
    assert (idea.image_count, db.session.scalars(select(StoredFile)).all()) == (0, [])
    assert [measure.kind for measure in db.session.scalars(select(Measure))] == ["blackened"]
