"""Make this checkout runnable: .venv, packages, assets, translations. Does nothing where nothing changed.

`--dev` adds what building and testing needs, `--browser` also the Chromium that the journeys drive.
Runs on a bare Python 3.11+, so it imports nothing but the standard library.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# the shell draws the same pages without windows around them: a seventh of the processor time for each new context
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def say(text: str) -> None:
    print(f"· {text}", flush=True)


def run(*command: str | Path, quiet: bool = False) -> None:
    """Run a step; where it fails, show what it said and stop."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=quiet, text=True)
    if done.returncode:
        sys.exit((done.stdout or "") + (done.stderr or "") + f"\nThis step failed: {' '.join(map(str, command))}")


def make_venv() -> None:
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    say("making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        sys.exit(
            "Python cannot make a virtual environment here.\n"
            f"On Debian or Ubuntu install it with: sudo apt-get install python{version}-venv\n{done.stderr.strip()}"
        )


def install(*files: str) -> None:
    """Install what the locks name, once for each state of the locks."""
    digest = hashlib.sha256(b"".join((ROOT / file).read_bytes() for file in files)).hexdigest()
    stamp = VENV / f"installed-{len(files)}"
    if stamp.exists() and stamp.read_text() == digest:
        return
    say(f"installing {' and '.join(files)}")
    for file in files:
        run(
            PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", file,
            quiet=True,
        )  # fmt: skip
    stamp.write_text(digest)


def find_browser() -> str | None:
    given = os.environ.get("CHROMIUM")
    return given or next((found for name in BROWSERS if (found := shutil.which(name))), None)


def get_browser() -> None:
    if find_browser():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("installing Chromium for the journeys")
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        run("apt-get", "update", "-qq", quiet=True)
        install = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
        known = subprocess.run(("apt-cache", "show", BROWSERS[0]), capture_output=True, check=False).returncode == 0
        run(*install, BROWSERS[0] if known else "chromium", quiet=True)
        return
    sys.exit(
        "The browser journeys need Chromium. Install it with: sudo apt-get install chromium-headless-shell\n"
        "(where that is unknown: sudo apt-get install chromium)\n"
        "or name one: CHROMIUM=/path/to/chromium make test"
    )


def main() -> None:
    started = time.monotonic()
    if "--browser" in sys.argv:
        get_browser()
        return
    make_venv()
    install("requirements.txt")
    if "--dev" in sys.argv:
        install("requirements.txt", "requirements-dev.txt")
    run(PYTHON, "tools/assets.py")
    run(PYTHON, "tools/translations.py", "--compile")
    if time.monotonic() - started > 5:
        say(f"ready after {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
