"""Pictures of an idea: at most five, each with words or marked as decorative, in order, and gone with their files."""

import io

import pytest
from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Invalid, NotAllowed
from ideenlab.core.storage import storage
from ideenlab.files.actions import draw_picture, remove_unclaimed
from ideenlab.files.models import StoredFile
from ideenlab.ideas.actions import add_image, describe_image, discard_draft, move_image_forward, remove_image
from ideenlab.ideas.models import IdeaImage
from ideenlab.ideas.queries import images_of
from tests.factories import DAY, a_call, a_person, an_idea
from tests.files.samples import picture


def with_image(idea, alt="Eine Bank am Fluss", **more):
    drawn = draw_picture(io.BytesIO(picture(size=(500, 20))), name="bank.png")
    with transaction():
        return add_image(idea.author, idea=idea, drawn=drawn, alt=alt, **{"decorative": False, **more})


def stored_files():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(StoredFile)), len(dict(storage().keys()))


@pytest.fixture
def idea(app):
    for key in dict(storage().keys()):
        storage().delete(key)
    return an_idea(author=a_person())


def test_a_picture_is_kept_in_its_widths(idea):
    image = with_image(idea, " Eine  Bank ")
    assert (image.alt, image.position, [size.width for size in image.sizes]) == ("Eine Bank", 1, [400, 500])
    assert (idea.image_count, stored_files()) == (1, (2, 2))
    assert len(image.key) == 40


@pytest.mark.parametrize(
    ("alt", "decorative", "sentence"),
    [
        ("", False, "Bitte sagen Sie in einem Satz"),
        ("\u200b ", False, "Bitte sagen Sie in einem Satz"),
        ("Eine Bank", True, "nicht beides"),
        ("x" * 251, False, "höchstens 250 Zeichen"),
    ],
)
def test_a_picture_needs_words_or_the_mark(idea, alt, decorative, sentence):
    with pytest.raises(Invalid, match=sentence) as refusal:
        with_image(idea, alt, decorative=decorative)
    assert refusal.value.field == "alt"
    assert images_of(idea) == []


def test_a_decorative_picture_has_no_words(idea):
    assert with_image(idea, "", decorative=True).alt == ""


def test_the_sixth_picture_is_refused(idea):
    for _number in range(5):
        with_image(idea)
    with pytest.raises(NotAllowed, match="höchstens 5 Bilder"):
        with_image(idea)
    assert idea.image_count == len(images_of(idea)) == 5


def test_a_call_can_do_without_pictures_but_those_there_can_go(idea):
    image = with_image(idea)
    with transaction():
        idea.call.takes_images = False
    with pytest.raises(NotAllowed, match="keine Bilder möglich"), transaction():
        add_image(idea.author, idea=idea, drawn=[], alt="Eine Bank", decorative=False)
    with transaction():
        remove_image(idea.author, image=image)
    assert (idea.image_count, stored_files()) == (0, (0, 0))


def test_pictures_change_their_order(idea):
    first, second, third = (with_image(idea, alt) for alt in ("eins", "zwei", "drei"))
    for image, order in ((third, "eins drei zwei"), (third, "drei eins zwei"), (third, "drei eins zwei")):
        with transaction():
            move_image_forward(idea.author, image=image)
        assert " ".join(each.alt for each in images_of(idea)) == order
    with transaction():
        remove_image(idea.author, image=first)
    assert with_image(idea, "vier").position > second.position
    assert [each.alt for each in images_of(idea)] == ["drei", "zwei", "vier"]


def test_nobody_else_touches_pictures(idea):
    image, other = with_image(idea), a_person("organiser")
    for deed in (
        lambda: add_image(other, idea=idea, drawn=[], alt="x", decorative=False),
        lambda: describe_image(other, image=image, alt="x", decorative=False),
        lambda: move_image_forward(other, image=image),
        lambda: remove_image(other, image=image),
    ):
        with pytest.raises(NotAllowed), transaction():
            deed()
    assert [each.alt for each in images_of(idea)] == ["Eine Bank am Fluss"]


def test_after_the_phase_pictures_stay_as_they_are(idea):
    image = with_image(idea)
    with transaction():
        idea.call.collect_until = now() - DAY
    with pytest.raises(NotAllowed, match="Ideen konnten bis"), transaction():
        describe_image(idea.author, image=image, alt="anders", decorative=False)


def test_a_deleted_draft_takes_its_pictures_along(idea):
    draft = an_idea(a_call(), idea.author, state="draft", published_at=None)
    with_image(draft)
    with transaction():
        discard_draft(idea.author, idea=draft)
    assert stored_files() == (0, 0)
    assert db.session.scalar(select(func.count()).select_from(IdeaImage)) == 0


def test_the_janitor_leaves_pictures_alone(idea):
    with_image(idea)
    with transaction():
        report = remove_unclaimed()
    assert (report.unclaimed, report.missing) == (0, ())
    assert stored_files() == (2, 2)


def test_a_picture_keeps_its_draft_alive(app):
    draft = an_idea(state="draft", published_at=None, changed_at=now() - 80 * DAY, draft_warned_at=now() - DAY)
    with_image(draft)
    assert draft.changed_at > now() - DAY
    assert draft.draft_warned_at is None
