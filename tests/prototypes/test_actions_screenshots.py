"""Pictures of a prototype: words for each, their order, and what a version keeps of them."""

import io

import pytest
from sqlalchemy import func, select

from ideenlab.core.db import db, transaction
from ideenlab.core.errors import Conflict, Invalid, NotAllowed
from ideenlab.core.storage import storage
from ideenlab.files.actions import draw_picture, remove_unclaimed
from ideenlab.files.models import StoredFile
from ideenlab.prototypes.actions import (
    add_screenshot,
    describe_screenshot,
    forget_screenshots_of_dissolved,
    hand_in,
    move_screenshot_forward,
    remove_screenshot,
)
from ideenlab.prototypes.models import Screenshot
from ideenlab.prototypes.queries import content_of, latest_hand_in, screenshots_of
from ideenlab.prototypes.rules import missing_from, quota
from tests.factories import a_hackathon, a_person, a_prototype, a_team
from tests.files.samples import picture

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def prototype(person):
    return a_prototype(a_team(a_hackathon(required_fields="title screenshot"), person))


def add(person, prototype, alt="Eine Karte", decorative=False):
    drawn = draw_picture(io.BytesIO(picture("JPEG", size=(900, 600))), name="bild.jpg")
    with transaction():
        return add_screenshot(person, team=prototype.team, drawn=drawn, alt=alt, decorative=decorative)


def do(deed, person, screenshot, **more):
    with transaction():
        return deed(person, screenshot=screenshot, **more)


def test_a_version_keeps_its_pictures_their_words_and_their_order(person, prototype):
    assert missing_from(prototype) == ["screenshots"]
    first, second = add(person, prototype), add(person, prototype, alt="", decorative=True)
    do(move_screenshot_forward, person, second)
    do(move_screenshot_forward, person, second)
    assert list(screenshots_of(prototype)) == [second, first]
    with transaction():
        hand_in(person, team=prototype.team, revision=1)
    do(describe_screenshot, person, first, alt="Etwas anderes", decorative=False)
    do(remove_screenshot, person, second)
    kept = content_of(latest_hand_in(prototype))["screenshots"]
    assert [(each["key"], each["alt"]) for each in kept] == [(second.key, ""), (first.key, "Eine Karte")]
    assert [size["width"] for size in kept[0]["sizes"]] == [400, 800, 900]
    assert kept[1]["sizes"][0]["sha256"] == first.sizes[0].file.sha256
    assert all(storage().is_whole(size.file.key) for size in second.sizes)
    assert list(screenshots_of(prototype)) == [first]
    with pytest.raises(Conflict, match="removed before"):
        do(remove_screenshot, person, second)


def test_a_picture_in_no_version_leaves_nothing_behind(person, prototype):
    screenshot = add(person, prototype)
    do(remove_screenshot, person, screenshot)
    assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0
    add(person, prototype)
    with transaction():
        prototype.team.dissolved_at = prototype.changed_at
    with transaction():
        assert forget_screenshots_of_dissolved() == 1
    assert db.session.scalar(select(func.count()).select_from(Screenshot)) == 0
    assert remove_unclaimed().missing == ()


def test_words_are_needed_or_the_mark_that_there_are_none(person, prototype):
    for alt, decorative in (("", False), ("Eine Karte", True), ("x" * 251, False)):
        with pytest.raises(Invalid) as refused:
            add(person, prototype, alt, decorative)
        assert refused.value.field == "alt"
    assert list(screenshots_of(prototype)) == []


def test_a_prototype_has_so_many_pictures_and_only_its_team_changes_them(person, prototype, monkeypatch):
    monkeypatch.setattr(quota, "MOST_SCREENSHOTS", 1)
    screenshot = add(person, prototype)
    with pytest.raises(Invalid, match="at most 1 screenshots"):
        add(person, prototype)
    for stranger in (a_person(), a_person("organiser")):
        with pytest.raises(NotAllowed, match="Only members"):
            add(stranger, prototype)
        for deed in (remove_screenshot, move_screenshot_forward):
            with pytest.raises(NotAllowed, match="Only members"):
                do(deed, stranger, screenshot)
