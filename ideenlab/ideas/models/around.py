"""What stands around an idea: pictures, people who write along, tags."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ideenlab.accounts.models import Person
from ideenlab.core.clock import now
from ideenlab.core.db import Model, UtcDateTime
from ideenlab.files.models import StoredFile
from ideenlab.ideas.models.ideas import Idea


class IdeaImage(Model):
    """A picture of an idea. What came in is not kept, only what was drawn anew from it in some sizes."""

    __tablename__ = "idea_images"
    __table_args__ = (UniqueConstraint("key"), UniqueConstraint("idea_id", "position"))

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id"))
    idea: Mapped[Idea] = relationship()
    key: Mapped[str] = mapped_column(String(40))  # its address, which nobody guesses
    position: Mapped[int]
    alt: Mapped[str] = mapped_column(String(250), default="")  # what is to be seen; empty when it only decorates
    sizes: Mapped[list["IdeaImageSize"]] = relationship(order_by="IdeaImageSize.width", cascade="all, delete-orphan")


class IdeaImageSize(Model):
    """One width of a picture, as a stored file."""

    __tablename__ = "idea_image_sizes"

    image_id: Mapped[int] = mapped_column(ForeignKey("idea_images.id", ondelete="CASCADE"), primary_key=True)
    width: Mapped[int] = mapped_column(primary_key=True)
    height: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), index=True)
    file: Mapped[StoredFile] = relationship()


class CoAuthor(Model):
    """Somebody whom the author asked to write along. Shown only once they agreed."""

    __tablename__ = "co_authors"
    __table_args__ = (CheckConstraint("state IN ('invited', 'accepted', 'declined', 'gone')", name="state"),)

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    idea: Mapped[Idea] = relationship()
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    person: Mapped[Person] = relationship()
    state: Mapped[str] = mapped_column(String(10), default="invited")
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Tag(Model):
    """A word under which the moderation gathers ideas, across topics and calls."""

    __tablename__ = "tags"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(40))


class IdeaTag(Model):
    __tablename__ = "idea_tags"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True, index=True)
