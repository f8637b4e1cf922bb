"""How long accounts wait and tries are counted; `privacy` lets them go."""

from datetime import timedelta

UNCONFIRMED_DAYS = 7
WAITING_DAYS = 30  # for a guardian
KEPT_TRIES = timedelta(days=1)
