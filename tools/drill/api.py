"""The API is asked everything that its description allows, and much that it does not: `make drill`.

Schemathesis makes the requests, a city with demo data answers them. No answer may be a 5xx, have a status or a type
that is not described, or look otherwise than described. `api.py 200` sends more of them.

Numbers and short names that are there stand in the description beside all others: made up alone, none would ever be
found, and nothing would ever be written.
"""

from __future__ import annotations

import copy
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from flask import Flask  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402

from ideenlab import create_app  # noqa: E402
from ideenlab.accounts.queries import demo_people  # noqa: E402
from ideenlab.config import load_settings  # noqa: E402
from ideenlab.core.db import transaction  # noqa: E402
from ideenlab.core.security import limiter  # noqa: E402
from ideenlab.opendata.actions import make_key  # noqa: E402
from ideenlab.opendata.rules import SCOPES  # noqa: E402

CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance",
)  # fmt: skip
COLLECTIONS = (  # what is asked, what a parameter or field calls it, and what it is called there
    ("editions", "edition", "slug"), ("topics", "topic", "slug"), ("calls", "call", "slug"),
    ("ideas", "idea_id", "id"), ("hackathons", "hackathon", "slug"), ("challenges", "challenge_id", "id"),
    ("prototypes", "prototype_id", "id"), ("results", "result_id", "id"), ("partners", "partner", "slug"),
    ("events", "event_id", "id"),
)  # fmt: skip
EXAMPLES = sys.argv[1] if len(sys.argv) > 1 else "40"  # requests to each door and phase


def a_city(folder: Path) -> Flask:
    given = {"INSTANCE_FOLDER": str(folder), "SECRET_KEY": "d" * 40, "IDEENLAB_DEMO": "1", "PAGE_CACHE": "0"}
    app = create_app(load_settings(given, env_file=None))
    limiter.enabled = False
    for words in (["db", "upgrade"], ["demo", "fill"]):
        done = app.test_cli_runner().invoke(args=words)
        if done.exit_code:
            raise SystemExit(done.output)
    return app


def a_key(app: Flask) -> str:
    with app.app_context(), transaction():
        person = next(person for person in demo_people() if not person.roles)
        _key, secret = make_key(person, name="drill", scopes=SCOPES, days=1)
        return secret


def names_that_are_there(app: Flask) -> dict[str, list[Any]]:
    """Of each collection, by the name that a parameter or a field has."""
    found: dict[str, list[Any]] = {}
    client = app.test_client()
    for collection, name, key in COLLECTIONS:
        rows = json.loads(client.get(f"/api/v1/{collection}?limit=100").data)["data"]
        found[name] = sorted({row[key] for row in rows if row.get("stage", "open") == "open"})[:20]
    return found


def with_names(description: dict[str, Any], known: dict[str, list[Any]]) -> dict[str, Any]:
    described = copy.deepcopy(description)
    for operations in described["paths"].values():
        for operation in operations.values():
            for parameter in operation["parameters"]:
                if known.get(parameter["name"]):
                    parameter["schema"] = _or_one_of(parameter["schema"], known[parameter["name"]])
            content = operation.get("requestBody", {}).get("content", {})
            fields = content.get("application/json", {}).get("schema", {}).get("properties", {})
            for name in fields:
                if known.get(name):
                    fields[name] = _or_one_of(fields[name], known[name])
    return described


def _or_one_of(schema: dict[str, Any], known: list[Any]) -> dict[str, Any]:
    return {"anyOf": [{"type": schema["type"], "enum": known}, schema]}


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        app = a_city(Path(folder))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        described = with_names(
            json.loads(app.test_client().get("/api/v1/openapi.json").data), names_that_are_there(app)
        )
        file = Path(folder) / "described.json"
        file.write_text(json.dumps(described))
        words = [
            str(Path(sys.executable).with_name("schemathesis")), "run", str(file),
            "--url", f"http://127.0.0.1:{server.server_port}", "--header", f"Authorization: Bearer {a_key(app)}",
            "--max-examples", EXAMPLES, "--checks", ",".join(CHECKS), "--generation-database", "none", "--no-color",
            "--phases", "examples,coverage,fuzzing", "--seed", "1", "--continue-on-failure",
        ]  # fmt: skip
        done = subprocess.run(words, cwd=folder, check=False)
        server.shutdown()
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
