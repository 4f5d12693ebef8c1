"""The log of what was done to a store and by whom: append only, a line before a call and one after it.

Lines are JSON: call, when (UTC), outcome, what, subject, who, role, where. Contents, links, names of files and
tokens are never in them. Calls that were allowed and calls that were refused lie in two files, so that a reader
who is refused a million times cannot push out what was done.
"""

from __future__ import annotations

import datetime as dt
import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import filelock
import pandas as pd

from analysis.model.errors import RefusedError
from data.access import Action, Visitor
from data.append_only import AppendOnlyFiles

Outcome = Literal["begun", "done", "failed", "refused"]

FOLDER = "audit"
LARGEST = 1_000_000
"""Bytes of one file; a full one is put aside under a number."""

MOST_FILES = {"calls": 100, "refused": 10}
"""Files put aside of each kind; the oldest go first."""

COLUMNS = ["when", "what", "subject", "outcome", "who", "role", "where"]
_LONGEST = 200
_KEPT_WORDS = "The store’s own log"


@dataclass(frozen=True)
class Call:
    """A call that was allowed and whose end is still to be written down.

    The subject in ``line`` may be made exacter meanwhile (which version a file became).
    """

    log: AuditLog
    line: dict[str, Any]

    def end(self, outcome: Outcome) -> None:
        """Write how the call ended. What is done is done: a full disk leaves it as begun, and is logged."""
        try:
            self.log.append("calls", self.line | {"outcome": outcome, "when": _now()})
        except (OSError, filelock.Timeout):
            logging.getLogger(__name__).exception("the end of a call could not be written to the audit log")


class AuditLog:
    """The log in one store's folder."""

    def __init__(self, store_path: str | Path) -> None:
        self.folder = Path(store_path) / FOLDER

    def begin(self, visitor: Visitor, action: Action, subject: str) -> Call:
        """Write that a call begins. RefusedError where nothing can be written: nothing is done without a trace."""
        line = _line(visitor, action, subject, "begun")
        try:
            self.append("calls", line)
        except filelock.Timeout as problem:
            raise RefusedError(
                f"{_KEPT_WORDS} is in use. Nothing was changed; try again in a minute."
            ) from problem
        except OSError as problem:
            raise RefusedError(
                f"{_KEPT_WORDS} cannot be written ({problem.strerror}), so nothing was changed. "
                "Check the folder, its permissions and the space left."
            ) from problem
        return Call(self, line)

    def refuse(self, visitor: Visitor, action: Action, subject: str) -> None:
        """Write that a call was refused; it is refused whether or not this can be written."""
        try:
            self.append("refused", _line(visitor, action, subject, "refused"))
        except (OSError, filelock.Timeout):
            logging.getLogger(__name__).exception("a refused call could not be written to the audit log")

    def append(self, name: str, line: dict[str, Any]) -> None:
        """Add one line to the file of this name, in one write that has reached the disk."""
        self._files().append(name, line)

    def _files(self) -> AppendOnlyFiles:
        return AppendOnlyFiles(self.folder, LARGEST, MOST_FILES)

    def table(self) -> pd.DataFrame:
        """Return one row a call, the latest first, as `COLUMNS`; a call whose end is not known is "begun".

        A line that cannot be read (the disk was full, the file was changed by hand) is left out.
        """
        calls: dict[str, dict[str, Any]] = {}
        for line in self._lines():
            begun = calls.get(line["call"], {})
            calls[line["call"]] = line | {"when": begun.get("when", line["when"])}
        # of two calls in one moment the one written later is the later
        rows = sorted(calls.values(), key=lambda line: line["when"])
        return pd.DataFrame(rows[::-1], columns=COLUMNS)

    def _lines(self) -> Iterator[dict[str, Any]]:
        for name in MOST_FILES:
            for line in self._files().lines(name):
                if isinstance(line.get("call"), str) and "when" in line:
                    yield line


def _line(visitor: Visitor, action: Action, subject: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "call": secrets.token_hex(8),
        "when": _now(),
        "outcome": outcome,
        "what": action.value,
        "subject": subject[:_LONGEST],
        "who": visitor.who[:_LONGEST],
        "role": visitor.role.name.lower(),
        "where": visitor.where[:_LONGEST],
    }


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
