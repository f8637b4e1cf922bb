"""What stands in for the names in a mail while somebody writes its text, and what a text must not leave out."""

import re
from datetime import timedelta

from ideenlab.core.clock import now
from ideenlab.core.i18n import day, moment
from ideenlab.core.i18n import gettext as _
from ideenlab.core.security import city

SECRET = re.compile(r"\{(?:link|code)\d*\}")
AROUND = ".,;:!?()<>*_\"'„“”‚‘’«»–-"


def mail_rooms() -> dict[str, str]:
    """The parts of the house that send mails, by the first part of a mail's name."""
    return {
        "accounts": _("Accounts"), "ideas": _("Ideas"), "comments": _("Comments"), "answers": _("Answers"),
        "merges": _("Joined ideas"), "moderation": _("Moderation"), "hackathons": _("Hackathons"),
        "teams": _("Teams"), "mentors": _("Mentors"), "prototypes": _("Prototypes"), "jury": _("Jury"),
        "events": _("Events"), "partners": _("Partners"), "barriers": _("Barriers"),
        "administration": _("Administration"), "archives": _("After the hackathon"),
        "assignments": _("Assignment to teams"), "deliberations": _("Deliberation of the jury"),
        "feedback": _("Feedback for teams"), "notifications": _("Messages"), "privacy": _("Data protection"),
        "trails": _("What became of ideas"),
    }  # fmt: skip


def must_hold(names: list[str]) -> list[str]:
    """A code and the first link: without them nobody can do what the mail is about."""
    return [name for name in ("code", "link") if name in names]


def glued(text: str) -> list[str]:
    """Codes and links that stand inside another word: in an address they would go where that leads."""
    words = (word.strip(AROUND) for word in text.split())
    return [word for word in words if SECRET.search(word) and not SECRET.fullmatch(word)]


def example_of(name: str) -> str:
    """What a name could stand for. `title2` looks like `title`."""
    plain = name.rstrip("0123456789")
    then, settings = now() + timedelta(days=3), city()
    known = {
        "stadt": settings.city_name, "adresse": settings.base_url, "link": f"{settings.base_url}/…", "code": "48151623",
        "name": _("Blue tit"), "pseudonym": _("Robin"), "title": _("More benches in the park"), "num": "3",
        "moment": moment(then), "begin": moment(then), "end": moment(then + timedelta(hours=8)), "day": day(then),
        "text": _("A short text that somebody has written."), "reason": _("Because it is there already."),
        "team": _("Team North"), "place": _("Town hall"),
    }  # fmt: skip
    return known.get(plain, f"‹{name}›")
