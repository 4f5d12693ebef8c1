"""The PDF: the HTML page printed by Chromium, where it is found. Its text and pages are the same each time, its bytes are not."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from analysis.model.errors import RefusedError
from data.workspace import workspace

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")

LONGEST = 120.0
"""Seconds after which a browser that prints is ended: some two hundred pages take ten."""

ABSENT = "No PDF: no Chromium is found on this machine. The HTML page prints on A4 from any browser."


def browser() -> str | None:
    """Return the browser that prints, None where none is found."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def write(page: Path, path: Path) -> None:
    """Print a page to a PDF. RefusedError, in a sentence, where no browser is found or it does not print."""
    program = browser()
    if program is None:
        raise RefusedError(ABSENT)
    try:
        with workspace("town-centres-pdf-") as profile:
            code = _run(_command(program, page, path, profile))
    except subprocess.TimeoutExpired as problem:
        raise RefusedError(
            f"No PDF: Chromium did not print the page within {LONGEST:.0f} seconds. Print the HTML page from a browser."
        ) from problem
    except OSError as problem:
        raise RefusedError(
            f"No PDF: Chromium cannot be started with a temporary folder ({problem.strerror or problem}). "
            "Print the HTML page from a browser."
        ) from problem
    if code or not path.exists():
        raise RefusedError("No PDF: Chromium ended without one. Print the HTML page from a browser.")


def _command(program: str, page: Path, path: Path, profile: Path) -> list[str]:
    return [
        program,
        "--headless",
        # a browser refuses to run as root in its sandbox; the page is our own, and lets nothing be run or fetched
        *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--no-pdf-header-footer",
        f"--user-data-dir={profile}",
        f"--print-to-pdf={path.resolve()}",
        page.resolve().as_uri(),
    ]


def _run(command: list[str]) -> int:
    quiet = subprocess.DEVNULL
    # a session of its own: its helpers end with it, also when it is ended for its time
    with subprocess.Popen(
        command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            return process.wait(LONGEST)
        finally:  # also where whoever waits is ended
            if process.poll() is None:
                _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
