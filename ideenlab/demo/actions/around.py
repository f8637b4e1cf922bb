"""Districts, and what stands around some ideas: places, pictures, tags, people who write along."""

import json
from datetime import timedelta

from sqlalchemy import select

from ideenlab.city.maths import MICRO, read_outline, written_outline
from ideenlab.city.models import District
from ideenlab.core.db import db
from ideenlab.core.storage import storage
from ideenlab.core.text import slugify
from ideenlab.demo.actions.world import World, read_content, sketch
from ideenlab.files.actions import draw_picture, keep_content
from ideenlab.ideas.models import CoAuthor, Idea, IdeaImage, IdeaImageSize, IdeaTag, IdeaVersion, Tag


def add_districts(world: World) -> None:
    for position, written in enumerate(read_content("districts"), 1):
        polygon = json.dumps({"type": "Polygon", "coordinates": [written["outline"]]})
        district = District(
            slug=written["slug"], title=written["title"], position=position,
            outline=written_outline(read_outline(polygon)),
        )  # fmt: skip
        db.session.add(district)
        world.districts[district.slug] = district
    db.session.flush()


def add_around(world: World) -> None:
    tags: dict[str, Tag] = {}
    for written in read_content("ideas"):
        idea = world.ideas[written["key"]]
        idea.place = written.get("place", "")
        if "district" in written:
            idea.district = world.districts[written["district"]]
            idea.latitude, idea.longitude = (round(degrees * MICRO) for degrees in written["pin"])
        for older in db.session.scalars(select(IdeaVersion).where(IdeaVersion.idea_id == idea.id)):
            older.district, older.place = idea.district, idea.place
            older.latitude, older.longitude = idea.latitude, idea.longitude
        for title in written.get("tags", ()):
            _tag(idea, tags.setdefault(title, Tag(slug=slugify(title), title=title)))
        for key in written.get("together", ()):
            at = idea.created_at + timedelta(hours=2)
            together = CoAuthor(
                idea_id=idea.id, person_id=world.people[key].id, state="accepted", invited_at=at, answered_at=at
            )
            db.session.add(together)
            idea.co_author_count += 1
        if "picture" in written:
            _add_picture(idea, written["picture"])
    db.session.flush()


def _tag(idea: Idea, tag: Tag) -> None:
    db.session.add(tag)
    db.session.flush()
    db.session.add(IdeaTag(idea_id=idea.id, tag_id=tag.id))
    idea.tag_count += 1


def _add_picture(idea: Idea, drawn: dict[str, object]) -> None:
    image = IdeaImage(idea_id=idea.id, key=storage().new_key(), position=1, alt=str(drawn["alt"]))
    image.sizes = [
        IdeaImageSize(
            width=each.width, height=each.height, file=keep_content(each.content, owner_id=idea.author_id or 0)
        )
        for each in draw_picture(sketch(drawn), name=str(drawn["name"]))
    ]
    db.session.add(image)
    idea.image_count = 1
