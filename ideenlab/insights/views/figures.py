from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.errors import NotFound
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.tables import csv_line
from ideenlab.ideas.queries import calls
from ideenlab.insights import queries
from ideenlab.insights.views.door import blueprint
from ideenlab.insights.views.pictures import CHAPTER_OF, CHAPTERS, chapter_names
from ideenlab.programme.models import Edition
from ideenlab.programme.queries import current_edition, editions, get_edition


@blueprint.get("/zahlen")
@public
@same_for_visitors
def overview() -> ResponseReturnValue:
    """One edition in a few numbers, and the way to the rest."""
    edition = _edition()
    whole = None if edition is None else queries.figures_of_edition(edition)
    return render_template(
        "insights/overview.html", edition=edition, editions=editions(), figures=whole, chapters=chapter_names(),
        promises=queries.promises_of(edition) if edition else None,
        programme=queries.programme_of(edition) if edition else None,
        teams=sum(number for _title, number in queries.teams_by_hackathon(edition)) if edition else 0,
    )  # fmt: skip


@blueprint.get("/zahlen/<chapter>")
@public
@same_for_visitors
def chapter(chapter: str) -> ResponseReturnValue:
    edition = _edition()
    if chapter not in CHAPTERS or edition is None:
        raise NotFound
    return render_template(
        "insights/chapter.html", edition=edition, chapter=chapter, chapters=chapter_names(),
        pictures=CHAPTERS[chapter](edition),
        calls=[call for call in calls() if call.edition_id == edition.id] if chapter == "ideen" else [],
        promises=queries.promises_of(edition) if chapter == "antworten" else None,
        figures=queries.figures_of_edition(edition) if chapter == "antworten" else None,
    )  # fmt: skip


@blueprint.get("/zahlen/<figure>.csv")
@public
def table(figure: str) -> ResponseReturnValue:
    """The rows behind a picture; a number that is too small to be shown is an empty cell."""
    edition = _edition()
    if figure not in CHAPTER_OF or edition is None:
        raise NotFound
    picture = next(each for each in CHAPTERS[CHAPTER_OF[figure]](edition) if each.name == figure)
    rows = [csv_line([name, "" if number is None else number]) for name, number in picture.rows]
    answer = Response("".join([csv_line(picture.heads), *rows]), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{figure}-{edition.slug}.csv")
    return answer


def _edition() -> Edition | None:
    """The one that is asked for, else the current one."""
    wanted = request.args.get("ausgabe", "")
    return get_edition(wanted) if wanted else current_edition()
