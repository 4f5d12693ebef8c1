"""The command ``update``, handed to the program that may know verdicts: they are the topics', which this room is not."""

from __future__ import annotations

import argparse
import subprocess
import sys

PROGRAM = "pages.update"


def add_update_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    """Add ``update`` to a command line."""
    update = commands.add_parser(
        "update",
        parents=[shared],
        help="fetch what is new or revised of the forces held, and say what that changed in figures already shown",
    )
    update.add_argument(
        "--list", action="store_true", help="print what earlier updates changed; fetch nothing"
    )


def run_update(options: argparse.Namespace) -> int:
    """Run ``python -m pages.update`` with the same words, on the same terminal, and return its exit code."""
    words = [sys.executable, "-m", PROGRAM]
    words += ["--store", options.store] if options.store else []
    words += [f"--{name}" for name in ("json", "list") if getattr(options, name)]
    with subprocess.Popen(words) as program:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:  # it has the same, and ends by itself when what it writes is whole
                continue
