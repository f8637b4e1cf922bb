"""What grows too large is two things in one file."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LIMITS = {".py": 300, ".html": 150, ".txt": 150, ".css": 300, ".js": 300}
FILES = [
    file
    for folder in ("ideenlab", "templates", "static/css", "static/js", "tools", "bench")
    for file in (ROOT / folder).rglob("*.*")
    if file.suffix in LIMITS and "vendor" not in file.parts
]
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FUNCTION = 40


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_files_stay_small(file):
    assert len(file.read_text().splitlines()) <= LIMITS[file.suffix]


@pytest.mark.parametrize("file", TESTS, ids=lambda file: str(file.relative_to(ROOT)))
def test_test_files_stay_readable(file):
    assert len(file.read_text().splitlines()) <= 500


@pytest.mark.parametrize(
    "file", sorted((ROOT / "ideenlab").rglob("*.py")), ids=lambda file: str(file.relative_to(ROOT))
)
def test_functions_stay_small(file):
    long = {
        node.name: node.end_lineno - node.lineno + 1
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}
