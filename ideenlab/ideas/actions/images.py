"""The pictures of an idea: added, described, put in order, taken away."""

from collections.abc import Sequence

from sqlalchemy import func, select, update

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import after_commit, db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.storage import storage
from ideenlab.core.text import clean_line
from ideenlab.core.verdict import require
from ideenlab.files.actions import Drawn, keep_content
from ideenlab.history.actions import record
from ideenlab.ideas.actions.holding_back import note_change_of_pictures
from ideenlab.ideas.models import MOST_IMAGES, Idea, IdeaImage, IdeaImageSize
from ideenlab.ideas.queries import images_of
from ideenlab.ideas.rules import may_add_image, may_edit_idea

LONGEST_ALT: int = IdeaImage.alt.type.length


def add_image(author: Person, *, idea: Idea, drawn: Sequence[Drawn], alt: str, decorative: bool) -> IdeaImage:
    """Put a picture, drawn and stored before this transaction, at the end of the row."""
    require(may_add_image(author, idea, now()))
    alt = checked_alt(alt, decorative=decorative)
    counted = db.session.execute(
        update(Idea).where(Idea.id == idea.id, Idea.image_count < MOST_IMAGES).values(image_count=Idea.image_count + 1),
        execution_options={"synchronize_session": False},
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise Invalid(_("An idea has at most %(most)s pictures.", most=MOST_IMAGES), field="file")
    last = db.session.scalar(select(func.max(IdeaImage.position)).where(IdeaImage.idea_id == idea.id)) or 0
    image = IdeaImage(idea_id=idea.id, key=storage().new_key(), position=last + 1, alt=alt)
    image.sizes = [
        IdeaImageSize(width=each.width, height=each.height, file=keep_content(each.content, owner_id=author.id))
        for each in drawn
    ]
    db.session.add(image)
    db.session.refresh(idea)
    note_change_of_pictures(author, idea, shows_more=True)
    record(author, "ideas.image_added", idea)
    db.session.flush()
    return image


def describe_image(author: Person, *, image: IdeaImage, alt: str, decorative: bool) -> None:
    """Say what is to be seen, or that it only decorates."""
    require(may_edit_idea(author, image.idea, now()))
    alt = checked_alt(alt, decorative=decorative)
    if alt != image.alt:
        image.alt = alt
        note_change_of_pictures(author, image.idea, shows_more=True)
        record(author, "ideas.image_described", image.idea)
    db.session.flush()


def move_image_forward(author: Person, *, image: IdeaImage) -> None:
    """Change places with the one before it. The first one stays where it is."""
    require(may_edit_idea(author, image.idea, now()))
    row = images_of(image.idea)
    place = row.index(image)
    if place:
        other = row[place - 1]
        here, there = image.position, other.position
        image.position = 0  # free: positions begin with 1, and no two may be the same even for a moment
        db.session.flush()
        other.position = here
        db.session.flush()
        image.position = there
        note_change_of_pictures(author, image.idea, shows_more=False)
    db.session.flush()


def remove_image(author: Person, *, image: IdeaImage) -> None:
    require(may_edit_idea(author, image.idea, now()))
    idea = image.idea
    _forget(image)
    changed = db.session.execute(
        update(Idea).where(Idea.id == idea.id, Idea.image_count > 0).values(image_count=Idea.image_count - 1),
        execution_options={"synchronize_session": False},
    )
    if changed.rowcount != 1:  # type: ignore[attr-defined]
        raise Conflict(_("This picture was removed before."))
    db.session.refresh(idea)
    note_change_of_pictures(author, idea, shows_more=False)
    record(author, "ideas.image_removed", idea)
    db.session.flush()


def take_image(moderator: Person, *, image: IdeaImage) -> None:
    """A picture that must go, with all its files. The moderation has asked its own rules before."""
    idea = image.idea
    _forget(image)
    fewer = update(Idea).where(Idea.id == idea.id, Idea.image_count > 0).values(image_count=Idea.image_count - 1)
    db.session.execute(fewer, execution_options={"synchronize_session": False})
    db.session.refresh(idea)
    record(moderator, "ideas.image_taken", idea)
    db.session.flush()


def forget_images(idea: Idea) -> None:
    """All of them, with their files: for an idea that goes, or pictures that must."""
    for image in images_of(idea):
        _forget(image)
    idea.image_count = 0
    db.session.flush()


def checked_alt(alt: str, *, decorative: bool) -> str:
    """The words for a picture; none when it only decorates."""
    alt = clean_line(alt)
    if decorative and alt:
        raise Invalid(_("Please either describe the picture or mark it as decorative, not both."), field="alt")
    if not decorative and not alt:
        sentence = _("Please say in one sentence what the picture shows, or mark it as decorative.")
        raise Invalid(sentence, field="alt")
    if len(alt) > LONGEST_ALT:
        raise Invalid(_("A description has at most %(most)s characters.", most=LONGEST_ALT), field="alt")
    return alt


def _forget(image: IdeaImage) -> None:
    files = [size.file for size in image.sizes]
    db.session.delete(image)
    db.session.flush()
    for file in files:
        key = file.key
        db.session.delete(file)
        after_commit(lambda key=key: storage().delete(key))  # type: ignore[misc]
    db.session.flush()
