"""For which Pythons and systems every pinned version has a wheel: asks the package index, and installs nothing.

    python -m tests.supply.wheels [3.12 3.13 …]

Prints a table of Pythons and systems with what lacks a wheel. README says what came out; a network is needed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"

WITHOUT_A_WHEEL = ("pyspark", "py4j")
"""PySpark is published as source alone, and is needed by the group `[spark]` only."""

ON_ONE_SYSTEM = {"uvloop": "Windows"}
"""What is not installed on a system, and needs no wheel there."""

PYTHONS = ("3.11.5", "3.12", "3.13", "3.14")
"""Earlier versions of 3.11 lack a few of the pinned ones."""

# the tags that pip takes on each, newest first; pip itself widens none of them where they are asked for by name
SYSTEMS = {
    "Linux x86-64": [*(f"manylinux_2_{n}_x86_64" for n in range(34, 4, -1)), "manylinux2014_x86_64"],
    "Linux ARM": [*(f"manylinux_2_{n}_aarch64" for n in range(34, 16, -1)), "manylinux2014_aarch64"],
    "macOS ARM": [f"macosx_{n}_0_arm64" for n in range(15, 10, -1)]
    + [f"macosx_{n}_0_universal2" for n in range(15, 10, -1)]
    + [f"macosx_10_{n}_universal2" for n in range(16, 5, -1)],
    "Windows": ["win_amd64"],
}


def pins(system: str) -> list[str]:
    """Return the pinned versions that are installed on a system."""
    lines = [line.strip() for line in CONSTRAINTS.read_text(encoding="utf-8").splitlines()]
    named = {line: re.split(r"[=<>]", line)[0].lower() for line in lines if line and not line.startswith("#")}
    return [
        line
        for line, name in named.items()
        if name not in WITHOUT_A_WHEEL and ON_ONE_SYSTEM.get(name) != system
    ]


def lacking(python: str, system: str) -> list[str]:
    """Return what has no wheel for this Python on this system."""
    wanted, missing = pins(system), []
    while wanted:
        with tempfile.TemporaryDirectory() as folder:
            asked = [sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--no-deps"]
            asked += ["--only-binary=:all:", "--quiet", "--disable-pip-version-check"]
            asked += ["--target", folder, "--python-version", python]
            asked += [word for tag in SYSTEMS[system] for word in ("--platform", tag)]
            answer = subprocess.run([*asked, *wanted], capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return missing
        named = re.search(r"No matching distribution found for (\S+)", answer.stderr)
        if named is None or named[1] not in wanted:
            raise SystemExit(answer.stderr)
        missing.append(named[1])
        wanted.remove(named[1])
    return missing


def main() -> int:
    """Print what lacks a wheel; 1 where anything does."""
    worst = 0
    for python in sys.argv[1:] or PYTHONS:
        for system in SYSTEMS:
            missing = lacking(python, system)
            worst |= bool(missing)
            print(f"{python:6} {system:14} {', '.join(missing) or 'all have a wheel'}", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
