"""What an import did, file by file, in sentences and for machines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from analysis.model.english import counted
from data.police_uk.file_names import FileKey

Outcome = Literal["imported", "replaced", "unchanged", "kept the newer release", "refused"]


@dataclass(frozen=True)
class FileResult:
    """What became of one CSV file. ``sentence`` says what is wrong and what to do, or is empty."""

    file: str
    outcome: Outcome
    key: FileKey | None = None
    rows_read: int = 0
    rows_kept: int = 0
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What became of every file of one import, in the order of their names.

    ``refused`` are the sentences about files that were refused whole, ``remarks`` those about rows refused
    in files that were kept and about columns left out; ``refused_rows`` counts those rows by reason.
    ``ignored`` names other files in the archive or folder that are no data of police.uk.
    """

    files: tuple[FileResult, ...] = ()
    refused: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    refused_rows: tuple[tuple[str, int], ...] = ()
    ignored: tuple[str, ...] = ()
    demonstration_put_away: bool = False

    def remarking(self, sentences: Iterable[str]) -> ImportReport:
        """Return the report with further remarks, after its own."""
        return replace(self, remarks=(*self.remarks, *sentences))

    def joined(self, later: ImportReport) -> ImportReport:
        """Return this report and that of a later import as one."""
        rows = Counter(dict(self.refused_rows)) + Counter(dict(later.refused_rows))
        return ImportReport(
            tuple(sorted([*self.files, *later.files], key=lambda f: f.file)),
            (*self.refused, *later.refused),
            (*self.remarks, *later.remarks),
            tuple(sorted(rows.items(), key=lambda item: (-item[1], item[0]))),
            (*self.ignored, *later.ignored),
            self.demonstration_put_away or later.demonstration_put_away,
        )

    @property
    def ok(self) -> bool:
        """True when nothing was refused whole."""
        return not self.refused

    @property
    def rows_read(self) -> int:
        """Rows in the files that were imported or replaced a month."""
        return sum(f.rows_read for f in self.files if f.outcome in ("imported", "replaced"))

    @property
    def rows_kept(self) -> int:
        """Rows now held from those files."""
        return sum(f.rows_kept for f in self.files if f.outcome in ("imported", "replaced"))

    @property
    def rows_refused(self) -> dict[str, int]:
        """Rows refused, by reason."""
        return dict(self.refused_rows)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain values, for JSON."""
        return {
            "ok": self.ok,
            "rows_read": self.rows_read,
            "rows_kept": self.rows_kept,
            "rows_refused": self.rows_refused,
            "refused": list(self.refused),
            "remarks": list(self.remarks),
            "ignored": list(self.ignored),
            "demonstration_put_away": self.demonstration_put_away,
            "files": [asdict(result) for result in self.files],
        }

    def __str__(self) -> str:
        counts = Counter(result.outcome for result in self.files)
        words: dict[Outcome, str] = {
            "imported": "imported",
            "replaced": "replaced what was held",
            "unchanged": "already held and unchanged",
            "kept the newer release": "older than the release held, which stays",
            "refused": "refused",
        }
        lines = [
            "; ".join(f"{counted(counts[o], 'file')} {w}" for o, w in words.items() if counts[o])
            or "No file of data.police.uk was imported"
        ]
        lines[0] += "."
        if self.rows_read:
            lines.append(f"{counted(self.rows_read, 'row')} read, {self.rows_kept:,} kept.")
        lines += [f"{counted(count, 'row')} refused: {reason}." for reason, count in self.refused_rows]
        if self.demonstration_put_away:
            lines.append("The demonstration data were put away.")
        if self.ignored:
            more = f" and {len(self.ignored) - 1:,} more" if len(self.ignored) > 1 else ""
            lines.append(f"Left alone, no data of police.uk: {self.ignored[0]}{more}.")
        return "\n".join([*lines, *self.remarks, *self.refused])


@dataclass(frozen=True)
class SideReport:
    """What became of a lookup or of boundaries: the files, how many rows are held, and the sentence that says it."""

    file: str
    rows: int
    sentence: str


def build_report(
    files: list[FileResult],
    refused: list[str],
    remarks: list[str],
    rows: Counter[str],
    ignored: list[str],
    *,
    put_away: bool,
) -> ImportReport:
    """Return the report with everything in a settled order, whichever worker finished first."""
    files = sorted(files, key=lambda f: f.file)
    return ImportReport(
        files=tuple(files),
        refused=tuple([*refused, *(s for f in files if f.outcome == "refused" for s in f.sentences)]),
        remarks=tuple([*remarks, *(s for f in files if f.outcome != "refused" for s in f.sentences)]),
        refused_rows=tuple(sorted(rows.items(), key=lambda item: (-item[1], item[0]))),
        ignored=tuple(ignored),
        demonstration_put_away=put_away,
    )
