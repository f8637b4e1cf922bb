import hashlib
import json
from fractions import Fraction
from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from ideenlab.accounts.access import public
from ideenlab.hackathons.models import Hackathon
from ideenlab.hackathons.queries import get_hackathon
from ideenlab.jury.maths import TIES, Example, example
from ideenlab.jury.queries import (
    changes_of_version,
    get_version,
    is_being_changed,
    is_frozen,
    rules_content,
    rules_text_in_force,
    shares_of,
    shown_jurors,
    terms_in_words,
    versions_of,
)
from ideenlab.jury.views.blueprint import blueprint

TIES_OF = {"criterion": TIES, "comparison": TIES[1:], "shared": ()}


@blueprint.get("/hackathon/<slug>/bewertung")
@public
def rules(slug: str) -> ResponseReturnValue:
    """How the jury scores, for everybody, before it begins: the version that holds."""
    hackathon = get_hackathon(slug)
    versions = versions_of(hackathon)
    text = versions[0].content if versions else rules_content(hackathon)
    return render_template(
        "jury/rules.html", hackathon=hackathon, versions=versions, being_changed=is_being_changed(hackathon),
        frozen=bool(versions) or is_frozen(hackathon), jurors=shown_jurors(hackathon), **_told(text),
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/bewertung/ordnung.json")
@public
def rules_file(slug: str) -> ResponseReturnValue:
    """The bytes whose hash the page shows."""
    hackathon = get_hackathon(slug)
    return _file(hackathon, rules_text_in_force(hackathon))


@blueprint.get("/hackathon/<slug>/bewertung/fassung/<int:number>")
@public
def version(slug: str, number: int) -> ResponseReturnValue:
    """A version that was frozen, and what was different in it from the one before."""
    hackathon = get_hackathon(slug)
    found = get_version(hackathon, number)
    newest = versions_of(hackathon)[0].number
    return render_template(
        "jury/version.html", hackathon=hackathon, version=found, newest=newest,
        changes=changes_of_version(hackathon, number), **_told(found.content),
    )  # fmt: skip


@blueprint.get("/hackathon/<slug>/bewertung/fassung/<int:number>.json")
@public
def version_file(slug: str, number: int) -> ResponseReturnValue:
    hackathon = get_hackathon(slug)
    return _file(hackathon, get_version(hackathon, number).content)


def _told(text: str) -> dict[str, Any]:
    content = json.loads(text)
    shares = shares_of(content)
    return {
        "content": content, "sha256": hashlib.sha256(text.encode()).hexdigest(), "terms": terms_in_words(content),
        "shares": shares, "titles": {each["number"]: each["title"] for each in content["criteria"]},
        "example": _example(content) if shares else None,
    }  # fmt: skip


def _example(content: dict[str, Any]) -> Example:
    terms = content["rules"]
    return example(
        {each["number"]: Fraction(each["weight"]) for each in content["criteria"]},
        lowest=Fraction(terms["lowest"]), highest=Fraction(terms["highest"]), step=Fraction(terms["step"]),
        aggregate=terms["aggregate"], ties=TIES_OF[terms["ties"]], leaves_out=terms["missing"] == "left_out",
    )  # fmt: skip


def _file(hackathon: Hackathon, text: str) -> Response:
    number = json.loads(text)["version"]
    name = f"attachment; filename=bewertungsordnung-{hackathon.slug}-{number}.json"
    return Response(text, mimetype="application/json", headers={"Content-Disposition": name})
