"""docs/promises.md names only tests that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/promises.md").read_text())


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_a_test_that_is_named_exists(file, name):
    tree = ast.parse((ROOT / file).read_text())
    assert name in [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]


def test_every_promise_of_the_table_names_a_test():
    rows = [line for line in (ROOT / "docs/promises.md").read_text().splitlines() if line.startswith("| P")]
    assert len(rows) >= 16
    assert [row for row in rows if "::test_" not in row] == []
