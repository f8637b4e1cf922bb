from dataclasses import dataclass

from sqlalchemy.exc import IntegrityError

from ideenlab.accounts.models import Person
from ideenlab.challenges.models import Challenge
from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.errors import Conflict, Invalid
from ideenlab.core.i18n import gettext as _
from ideenlab.core.text import clean_line, clean_text, fold
from ideenlab.core.verdict import require
from ideenlab.hackathons.models import Hackathon
from ideenlab.history.actions import record
from ideenlab.teams.models import BoardNotice
from ideenlab.teams.queries import find_notice_of, find_team_of, notice_key
from ideenlab.teams.rules import may_close_notice, may_hide_notice, may_restore_notice, may_write_notice


@dataclass(frozen=True)
class NoticeText:
    text: str
    skills: str = ""
    challenge: Challenge | None = None

    def shown(self) -> list[tuple[str, str]]:
        title = self.challenge.title if self.challenge else _("none yet")
        return [(_("What you look for"), self.text), (_("Skills"), self.skills), (_("Challenge"), title)]


def write_notice(person: Person, *, hackathon: Hackathon, text: NoticeText, revision: int) -> BoardNotice:
    """Hang up a notice, or change the one that hangs there: for the team of this person, or for themselves.

    `revision` is 0 for a new one. Raises Conflict with both texts when somebody of the team was faster.
    """
    team = find_team_of(person, hackathon)
    require(may_write_notice(person, hackathon, team, now()))
    given = NoticeText(clean_text(text.text), clean_line(text.skills), text.challenge)
    if not given.text:
        raise Invalid(_("Please fill in this field."), field="text")
    notice = find_notice_of(person, hackathon, team)
    if (notice.revision if notice else 0) != revision:
        stored = NoticeText(notice.text, notice.skills, notice.challenge) if notice else None
        message = _("Somebody of your team wrote a notice while you were writing. Nothing of yours was saved yet.")
        raise Conflict(message, mine=given.shown(), stored=stored.shown() if stored else None)
    if notice is None:
        notice = BoardNotice(hackathon=hackathon, team=team, open_key=notice_key(hackathon, person, team), revision=0)
        db.session.add(notice)
    notice.person, notice.text, notice.challenge = person, given.text, given.challenge
    notice.skills, notice.skills_folded, notice.revision = given.skills, fold(given.skills), revision + 1
    try:
        db.session.flush()
    except IntegrityError as error:
        raise Conflict(_("In another window you have just written a notice."), mine=given.shown()) from error
    record(person, "teams.notice_written", notice)
    db.session.flush()
    return notice


def close_notice(person: Person, *, notice: BoardNotice) -> None:
    """Take it down."""
    require(may_close_notice(person, notice))
    notice.closed_at, notice.open_key = now(), None
    record(person, "teams.notice_closed", notice)
    db.session.flush()


def hide_notice(moderator: Person, *, notice: BoardNotice) -> None:
    """It hangs no longer; whoever wrote it can write another one."""
    require(may_hide_notice(moderator, notice))
    notice.hidden_at, notice.open_key = now(), None
    record(moderator, "teams.notice_hidden", notice)
    db.session.flush()


def restore_notice(moderator: Person, *, notice: BoardNotice) -> None:
    """It hangs again, unless there is another one by now: then it only counts as closed."""
    require(may_restore_notice(moderator, notice))
    notice.hidden_at = None
    if find_notice_of(notice.person, notice.hackathon, notice.team):
        notice.closed_at = notice.closed_at or now()
    elif notice.closed_at is None:
        notice.open_key = notice_key(notice.hackathon, notice.person, notice.team)
    record(moderator, "teams.notice_restored", notice)
    db.session.flush()
