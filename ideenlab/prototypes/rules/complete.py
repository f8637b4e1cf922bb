"""What a prototype needs before it can be handed in."""

from collections.abc import Callable

from ideenlab.core.i18n import gettext as _
from ideenlab.hackathons.models import Hackathon
from ideenlab.prototypes.models import Prototype
from ideenlab.prototypes.queries import files_of, screenshots_of, written_fields

FIELDS = (
    "title", "pitch", "description", "challenges", "licence", "prior_work", "ai_use", "code_url", "demo_url",
    "video_url", "screenshots", "files",
)  # fmt: skip
WORDS = {
    "challenge": "challenges",
    "screenshot": "screenshots",
    "file": "files",
}  # what organisers ask for is one of each
LICENCES = (
    "MIT", "Apache-2.0", "BSD-3-Clause", "EUPL-1.2", "GPL-3.0-or-later", "AGPL-3.0-or-later", "MPL-2.0", "CC-BY-4.0",
    "CC-BY-SA-4.0", "CC0-1.0",
)  # fmt: skip


def label_of(name: str) -> str:
    """A field of a prototype as people read it."""
    labels: dict[str, Callable[[], str]] = {
        "title": lambda: _("Title"), "pitch": lambda: _("In one sentence"), "description": lambda: _("Description"),
        "challenges": lambda: _("Challenges"), "licence": lambda: _("Licence"),
        "prior_work": lambda: _("What was there before"), "ai_use": lambda: _("What artificial intelligence did"),
        "code_url": lambda: _("Link to the code"), "demo_url": lambda: _("Link to try it"),
        "video_url": lambda: _("Link to a video"), "screenshots": lambda: _("Screenshots"),
        "files": lambda: _("At least one whole file"),
    }  # fmt: skip
    return labels[name]()


def required_of(hackathon: Hackathon) -> list[str]:
    """The fields that organisers want filled in, in the order of the page; nothing goes without a title."""
    wanted = {WORDS.get(word, word) for word in hackathon.required_fields.split()}
    return [name for name in FIELDS if name == "title" or name in wanted]


def missing_from(prototype: Prototype) -> list[str]:
    """The required fields that are still empty, in the order of the page. A file counts once it has arrived whole."""
    written = written_fields(prototype)
    required = required_of(prototype.hackathon)
    if "screenshots" in required:
        written["screenshots"] = "yes" if screenshots_of(prototype) else ""
    if "files" in required:
        written["files"] = "yes" if any(each.file.state == "whole" for each in files_of(prototype)) else ""
    return [name for name in required if not written.get(name)]
