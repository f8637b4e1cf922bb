"""Partners of this year's and last year's week, with logos that are drawn here, and who writes for one of them."""

from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw, ImageFont
from sqlalchemy import select

from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db
from ideenlab.core.text import fold, render_markdown, slugify
from ideenlab.demo.actions.world import World, read_content
from ideenlab.files.actions import keep_content
from ideenlab.partners.actions import draw_logo
from ideenlab.partners.models import Participation, Partner, PartnerEditor

SIZE = (360, 160)
EDITORS = {"Stadtbücherei": "bea"}  # who may be played as an editor, by the key of the person


def add_partners(world: World) -> None:
    this, last = world.editions["digitale-woche"], world.editions["digitale-woche-vorjahr"]
    for position, written in enumerate(read_content("partners"), 1):
        partner = _partner(world, written)
        db.session.add(Participation(edition=this, partner=partner, part=written["part"], position=position))
        world.partners[partner.slug] = partner
        if written["before"]:
            db.session.add(Participation(edition=last, partner=partner, part=written["before"], position=position))
        if key := EDITORS.get(partner.title):
            at = world.ago(30)
            db.session.add(PartnerEditor(partner=partner, person=world.people[key], named_at=at))
        for challenge in db.session.scalars(select(Challenge).where(Challenge.partner == partner.title)):
            challenge.given_by = partner
    db.session.flush()


def _partner(world: World, written: dict[str, Any]) -> Partner:
    partner = Partner(
        slug=slugify(written["title"]), title=written["title"], title_folded=fold(written["title"]),
        summary=written["summary"], description=written["description"],
        description_html=render_markdown(written["description"]), website=written["website"],
        logo=keep_content(draw_logo(_logo(written), name="logo.png"), owner_id=world.people["olaf"].id),
        published_at=world.ago(60), created_at=world.ago(70),
    )  # fmt: skip
    db.session.add(partner)
    db.session.flush()
    return partner


def _logo(written: dict[str, Any]) -> BytesIO:
    """A sign in two colours and the first letters, as a file that somebody could have sent."""
    colour, second = written["colours"]
    image = Image.new("RGB", SIZE, "#ffffff")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((8, 8, 152, 152), 24, fill=colour)
    SHAPES[written["shape"]](pen, second)
    pen.text((176, 80), written["letters"], fill=colour, font=ImageFont.load_default(72), anchor="lm")
    source = BytesIO()
    image.save(source, "PNG")
    source.seek(0)
    return source


def _gear(pen: ImageDraw.ImageDraw, colour: str) -> None:
    pen.regular_polygon((80, 80, 56), 8, fill=colour)
    pen.regular_polygon((80, 80, 24), 8, rotation=22, fill="#ffffff")


def _blocks(pen: ImageDraw.ImageDraw, colour: str) -> None:
    for left, top in ((36, 84), (84, 84), (60, 36)):
        pen.rectangle((left, top, left + 40, top + 40), fill=colour)


def _lines(pen: ImageDraw.ImageDraw, colour: str) -> None:
    for top in (40, 64, 88, 112):
        pen.rectangle((36, top, 124 if top < 112 else 84, top + 10), fill=colour)


def _drop(pen: ImageDraw.ImageDraw, colour: str) -> None:
    pen.polygon([(88, 28), (48, 92), (78, 92), (68, 132), (116, 68), (84, 68)], fill=colour)


def _book(pen: ImageDraw.ImageDraw, colour: str) -> None:
    pen.polygon([(32, 44), (80, 58), (128, 44), (128, 112), (80, 126), (32, 112)], fill=colour)


def _ring(pen: ImageDraw.ImageDraw, colour: str) -> None:
    pen.ellipse((36, 36, 124, 124), outline=colour, width=16)


SHAPES = {"drop": _drop, "book": _book, "ring": _ring, "blocks": _blocks, "gear": _gear, "lines": _lines}
