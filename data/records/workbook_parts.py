"""What is inside an Excel workbook, found out by a walk over its XML before any cell of it is built.

The walk is expat's, the same parser that reads the cells later, so that what it counts is what would be built. A
document type is refused wherever it may stand in a part: without one there are no entities to expand.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.parsers import expat

from analysis.model.english import counted
from analysis.model.errors import RefusedError

LARGEST_UNPACKED = 100_000_000
"""Bytes of a workbook once inflated: the largest honest file of 20 MB stays under it, a zip bomb does not."""
MOST_MEMBERS = 500
LAST_ROW = 1_048_576
"""Excel's own last row; a file can claim more, and a reader would walk there."""
MOST_CELLS = 1_000_000
"""Rows times columns that are built, blank ones too: about ten seconds and 200 MB. It is 66,000 rows of the widest
kind, as many as a force's retail register has in years; more than that is read from CSV, at a tenth of the cost."""
_MOST_WALKED = 4 * MOST_CELLS
"""Elements of one part that the walk passes: cells, what is in them, and blank cells with a style. Four seconds."""
_LAST_COLUMN = 16_384
"""Excel's own last column; no row has more cells."""
_MOST_MERGED = 100_000

_COLUMN = re.compile(r"\$?([A-Za-z]{1,3})\$?\d*\Z", re.ASCII)
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\Z", re.ASCII)
_FILLS = frozenset({"v", "is", "f"})
_XML_STARTS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class MergedCells:
    """One range of merged cells: first and last row (from 1), and its left column (from 0)."""

    first_row: int
    last_row: int
    column: int


@dataclass(frozen=True)
class SheetShape:
    """How far the filled cells of a sheet reach (from 1), in how many rows they stand, how many cells are built on
    the way to the last of them (a blank one costs as much), whether there are formulas, and merged cells.

    ``over`` is set where the walk was given up, since the sheet is beyond every limit; then it reaches further.
    ``readable`` is unset where not even its first rows can be read in a bounded time.
    """

    last_row: int = 0
    last_column: int = 0
    rows: int = 0
    built: int = 0
    formulas: bool = False
    merged: tuple[MergedCells, ...] = ()
    over: bool = False
    readable: bool = True


class _OverError(Exception):
    """The walk is given up: the sheet is larger than any that is taken."""


class _DocumentTypeError(Exception):
    """The part has a document type."""


def read_shapes(name: str, content: bytes) -> dict[str, SheetShape]:
    """Return the shape of each part of a workbook that is well-formed XML, by its path in the package.

    RefusedError for what is no plain workbook: macros, too many or too large parts, a document type.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        members = package.infolist()
        names = {member.filename for member in members}
        if any(member.lower().endswith("vbaproject.bin") for member in names):
            raise RefusedError(f"{name} holds macros. Save it as an Excel workbook without them (.xlsx).")
        if "xl/workbook.xml" not in names:
            raise RefusedError(f"{name} is not an Excel workbook (.xlsx). Save it as one, or as CSV.")
        # zipfile inflates no member beyond the size declared here
        if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > LARGEST_UNPACKED:
            raise RefusedError(
                f"{name} unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB. Copy the columns of the "
                "template into a new workbook and give that."
            )
        shapes = {}
        for member in members:
            # a part is XML by what is in it: its name is the file's own word
            with package.open(member) as part:
                text = part.read(4)
                if text.startswith(_XML_STARTS) or member.filename.endswith((".xml", ".rels")):
                    shape = _walk(name, text + part.read())
                    if shape is not None:
                        shapes[member.filename] = shape
    return shapes


def check_cells(name: str, sheets: Sequence[tuple[str, SheetShape]]) -> None:
    """RefusedError when these sheets (title and shape) have more rows times columns than are built."""
    total = 0
    for title, shape in sheets:
        total += shape.built
        if shape.over or shape.last_row > LAST_ROW:
            raise RefusedError(
                f"The sheet {title} of {name} reaches to row {shape.last_row:,}, column {shape.last_column:,}"
                f"{' or further' if shape.over else ''}, and {counted(MOST_CELLS, 'cell')} are read at most. "
                "Delete what stands below and beside the table, or save the sheet as CSV, and give that."
            )
    if total > MOST_CELLS:
        raise RefusedError(
            f"The sheets {', '.join(title for title, _ in sheets)} of {name} have more than the "
            f"{counted(MOST_CELLS, 'cell')} that are read. Give fewer of them at a time."
        )


def _walk(name: str, text: bytes) -> SheetShape | None:
    """Return the shape of a part, or None where it is not well-formed and so cannot be a sheet that is read."""
    walk = _Walk()
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = walk.refuse
    parser.StartElementHandler = walk.start
    try:
        parser.Parse(text, True)
    except _DocumentTypeError as error:
        raise RefusedError(
            f"{name} is damaged or not an Excel workbook. Save it again from Excel."
        ) from error
    except _OverError as error:
        if not walk.row:  # no sheet, which could be left out, but a part that is read in any case
            raise RefusedError(
                f"{name} holds more texts or styles than are read. Copy the columns of the template into a new "
                "workbook and give that."
            ) from error
        return walk.shape(over=True)
    except (expat.ExpatError, ValueError, LookupError):
        return None
    return walk.shape()


class _Walk:
    """What has been passed of one sheet: rows counted by their numbers, cells by theirs or in order."""

    def __init__(self) -> None:
        self.row = self.column = self.passed = self.cells = 0
        self.last_row = self.last_column = self.rows = self.built = self.in_row = 0
        self.row_elements = 0
        self.row_is_filled = False
        self.formulas = False
        self.merged: list[MergedCells] = []

    def refuse(self, *_: object) -> None:
        raise _DocumentTypeError

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.passed += 1
        if self.passed > _MOST_WALKED:
            raise _OverError
        local = tag.rpartition(":")[2]
        if local == "c":
            self._cell(attributes)
        elif local in _FILLS:
            self._filled(local)
        elif local == "row":
            number = attributes.get("r")
            self.row = self.row + 1 if number is None else int(float(number))
            self.column = self.in_row = 0
            self.row_elements += 1
            self.row_is_filled = False
        elif local == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        self.in_row += 1
        if self.in_row > _LAST_COLUMN:
            raise _OverError
        match = _COLUMN.match(attributes.get("r", ""))
        self.column = column_number(match[1]) if match else self.column + 1

    def _filled(self, local: str) -> None:
        self.formulas |= local == "f"
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        self.rows += not self.row_is_filled
        self.row_is_filled = True
        # a number that stands on many rows, or on none, saves nothing: each is built to the full width
        self.built = max(self.cells, max(self.last_row, self.row_elements) * self.last_column)
        if self.built > MOST_CELLS:
            raise _OverError

    def _merge(self, reference: str) -> None:
        match = _RANGE.match(reference)
        if match and len(self.merged) < _MOST_MERGED:
            self.merged.append(MergedCells(int(match[2]), int(match[4]), column_number(match[1]) - 1))

    def shape(self, *, over: bool = False) -> SheetShape:
        return SheetShape(
            self.last_row,
            self.last_column,
            self.rows,
            self.built,
            self.formulas,
            tuple(self.merged),
            over=over,
            readable=self.in_row <= _LAST_COLUMN,
        )


def column_number(letters: str) -> int:
    """Return the number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number
