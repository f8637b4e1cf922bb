"""What the browser keeps of the ballots for a hall without network. See docs/decisions/0023."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.core.assets import asset_file
from ideenlab.core.page_cache import same_for_visitors
from ideenlab.jury.views.blueprint import blueprint


@blueprint.get("/jury/dienst.js")
@public
def worker() -> ResponseReturnValue:
    """Under an address that stays: a worker has to lie above the pages it works for."""
    return Response(asset_file("worker.js").read_bytes(), mimetype="text/javascript",
                    headers={"Cache-Control": "public, max-age=0, must-revalidate"})  # fmt: skip


@blueprint.get("/jury/prototyp/ohne-netz")
@public
@same_for_visitors
def without_network() -> ResponseReturnValue:
    """In place of a ballot that was never loaded on this device."""
    return render_template("jury/without_network.html")
