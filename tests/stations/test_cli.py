from sqlalchemy import func, select

from ideenlab.core.clock import now
from ideenlab.core.db import db
from ideenlab.core.jobs import JOBS
from ideenlab.stations.models import Kiosk
from tests.factories import DAY, a_station, saved


def test_the_worker_forgets_devices_whose_time_is_over(app):
    saved(Kiosk(station=a_station(), secret_hash="x", expires_at=now() - DAY))
    JOBS["stations.clean_up"].work()
    assert db.session.scalar(select(func.count()).select_from(Kiosk)) == 0
