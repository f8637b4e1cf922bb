from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ideenlab.core.db import db
from ideenlab.core.errors import NotFound
from ideenlab.ideas.models import Call, Idea, IdeaImage, IdeaImageSize


def images_of(idea: Idea) -> list[IdeaImage]:
    """In their order, with their sizes; without a query where there is none."""
    if not idea.image_count:
        return []
    whole = select(IdeaImage).where(IdeaImage.idea_id == idea.id).options(joinedload(IdeaImage.sizes))
    return list(db.session.scalars(whole.order_by(IdeaImage.position, IdeaImage.id)).unique())


def get_image_size(key: str, width: int) -> IdeaImageSize:
    """One width of a picture by its address, with its idea and its file."""
    with_idea = joinedload(IdeaImage.idea).joinedload(Idea.call).lazyload(Call.edition)
    found = db.session.execute(
        select(IdeaImageSize, IdeaImage)
        .join(IdeaImage, IdeaImage.id == IdeaImageSize.image_id)
        .where(IdeaImage.key == key, IdeaImageSize.width == min(width, 100_000))
        .options(joinedload(IdeaImageSize.file), with_idea)
    ).first()
    if found is None:
        raise NotFound
    size: IdeaImageSize = found[0]
    return size


def idea_of_image(size: IdeaImageSize) -> Idea:
    image = db.session.get_one(IdeaImage, size.image_id)
    return image.idea
