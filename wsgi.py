"""What the server starts: `gunicorn wsgi:app`. It refuses settings that cannot work, in one line for each fault."""

import os
import sys

from ideenlab import check_people, create_app
from ideenlab.config import ConfigError

WORKER_CANNOT_START = 3  # what gunicorn takes as a reason to stop instead of trying again for ever

try:
    app = create_app()
    if os.environ.get("FLASK_RUN_FROM_CLI") != "true":  # `flask db upgrade` and `flask accounts` work in any case
        check_people(app)
except ConfigError as error:
    sys.stderr.write(f"These settings cannot work:\n{error}\n")
    sys.exit(WORKER_CANNOT_START)
