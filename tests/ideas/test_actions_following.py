import pytest

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import NotAllowed
from ideenlab.ideas.actions import give_idea, publish_idea
from ideenlab.ideas.actions.following import follow_thing, unfollow_thing
from ideenlab.notifications.models import Notice
from ideenlab.notifications.queries import is_following
from tests.factories import a_call, a_person, a_topic, an_idea


def published(author, call, topic):
    with transaction():
        idea = give_idea(author, call=call, title="Bänke an der Hase", text="Damit alle sich ausruhen.", topic=topic)
        publish_idea(author, idea=idea, agrees_to_licence=True)
    return idea


def test_authors_follow_their_idea_and_others_hear_of_it_once(app):
    call = a_call()
    topic, other = a_topic(call.edition), a_topic(call.edition)
    author, of_call, of_topic, of_both, of_other = (a_person() for _number in range(5))
    with transaction():
        for person, thing in (
            (of_call, call), (of_topic, topic), (of_both, call), (of_both, topic), (of_other, other), (author, call),
        ):  # fmt: skip
            follow_thing(person, thing=thing)
    idea = published(author, call, topic)
    assert is_following(author, idea)
    told = db.session.query(Notice).order_by(Notice.person_id).all()
    assert [notice.person_id for notice in told] == sorted(person.id for person in (of_call, of_topic, of_both))
    assert {(notice.kind, notice.text, notice.path) for notice in told} == {
        ("new_ideas", "Neue Idee: Bänke an der Hase", f"/idee/{idea.id}")
    }


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("published", True),
        ("merged", True),
        ("draft", False),
        ("waiting", False),
        ("hidden", False),
        ("withdrawn", False),
    ],
)
def test_only_what_can_be_read_is_followed(app, state, may):
    idea, person = an_idea(state=state), a_person()
    if may:
        with transaction():
            follow_thing(person, thing=idea)
    else:
        with pytest.raises(NotAllowed), transaction():
            follow_thing(person, thing=idea)
    assert is_following(person, idea) is may
    with transaction():
        unfollow_thing(person, thing=idea)
    assert not is_following(person, idea)
