"""Write migrations/versions/0001_first_tables.py anew from the models. Only until the first release."""

import importlib
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from flask_migrate import revision  # noqa: E402

from ideenlab import create_app  # noqa: E402
from ideenlab.config import load_settings  # noqa: E402

for models in sorted([*(ROOT / "ideenlab").glob("*/models.py"), *(ROOT / "ideenlab").glob("*/models")]):
    importlib.import_module(f"ideenlab.{models.parent.name}.models")

with tempfile.TemporaryDirectory() as folder:
    for old in (ROOT / "migrations" / "versions").glob("*.py"):
        old.unlink()
    app = create_app(load_settings({"INSTANCE_FOLDER": folder, "IDEENLAB_DEMO": "1"}, env_file=None))
    with app.app_context():
        revision(message="first tables", autogenerate=True, rev_id="0001")
