"""The commands ``backup`` and ``restore``."""

from __future__ import annotations

import argparse
import json
import sys

from data.permitted import back_up, command_line, restore
from data.store import default_store_path


def add_backup_commands(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    """Add ``backup`` and ``restore`` to a command line."""
    for name, words, call in (
        ("backup", "write all that the store holds as one file (.zip)", back_up),
        ("restore", "put a back-up in the place of all that the store holds", restore),
    ):
        command = commands.add_parser(name, parents=[shared], help=words)
        command.add_argument("file", metavar="FILE")
        command.set_defaults(backup=call)


def run_backup(options: argparse.Namespace) -> int:
    """Back up or put back, print what was done, and return the exit code."""
    report = options.backup(command_line(), options.store or default_store_path(), options.file)
    sys.stdout.write((json.dumps(report.to_dict(), indent=1) if options.json else report.sentence) + "\n")
    return 0
