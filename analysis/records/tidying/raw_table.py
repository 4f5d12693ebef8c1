"""A table as it stood in a file, before anything in it is understood."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.records.tidying.dates import Epoch


@dataclass(frozen=True)
class RawTable:
    """Headings, and rows of text with the row number a spreadsheet shows.

    ``epoch`` is the day nought of Excel serial dates in it. ``date_cells`` names headings under which some
    cells were true Excel dates (given here as ISO text). ``unreadable`` are cells that could not be read at
    all: the row's position among ``rows``, the column's, and the reason. ``sheets`` names the sheet of each
    row where they come from several, and is empty where they come from one.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    epoch: Epoch = "1900"
    date_cells: frozenset[str] = frozenset()
    unreadable: tuple[tuple[int, int, str], ...] = ()
    sheets: tuple[str, ...] = ()

    def label(self, position: int) -> str:
        """Return how a sentence names a row: ``12``, or ``12 of Aug 23`` where there are several sheets."""
        number = str(self.rows[position][0])
        return f"{number} of {self.sheets[position]}" if self.sheets else number
