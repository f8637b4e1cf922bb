"""One row of the table, and the words that many rows share."""

from dataclasses import dataclass

from ideenlab.core.i18n import LazyString, ngettext
from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.core.security import city

TASK = _l("Public task, Art. 6 (1) e GDPR")
CONSENT = _l("Consent, Art. 6 (1) a GDPR")
SENSITIVE = _l("Consent, Art. 6 (1) a and Art. 9 (2) a GDPR")
SECURITY = _l("Security of the service, Art. 6 (1) e and Art. 32 GDPR")

EVERYBODY, NOBODY = _l("everybody"), _l("nobody")
ORGANISERS = _l("the organisers")
STAFF_ONLY, ADMINISTRATION = _l("the people who work here"), _l("nobody but the administration")
ACCOUNT, ROLE = _l("as long as the account"), _l("as long as the thing they worked on")
IDEA, EDITION = _l("as long as the idea"), _l("until the city deletes the data of the hackathon")


def _days_after() -> str:
    days = city().days_for_hackathon_data
    return ngettext("until %(num)s day after the hackathon", "until %(num)s days after the hackathon", days)


DAYS_AFTER = LazyString(_days_after)


@dataclass(frozen=True)
class Purpose:
    what: object
    why: object
    basis: object
    seen_by: object
    kept: object
    columns: tuple[str, ...]


def of(*tables: str) -> tuple[str, ...]:
    """`people: email state` as `people.email`, `people.state`."""
    parted = [written.partition(": ") for written in tables]
    return tuple(f"{table}.{column}" for table, _sign, columns in parted for column in columns.split())
