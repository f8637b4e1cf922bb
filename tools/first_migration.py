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

# What every city begins with, so that its first idea has a status. Organisers change the list.
from ideenlab.answers.models import DEFAULT_STATUSES  # noqa: E402

[made] = (ROOT / "migrations" / "versions").glob("*.py")
rows = "\n".join(
    f"        {{'slug': '{slug}', 'title': '{title}', 'position': {position}, 'is_final': {is_final}}},"
    for position, (slug, title, is_final) in enumerate(DEFAULT_STATUSES)
)
columns = "sa.column('slug'), sa.column('title'), sa.column('position'), sa.column('is_final', sa.Boolean())"
insert = f"    op.bulk_insert(sa.table('statuses', {columns}), [\n{rows}\n    ])\n"
text = made.read_text(encoding="utf-8")
made.write_text(text.replace("\n\ndef downgrade", f"{insert}\n\ndef downgrade"), encoding="utf-8")
