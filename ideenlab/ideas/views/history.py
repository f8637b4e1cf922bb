"""How an idea read before, and what each change made different."""

from itertools import pairwise
from typing import NamedTuple

from flask import render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public, visitor
from ideenlab.core.diff import Change, changes, shortened
from ideenlab.core.errors import NotFound
from ideenlab.core.i18n import gettext as _
from ideenlab.ideas.models import Idea, IdeaVersion
from ideenlab.ideas.queries import versions_of
from ideenlab.ideas.queries.ideas import VERSIONS
from ideenlab.ideas.rules import may_read_text
from ideenlab.ideas.views.door import blueprint
from ideenlab.ideas.views.idea import seen_idea


class Step(NamedTuple):
    """What one change made different: short facts, and the passages of title and text."""

    facts: list[tuple[str, str, str]]  # what, before, after
    title: list[Change]
    text: list[Change]


@blueprint.get("/idee/<int:idea_id>/verlauf")
@public
def versions(idea_id: int) -> ResponseReturnValue:
    """A page of changes, latest first. Without `bis` it begins with the last one."""
    idea = seen_idea(idea_id)
    if not may_read_text(visitor(), idea):
        raise NotFound
    wanted = request.args.get("bis", "")
    before = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else None
    older = versions_of(idea, before)
    first: Idea | IdeaVersion = idea
    if before is not None and older:
        above = [version for version in older if version.revision == before]
        first, older = (above[0], older[1:]) if above else (idea, older)
    more = older[VERSIONS - 1].revision if len(older) > VERSIONS else None
    older = older[:VERSIONS]
    steps = [_step(new, old) for new, old in pairwise([first, *older])]
    return render_template("ideas/versions.html", idea=idea, first=first, older=older, steps=steps, more=more)


def _step(new: Idea | IdeaVersion, old: Idea | IdeaVersion) -> Step:
    facts = [(word, before, after) for word, before, after in _facts(new, old) if before != after]
    if (new.latitude, new.longitude) != (old.latitude, old.longitude):
        facts.append((_("Mark on the map:"), _marked(old), _marked(new)))
    title = changes(old.title, new.title) if old.title != new.title else []
    text = shortened(changes(old.text, new.text)) if old.text != new.text else []
    return Step(facts, title, text)


def _facts(new: Idea | IdeaVersion, old: Idea | IdeaVersion) -> list[tuple[str, str, str]]:
    return [
        (_("Topic:"), _named(old.topic, _("No topic")), _named(new.topic, _("No topic"))),
        (_("District:"), _named(old.district, _("No district")), _named(new.district, _("No district"))),
        (_("Place:"), old.place or _("not given"), new.place or _("not given")),
    ]


def _named(thing: object, nothing: str) -> str:
    return str(getattr(thing, "title", "")) or nothing


def _marked(version: Idea | IdeaVersion) -> str:
    if version.latitude is None or version.longitude is None:
        return str(_("not given"))
    return f"{version.latitude / 1e6:.4f}° N, {version.longitude / 1e6:.4f}° O"
