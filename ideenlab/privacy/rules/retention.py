"""How long what is kept. One table: what would go is counted, and goes, by the same condition.

`said` are the words of the privacy notice that promise it; a test compares them with the row of the notice.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from ideenlab.accounts.actions.cleaning import KEPT_TRIES, UNCONFIRMED_DAYS, WAITING_DAYS
from ideenlab.accounts.models import ApiToken, FailedTry, Person, SignIn, Token
from ideenlab.barriers.models import Barrier
from ideenlab.core.db import Model
from ideenlab.core.security import city
from ideenlab.events.actions.leaving import PRIVATE as NOBODYS_PLACE
from ideenlab.events.models import Event, SignUp
from ideenlab.ideas.models import Claim
from ideenlab.mail.actions import KEPT as KEPT_MAILS
from ideenlab.mail.models import Mail
from ideenlab.moderation.actions.reporting import KEPT_AFTER
from ideenlab.moderation.models import Report
from ideenlab.moderation.queries import old_reports
from ideenlab.notifications.actions.digests import KEPT as KEPT_NOTICES
from ideenlab.notifications.models import Notice
from ideenlab.privacy.models import Objection

DAY, YEARS = timedelta(days=1), timedelta(days=3 * 365)
ADDRESS_KEPT, SIGN_UPS_KEPT = timedelta(days=30), timedelta(days=30)


@dataclass(frozen=True)
class Term:
    """Rows of a model for which `over` holds are deleted, or get these values."""

    name: str
    said: str
    columns: tuple[str, ...]
    model: type[Model]
    over: Callable[[datetime], ColumnElement[bool]]
    values: dict[str, Any] = field(default_factory=dict)


def _old_sign_ups(at: datetime) -> ColumnElement[bool]:
    over = select(Event.id).where(Event.ends_at < at - SIGN_UPS_KEPT)
    known = or_(SignUp.name != "", SignUp.email.is_not(None), SignUp.person_id.is_not(None), SignUp.phone != "")
    return and_(SignUp.event_id.in_(over), known)


def _old_mails(at: datetime) -> ColumnElement[bool]:
    """A demo city without a mail server keeps them: its mailbox is a page."""
    if city().demo and not city().smtp_host:
        return false()
    return or_(Mail.sent_at < at - KEPT_MAILS, Mail.given_up_at < at - KEPT_MAILS)


TERMS = (
    Term(
        "unconfirmed accounts", "7 days", ("people.email",), Person,
        lambda at: and_(Person.state == "unconfirmed", Person.created_at < at - timedelta(UNCONFIRMED_DAYS)),
    ),
    Term(
        "accounts without a guardian", "30 days", ("people.guardian_email",), Person,
        lambda at: and_(Person.state == "waiting_for_guardian", Person.created_at < at - timedelta(WAITING_DAYS)),
    ),
    Term("links and codes", "one day", ("tokens.address",), Token, lambda at: Token.expires_at < at - DAY),
    Term("sign-ins", "30 days", ("sign_ins.device",), SignIn, lambda at: SignIn.expires_at < at),
    Term("failed tries", "one day", ("failed_tries.network",), FailedTry, lambda at: FailedTry.at < at - KEPT_TRIES),
    Term(
        "keys of programs", "one year", ("api_tokens.name",), ApiToken,
        lambda at: or_(ApiToken.expires_at < at, ApiToken.revoked_at < at),
    ),
    Term(
        "messages", "90 days", ("notices.text",), Notice,
        lambda at: and_(Notice.created_at < at - KEPT_NOTICES, Notice.mail_at.is_(None)),
    ),
    Term(
        "mails", "one day", ("mails.recipient",), Mail, lambda at: and_(_old_mails(at), Mail.once_key.is_(None)),
    ),
    Term(
        "mails that are sent once", "one day", ("mails.recipient",), Mail,
        lambda at: and_(_old_mails(at), Mail.once_key.is_not(None), Mail.text != ""),
        {"recipient": "", "subject": "", "text": "", "last_error": "", "unsubscribe_url": "", "qr_text": ""},
    ),
    Term(
        "addresses of reports", "30 days", ("reports.email",), Report,
        lambda at: Report.id.in_(old_reports(at - KEPT_AFTER)), {"email": None},
    ),
    Term("addresses of ideas", "7 days", ("idea_claims.address",), Claim, lambda at: Claim.expires_at < at),
    Term("sign-ups", "30 days", ("sign_ups.email",), SignUp, _old_sign_ups, NOBODYS_PLACE),
    Term(
        "addresses of barriers", "30 days", ("barriers.email",), Barrier,
        lambda at: and_(Barrier.answered_at < at - ADDRESS_KEPT, Barrier.email.is_not(None)), {"email": None},
    ),
    Term("barriers", "3 years", ("barriers.text",), Barrier, lambda at: Barrier.answered_at < at - YEARS),
    Term("objections", "3 years", ("objections.text",), Objection, lambda at: Objection.answered_at < at - YEARS),
)  # fmt: skip
