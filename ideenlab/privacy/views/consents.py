from flask import render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import me, signed_in
from ideenlab.hackathons.rules import PHOTOS
from ideenlab.privacy.queries import hackathon_consents, licences_of, shown_seats
from ideenlab.privacy.views.door import blueprint


@blueprint.get("/konto/einwilligungen")
@signed_in
def consents() -> ResponseReturnValue:
    """What I agreed to, in which words, since when, and how it ends: by one button where one button began it."""
    return render_template(
        "privacy/consents.html", consents=hackathon_consents(me()), licences=licences_of(me()), seats=shown_seats(me()),
        withdrawable=PHOTOS,
    )  # fmt: skip
