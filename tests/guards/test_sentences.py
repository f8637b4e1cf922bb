"""No sentence a person reads stands outside gettext; German and English are complete."""

import ast
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")])
CODE = sorted((ROOT / "ideenlab").rglob("*.py"))
SPOKEN = {"no", "flash", "NotAllowed", "Invalid", "Conflict", "Gone", "refuse", "Required", "ValidationError"}
FIELDS = ("Field", "Line", "Text", "Email")
NAMES = {"Ideenlab", "KERN", "EUPL", "Deutsch", "English", "QR", "OK"}  # proper names need no translation
SPOKEN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "summary", "label"}
WORD = re.compile(r"[^\W\d_]{2,}")


class Spoken(HTMLParser):
    """Collects the text and the spoken attributes of a template whose Jinja parts are gone."""

    def __init__(self):
        super().__init__()
        self.found = []
        self.in_code = False  # what is typed into a machine is the same in every language

    def handle_data(self, data):
        if not self.in_code:
            self.found += WORD.findall(data)

    def handle_endtag(self, tag):
        self.in_code = self.in_code and tag != "code"

    def handle_starttag(self, tag, attributes):
        self.in_code = self.in_code or tag == "code"
        for name, value in attributes:
            if name in SPOKEN_ATTRIBUTES and value:
                self.found += WORD.findall(value)


def without_jinja(text):
    return re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)


def spoken_outside_gettext(file):
    text = without_jinja(file.read_text())
    if file.suffix == ".txt":
        return WORD.findall(text)
    parser = Spoken()
    parser.feed(text)
    return parser.found


def test_templates_speak_only_through_gettext():
    found = {file: [word for word in spoken_outside_gettext(file) if word not in NAMES] for file in TEMPLATES}
    assert {str(file): words for file, words in found.items() if words} == {}
    assert len(found) > 250


def literal(node):
    """A text written out, with a letter in it."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.Constant) and WORD.search(str(part.value)) for part in node.values)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(WORD.search(node.value))


def untranslated(tree):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        spoken = node.args[2:3] if name == "refuse" else node.args[:1]
        if (name in SPOKEN or name.endswith(FIELDS)) and any(literal(argument) for argument in spoken):
            yield f"line {node.lineno}: {ast.unparse(node)[:80]}"
        for keyword in node.keywords:
            if (
                keyword.arg in ("message", "description")
                and name.endswith((*FIELDS, *SPOKEN))
                and literal(keyword.value)
            ):
                yield f"line {node.lineno}: {ast.unparse(node)[:80]}"


def test_code_speaks_only_through_gettext():
    found = {file: list(untranslated(ast.parse(file.read_text()))) for file in CODE}
    assert {str(file): lines for file, lines in found.items() if lines} == {}
    assert len(found) > 250


def test_german_and_english_are_complete():
    done = subprocess.run(
        [sys.executable, "tools/translations.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "translations are complete"


def test_a_placeholder_means_the_same_in_both_languages():
    from babel.messages.pofile import read_po

    file = ROOT / "ideenlab/translations/de/LC_MESSAGES/messages.po"
    holes = re.compile(r"%\((\w+)\)s|%\((\w+)\)d")
    with file.open("rb") as catalogue:
        messages = list(read_po(catalogue, locale="de"))
    for message in messages:
        asked = message.id if isinstance(message.id, tuple) else (message.id,)
        given = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {name for text in asked for name in holes.findall(text)}
        assert {name for text in given for name in holes.findall(text)} <= wanted, message.id
