"""View, endpoint, template and test share one name; rules and actions have tests."""

import ast
import re
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.nodes import Call, Filter, FromImport, Macro, Name

ROOT = Path(__file__).parents[2]
FEATURE_FILES = {
    "__init__", "models", "queries", "rules", "actions", "forms", "views", "manage", "api", "cli", "maths", "access",
}  # fmt: skip
FEATURES = sorted(
    folder for folder in (ROOT / "ideenlab").iterdir()
    if folder.is_dir() and folder.name not in ("core", "translations", "__pycache__")
)  # fmt: skip
DOORS = [
    file
    for feature in FEATURES
    for name in ("views", "manage")
    for file in [*feature.glob(f"{name}.py"), *feature.glob(f"{name}/*.py")]
]
BUSINESS = [
    (feature, name) for feature in FEATURES for name in ("rules", "actions", "cli", "maths")
    if (feature / f"{name}.py").exists() or (feature / name).is_dir()
]  # fmt: skip
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_a_feature_holds_only_files_everybody_knows():
    unknown = {}
    for feature in FEATURES:
        names = {file.stem for file in feature.glob("*.py")} | {
            folder.name for folder in feature.iterdir() if folder.is_dir() and any(folder.glob("*.py"))
        }
        unknown[feature.name] = names - FEATURE_FILES
    assert {name: files for name, files in unknown.items() if files} == {}
    assert len(unknown) > 15


def rendered(function):
    """The templates that a view renders, written out in its body."""
    for node in ast.walk(function):
        named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "render_template"
        if named and isinstance(node.args[0], ast.Constant):
            yield node.args[0].value


def is_view(function):
    return any(
        isinstance(mark, ast.Call) and ast.unparse(mark.func).startswith("blueprint.")
        for mark in function.decorator_list
    )


def test_a_view_renders_the_template_of_its_name_or_a_part():
    others = []
    for file in DOORS:
        feature = file.relative_to(ROOT / "ideenlab").parts[0]
        folder = f"{feature}/manage" if "manage" in (file.stem, file.parent.name) else feature
        for function in ast.walk(ast.parse(file.read_text())):
            if isinstance(function, ast.FunctionDef) and is_view(function):
                own = f"{folder}/{function.name}.html"
                others += [
                    f"{feature}: {function.name} renders {template}"
                    for template in rendered(function)
                    if not template.rpartition("/")[2].startswith("_") and template != own
                ]
    assert others == []
    assert len(DOORS) > 30


def test_business_code_has_its_test_file():
    tests = ROOT / "tests"
    missing = [
        f"tests/{feature.name}/test_{name}.py"
        for feature, name in BUSINESS
        if not list((tests / feature.name).glob(f"test_{name}*.py"))
    ]
    assert missing == []
    assert len(BUSINESS) > 30


def test_no_template_is_left_over():
    """Code or another template names each of them."""
    sources = [*(ROOT / "ideenlab").rglob("*.py"), *(ROOT / "templates").rglob("*.*")]
    named = "\n".join(file.read_text() for file in sources)
    left_over = [
        str(file.relative_to(ROOT / "templates"))
        for file in TEMPLATES
        if file.parent.name not in ("errors", "layouts") and f'"{file.relative_to(ROOT / "templates")}"' not in named
    ]
    assert left_over == []


COMPONENTS = {
    macro.name
    for file in (ROOT / "templates/components").glob("*.html")
    for macro in Environment(extensions=["jinja2.ext.i18n"]).parse(file.read_text()).find_all(Macro)
}


def test_a_template_imports_every_component_it_uses_and_no_other():
    environment = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)
    missing, unused = {}, {}
    for file in TEMPLATES:
        tree = environment.parse(file.read_text())
        called = {node.node.name for node in tree.find_all(Call) if isinstance(node.node, Name)}
        imported = {
            name[1] if isinstance(name, tuple) else name for node in tree.find_all(FromImport) for name in node.names
        }
        macros = list(tree.find_all(Macro))
        own = {macro.name for macro in macros} | {argument.name for macro in macros for argument in macro.args}
        unused[str(file)], missing[str(file)] = imported - called, (called & COMPONENTS) - own - imported
    assert {file: names for file, names in missing.items() if names} == {}
    assert {file: names for file, names in unused.items() if names} == {}
    assert len(missing) == len(TEMPLATES) > 200


WRITTEN_ONCE = sorted(
    {
        (name, macro)
        for file in [*TEMPLATES, *(ROOT / "ideenlab").rglob("*.py")]
        for name, macro in re.findall(r'written\("([^"]+)", "([^"]+)"', file.read_text())
    }
)
DIFFERS = {"person", "request", "session", "g", "csrf_token", "config", "get_flashed_messages", "frame", "now"}


@pytest.mark.parametrize(("template", "macro"), WRITTEN_ONCE)
def test_what_is_written_out_once_knows_nothing_of_who_looks(template, macro):
    """It is shown to everybody, so it may depend on its arguments alone."""
    tree = Environment(extensions=["jinja2.ext.i18n"], autoescape=True).parse(
        (ROOT / "templates" / template).read_text()
    )
    assert macro in {found.name for found in tree.find_all(Macro)}
    assert not {name.name for name in tree.find_all(Name)} & DIFFERS
    assert "since" not in {found.name for found in tree.find_all(Filter)}
    imported = {found.template.value for found in tree.find_all(FromImport)}
    assert all(name.startswith("components/") for name in imported)
