from ideenlab.administration.queries.house import (
    JobState,
    files_missing,
    get_sign_in,
    job_states,
    last_beat,
    staff_sign_ins,
    suspended_people,
    waiting_work,
)
from ideenlab.administration.queries.log import (
    LogFilter,
    deeds,
    entries,
    exported_entries,
    find_actor,
    names_of,
    things,
)
from ideenlab.administration.queries.outbox import (
    KINDS,
    latest_test_mail,
    mail_counts,
    mails,
    oldest_waiting,
    waiting_test_mail,
)

__all__ = [
    "KINDS", "JobState", "LogFilter", "deeds", "entries", "exported_entries", "files_missing", "find_actor",
    "get_sign_in", "job_states", "last_beat", "latest_test_mail", "mail_counts", "mails", "names_of", "oldest_waiting",
    "staff_sign_ins", "suspended_people", "things", "waiting_test_mail", "waiting_work",
]  # fmt: skip
