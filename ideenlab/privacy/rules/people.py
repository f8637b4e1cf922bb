"""What is stored of everybody with an account, and by the moderation."""

from ideenlab.core.i18n import lazy_gettext as _l
from ideenlab.privacy.rules.parts import (
    ACCOUNT,
    ADMINISTRATION,
    CONSENT,
    EVERYBODY,
    NOBODY,
    SECURITY,
    STAFF_ONLY,
    TASK,
    Purpose,
    of,
)

ABOUT_ACCOUNTS = (
    Purpose(
        _l("Pseudonym"), _l("Shown beside ideas, comments and in teams"), CONSENT, EVERYBODY, ACCOUNT,
        of("people: pseudonym pseudonym_folded"),
    ),
    Purpose(
        _l("E-mail address and language"), _l("Signing in and mails"), CONSENT, ADMINISTRATION,
        _l("as long as the account; unconfirmed accounts 7 days"), of("people: email language"),
    ),
    Purpose(
        _l("Age band, and the address of a parent or guardian under 16"), _l("Protection of minors"), CONSENT,
        ADMINISTRATION, _l("as long as the account; 30 days when nobody agrees"),
        of("people: age_band guardian_email"),
    ),
    Purpose(
        _l("Password and second factor, only as check values or locked away"), _l("Signing in"), SECURITY, NOBODY,
        ACCOUNT, of("people: password_hash totp_secret", "recovery_codes: person_id code_hash"),
    ),
    Purpose(
        _l("Where you are signed in: device and time"), _l("Signing in and signing out everywhere"), SECURITY,
        _l("you alone; organisers see when a juror was last here, while the jury scores"),
        _l("until you sign out, at most 30 days"), of("sign_ins: person_id secret_hash device"),
    ),
    Purpose(
        _l("Links and codes that we mailed"), _l("Proving that an address is yours"), SECURITY, NOBODY,
        _l("one day after they have run out"), of("tokens: person_id address secret_hash browser_hash"),
    ),
    Purpose(
        _l("Network address of failed sign-ins"), _l("Slowing those who guess passwords"), SECURITY, NOBODY,
        _l("one day"), of("failed_tries: account_key network wider_network"),
    ),
    Purpose(
        _l("Roles such as jury or moderation"), _l("Who may do what"), TASK, _l("the administration"),
        _l("until the role is taken back"), of("roles: person_id"),
    ),
    Purpose(
        _l("Log of who did what, by number"), _l("So that decisions can be followed"), TASK, STAFF_ONLY,
        _l("as long as this service is run"),
        of("history: actor_id note"),
    ),
)  # fmt: skip


ABOUT_MESSAGES = (
    Purpose(
        _l("What you follow, and how often you want mails"), _l("Telling you what is new"), CONSENT, NOBODY,
        _l("until you change it, at most as long as the account"),
        of("follows: person_id", "mail_preferences: person_id"),
    ),
    Purpose(
        _l("Your messages on these pages"), _l("Telling you what is new"), CONSENT, _l("you alone"), _l("90 days"),
        of("notices: person_id text detail path thing_title"),
    ),
    Purpose(
        _l("Mails to you, with the link that ends them"), _l("Sending, also after a failure"), CONSENT, NOBODY,
        _l("one day after they were sent"), of("mails: recipient subject text qr_text unsubscribe_url last_error"),
    ),
)  # fmt: skip


ABOUT_MODERATION = (
    Purpose(
        _l("Reports: what is said, and the address if you want to hear the outcome"), _l("Checking contributions"),
        TASK, _l("the moderation"), _l("the address 30 days after the outcome, the report as long as the case"),
        of("reports: text email language", "moderation_cases: assigned_to_id"),
    ),
    Purpose(
        _l("Decisions of the moderation with their reasons, and appeals"), _l("Reasons and a second look"), TASK,
        _l("the one concerned and the moderation"), _l("as long as this service is run"),
        of(
            "measures: person_id by_id reason", "appeals: text reason decided_by_id",
            "ideas: hidden_reason", "comments: hidden_reason", "threads: locked_reason",
        ),
    ),
    Purpose(
        _l("Until when and why somebody may not write"), _l("Protecting others"), TASK,
        _l("the one concerned and the moderation"), ACCOUNT, of("people: suspended_reason"),
    ),
)  # fmt: skip
