"""What organisers set up for the hackathons of the demo city: conduct, programme, challenges, an announcement."""

from datetime import datetime, time, timedelta
from typing import Any

from ideenlab.challenges.models import Challenge
from ideenlab.core.db import db
from ideenlab.core.text import render_markdown
from ideenlab.demo.actions.world import World, read_content
from ideenlab.hackathons.models import AgendaItem, Announcement, Hackathon

RULES = ("code_of_conduct", "house_rules")


def add_setup(world: World) -> None:
    written = read_content("setup")
    for name, hackathon in world.hackathons.items():
        for rule in RULES:
            setattr(hackathon, rule, written[rule])
            setattr(hackathon, f"{rule}_html", render_markdown(written[rule]))
        hackathon.mail_note = written["mail_note"]
        for line in written["agenda"]:
            if name != "open" or line["day"] == 0:  # that one goes on at home
                _add_line(world, hackathon, line)
        if name != "last_year":
            for position, challenge in enumerate(written["challenges"], 1):
                _add_challenge(world, hackathon, position, challenge)
    db.session.add(
        Announcement(
            hackathon=world.hackathons["current"], title="Alle acht Teams haben abgegeben", announced_at=world.ago(1),
            text="Die Jury bewertet bis zum Ende der Woche. Danke an alle, die geholfen haben!",
        )
    )  # fmt: skip
    db.session.flush()


def _add_line(world: World, hackathon: Hackathon, line: dict[str, Any]) -> None:
    day = hackathon.starts_at.astimezone(world.zone).date() + timedelta(days=line["day"])
    begin, end = (
        clock and datetime.combine(day, time.fromisoformat(clock), world.zone)
        for clock in (line["from"], line["until"])
    )
    db.session.add(
        AgendaItem(
            hackathon=hackathon, starts_at=begin, ends_at=end, title=line["title"], place=line["place"],
            text=line.get("text", ""),
        )
    )  # fmt: skip


def _add_challenge(world: World, hackathon: Hackathon, position: int, written: dict[str, Any]) -> None:
    texts = {name: written.get(name, "") for name in ("description", "data_sources")}
    lines = {name: written.get(name, "") for name in ("title", "summary", "partner", "contact", "prize")}
    idea, known = world.ideas.get(written.get("idea", "")), hackathon.published_at
    db.session.add(
        Challenge(
            hackathon=hackathon, position=position, idea=idea, **lines, **texts,
            **{f"{name}_html": render_markdown(text) for name, text in texts.items()},
            published_at=max(known, idea.published_at or known) if idea and known else known,
        )
    )  # fmt: skip
