"""What grows too large is two things in one file."""

import ast
from pathlib import Path

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


def longer(files, limit):
    lengths = {str(file.relative_to(ROOT)): (len(file.read_text().splitlines()), limit(file)) for file in files}
    assert len(lengths) > 200
    return {name: length for name, (length, most) in lengths.items() if length > most}


def test_files_stay_small():
    assert longer(FILES, lambda file: LIMITS[file.suffix]) == {}


def test_test_files_stay_readable():
    assert longer(TESTS, lambda _file: 500) == {}


def test_functions_stay_small():
    long, seen = {}, 0
    for file in sorted((ROOT / "ideenlab").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef):
                length = node.end_lineno - node.lineno + 1
                seen += 1
                if length > LONGEST_FUNCTION:
                    long[f"{file.relative_to(ROOT)}: {node.name}"] = length
    assert long == {}
    assert seen > 1000
