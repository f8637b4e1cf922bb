from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import organiser
from ideenlab.answers.manage.door import blueprint
from ideenlab.answers.queries import figures_of, waiting_numbers
from ideenlab.answers.rules import is_overdue
from ideenlab.core.clock import now
from ideenlab.ideas.queries import get_call


@blueprint.get("/aufrufe/<slug>/zahlen")
@organiser
def figures(slug: str) -> ResponseReturnValue:
    call = get_call(slug)
    waiting = waiting_numbers().get(call.id, 0)
    return render_template(
        "answers/manage/figures.html", call=call, figures=figures_of(call), waiting=waiting,
        late=waiting and is_overdue(call, now()),
    )  # fmt: skip
