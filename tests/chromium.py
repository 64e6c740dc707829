"""The browser of the browser tests: one that is there, or else one installed for them.

`python -m tests.chromium`, run by `make test`, installs one where none is found.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CURE = "The browser tests need Chromium: apt-get install chromium, or name one in P2_CHROMIUM."


def find() -> str | None:
    """The path of a Chromium that starts on this machine."""
    known = [os.environ.get("P2_CHROMIUM"), *map(shutil.which, NAMES)]
    return next((path for path in known if path and _starts(path)), None) or _of_playwright()


def install() -> str | None:
    """Install Chromium from Debian's packages, or else from Playwright, which has 60 seconds."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = ("-qq", "-o", "Dpkg::Use-Pty=0")
        _try(("apt-get", "update", *quiet), seconds=120)
        _try(("apt-get", "install", "-y", "--no-install-recommends", *quiet, "chromium"), seconds=600)
    if find() is None:
        _try((sys.executable, "-m", "playwright", "install", "chromium"), seconds=60)
    return find()


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _starts(path) else None


def _starts(path: str) -> bool:
    return _try((path, "--no-sandbox", "--headless", "--version"), seconds=30)


def _try(command: tuple[str, ...], *, seconds: float) -> bool:
    """Run a command; false when it fails, is missing or takes longer."""
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        return not subprocess.run(
            command, env=surroundings, capture_output=True, timeout=seconds, check=False
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__" and find() is None:
    sys.stdout.write("Installing Chromium for the browser tests …\n")
    sys.stdout.flush()
    if install() is None:
        sys.stdout.write(f"{CURE}\n")
