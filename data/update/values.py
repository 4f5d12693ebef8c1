"""What an update changed, how far one is, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import pandas as pd

from analysis.model.english import counted, listed
from analysis.model.periods import month_label
from analysis.model.revision import RevisedCount, RevisedVerdict, RevisedVerdicts
from data.areas import force_name
from data.download.planning import runs
from data.download.values import DownloadProgress, DownloadReport
from data.store import Store

SHOWN = 20
"""Counts written out in words; the list keeps `data.update.history.MOST_COUNTS`."""

Judge = Callable[[Store, Store, str], RevisedVerdicts]
"""Compares the verdicts of a force over the months before and after; the topics that give them are not for this room."""


@dataclass(frozen=True)
class UpdateEntry:
    """What one update changed of one force; ``when`` is UTC.

    ``new`` and ``revised`` are months of street-level data, ``YYYY-MM``; ``other_files`` how many files of outcomes and of
    stops and searches are new or revised. ``releases`` are the newest held before and after, empty where none is named.
    ``counts`` are those of named areas that changed, ``counts_left`` how many more did.
    ``periods_before`` and ``periods_after`` are the
    periods that pages opened with and open with now.
    """

    when: str
    force: str
    new: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    other_files: int = 0
    releases: tuple[str, str] = ("", "")
    counts: tuple[RevisedCount, ...] = ()
    counts_left: int = 0
    verdicts: RevisedVerdicts = field(default_factory=RevisedVerdicts)
    periods_before: str = ""
    periods_after: str = ""

    @property
    def day(self) -> str:
        """The day of the update: ``27 November 2026``."""
        moment = dt.datetime.fromisoformat(self.when)
        return f"{moment.day} {moment:%B %Y}"

    @property
    def heading(self) -> str:
        """Whose months came, on which day, in a sentence."""
        parts = [
            f"{counted(len(months), 'month')} {word} ({listed(_spans(months))})"
            for months, word in ((self.new, "new"), (self.revised, "revised"))
            if months
        ]
        if self.other_files:
            parts.append(f"{counted(self.other_files, 'file')} of outcomes or searches new or revised")
        return f"{force_name(self.force)}, {self.day}: {'; '.join(parts)}."

    def sentences(self, most: int = SHOWN) -> list[str]:
        """Say what changed in figures already shown: counts, verdicts, and the periods that pages open with."""
        lines = [str(each) for each in self.counts[:most]]
        more = len(self.counts) - len(lines) + self.counts_left
        if more:
            lines.append(
                f"{counted(more, 'more count')} changed." if lines else f"{counted(more, 'count')} changed."
            )
        # where they could not be compared the note of the verdicts says so
        if not lines and self.revised and not self.verdicts.note:
            lines.append("No count of a named area or district changed; outcomes are not compared.")
        lines += self.verdicts.sentences()
        if self.periods_after != self.periods_before:
            lines.append(f"Pages opened on {self.periods_before}." if self.periods_before else "")
            lines.append(f"They now open on {self.periods_after}." if self.periods_after else "")
        return [line for line in lines if line]

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain values, for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        return "\n".join([self.heading, *(f"  {line}" for line in self.sentences())])


def entry_of(values: Mapping[str, Any]) -> UpdateEntry:
    """Return the entry that `UpdateEntry.to_dict` gave. Raises KeyError, TypeError or ValueError for other values."""
    verdicts = values["verdicts"]
    changes = tuple(RevisedVerdict(**each) for each in verdicts["changes"])
    entry = UpdateEntry(
        **{
            **values,
            "new": tuple(values["new"]),
            "revised": tuple(values["revised"]),
            "releases": (str(values["releases"][0]), str(values["releases"][1])),
            "counts": tuple(RevisedCount(**each) for each in values["counts"]),
            "verdicts": RevisedVerdicts(
                verdicts["compared"], changes, tuple(verdicts["periods"]), verdicts["note"]
            ),
        }
    )
    dt.datetime.fromisoformat(entry.when)
    return entry


@dataclass(frozen=True)
class UpdateProgress:
    """How far an update is: which force of how many is fetched, and how far its download is; then all are compared."""

    doing: Literal["downloading", "comparing"]
    force: str
    forces_done: int
    forces: int
    download: DownloadProgress | None = None


Progress = Callable[[UpdateProgress], None]
"""Called from the caller's own thread."""


@dataclass(frozen=True)
class UpdateReport:
    """What became of an update: a download a force, what they changed, and what was refused beside what those say.

    ``entries`` have one for each force of which anything is new or revised; they stand in the store's list.
    """

    downloads: tuple[DownloadReport, ...] = ()
    entries: tuple[UpdateEntry, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether it was stopped; what was finished by then is held, and told."""
        return any(each.stopped for each in self.downloads)

    @property
    def ok(self) -> bool:
        """True when nothing was refused and the end was reached."""
        return not self.refused and all(each.ok for each in self.downloads)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {
            "ok": self.ok,
            "stopped": self.stopped,
            "refused": list(self.refused),
            "entries": [each.to_dict() for each in self.entries],
            "downloads": [each.to_dict() for each in self.downloads],
        }

    def __str__(self) -> str:
        lines = [str(each) for each in self.downloads]
        lines += [str(each) for each in self.entries]
        if not self.entries:
            lines.append("Nothing is new or revised, so no figure changed.")
        return "\n".join([*lines, *self.refused])


def _spans(months: Iterable[str]) -> list[str]:
    """Return months in a row as ``Jul 2022 to Dec 2022``, single ones as they are."""
    return [
        " to ".join(month_label(pd.Period(month, freq="M")) for month in span.split(" to "))
        for span in runs(months)
    ]
