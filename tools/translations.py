"""Collect every sentence of code and templates into the German catalogue and compile it.

`--check` writes nothing and fails when a sentence is new, gone, empty or doubtful.
"""

import io
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
METHODS = [("ideenlab/**.py", "python"), ("templates/**.html", "jinja2"), ("templates/**.txt", "jinja2")]
KEYWORDS = {"_": None, "gettext": None, "lazy_gettext": None, "_l": None, "ngettext": (1, 2)}
CATALOGUES = {
    "de": "nplurals=2; plural=(n != 1);",
    "en": "nplurals=2; plural=(n != 1);",
}


def collected() -> Catalog:
    catalogue = Catalog(project="Ideenlab", charset="utf-8")
    options = {"templates/**.html": {"encoding": "utf-8"}, "templates/**.txt": {"encoding": "utf-8"}}
    for folder in ("ideenlab", "templates"):
        base = str(ROOT / folder)
        methods = [(pattern.removeprefix(f"{folder}/"), kind) for pattern, kind in METHODS if folder in pattern]
        found = extract_from_dir(base, methods, options, keywords=KEYWORDS)
        for _file, _line, message, _comments, context in found:
            catalogue.add(message, context=context)
    return catalogue


def path(language: str) -> Path:
    return ROOT / "ideenlab" / "translations" / language / "LC_MESSAGES" / "messages.po"


def updated(language: str) -> Catalog:
    """The stored catalogue with the sentences of today; English says what the code says."""
    file, template = path(language), collected()
    stored = Catalog(locale=language)
    if file.exists():
        with file.open("rb") as source:
            stored = read_po(source, locale=language)
    fresh = Catalog(locale=language, project="Ideenlab", fuzzy=False)
    for message in template:
        if not message.id:
            continue
        known = stored.get(message.id, message.context)
        string = known.string if known and not known.fuzzy else ("" if isinstance(message.id, str) else ("", ""))
        if language == "en":
            string = message.id
        fresh.add(message.id, string, flags=message.flags, context=message.context)
    return fresh


def written(catalogue: Catalog) -> bytes:
    out = io.BytesIO()
    write_po(out, catalogue, width=100, no_location=True, sort_output=True, ignore_obsolete=True, omit_header=False)
    dated = (b'"POT-Creation', b'"PO-Revision', b'"Generated')  # would differ on every run
    lines = [line for line in out.getvalue().splitlines() if not line.startswith(dated)]
    return b"\n".join(lines) + b"\n"


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(m.id) for m in catalogue if m.id and (not m.string or not all(m.string))]


def compile_catalogues() -> None:
    for language in CATALOGUES:
        with path(language).open("rb") as source, path(language).with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source, locale=language))


def main() -> int:
    faults = []
    for language in CATALOGUES:
        catalogue = updated(language)
        text = written(catalogue)
        if "--check" in sys.argv:
            if not path(language).exists() or path(language).read_bytes() != text:
                faults.append(f"{language}: sentences are new or gone; run `make translations`")
        else:
            path(language).parent.mkdir(parents=True, exist_ok=True)
            path(language).write_bytes(text)
        faults += [f"{language}: not translated: {message}" for message in untranslated(catalogue)]
    compile_catalogues()
    print("\n".join(faults) or "translations are complete")
    return 1 if faults else 0


if __name__ == "__main__":
    if "--compile" in sys.argv:
        compile_catalogues()
    else:
        sys.exit(main())
