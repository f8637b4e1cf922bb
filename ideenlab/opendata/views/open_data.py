from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.core.security import city
from ideenlab.ideas.actions.ideas import LICENCE
from ideenlab.ideas.queries import calls
from ideenlab.opendata.views.door import blueprint


@blueprint.get("/offene-daten")
@public
@same_for_visitors
def open_data() -> ResponseReturnValue:
    every = calls()
    example = every[0].slug if every else "buergerlab"
    return render_template(
        "opendata/open_data.html", calls=every, example=example, base=city().base_url, licence=LICENCE
    )  # fmt: skip
