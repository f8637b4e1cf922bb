from ideenlab.administration.rules.house import (
    job_names,
    masked,
    may_administer,
    may_retry_mail,
    may_test_mail,
    without_secrets,
)
from ideenlab.administration.rules.words import in_words

__all__ = [
    "in_words",
    "job_names",
    "masked",
    "may_administer",
    "may_retry_mail",
    "may_test_mail",
    "without_secrets",
]
