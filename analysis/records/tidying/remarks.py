"""What a person should know about how a file was read, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.model.english import agree, counted, first_of, listed, numbered, plural, upper_first, was_were
from analysis.records.contract import RecordKind
from analysis.records.tidying.cells import says_not_known, shown
from analysis.records.tidying.dates import DateReading, is_serial, order_of
from analysis.records.tidying.headings import Headings
from analysis.records.tidying.raw_table import RawTable


@dataclass(frozen=True)
class NamedCell:
    """A cell that a sentence names: its row as `RawTable.label` has it, its heading, its text and the note on it."""

    label: str
    heading: str
    text: str
    reason: str


def of_columns(
    kind: RecordKind,
    headings: Headings,
    readings: Mapping[str, DateReading],
    texts: Mapping[str, Sequence[str]],
    *,
    unheaded: int,
) -> tuple[str, ...]:
    """Return sentences on columns: a form's own, dropped, not given, day order taken, serial dates read."""
    sentences = []
    if headings.of_the_form:
        named = listed(f"“{heading}”" for heading in headings.of_the_form)
        sentences.append(f"Left out as a form tool’s own, for when the form was filled in: {named}.")
    if headings.dropped:
        sentences.append(
            f"Not taken in, since the template does not have them: {', '.join(headings.dropped)}."
        )
    if unheaded:
        sentences.append(f"{counted(unheaded, 'column')} without a heading left out.")
    absent = [column.heading for column in kind.columns if column.name not in headings.places]
    if absent:
        sentences.append(f"Not in the file, so left blank: {', '.join(absent)}.")
    for name, reading in readings.items():
        heading = kind.column(name).heading
        if reading.order in {"day first", "month first"} and _has_slashed(texts[name]):
            sentences.append(
                f"Dates under {heading} were read {reading.order}, as the dates of the file show."
            )
        serials = sum(is_serial(text) for text in texts[name])
        if serials:
            sentences.append(
                f"{counted(serials, 'date')} under {heading} stood as Excel serial "
                f"{plural(serials, 'number')} and {was_were(serials)} counted from {reading.epoch}."
            )
    return tuple(sentences)


def of_totals(left_out: Sequence[str], likely: Sequence[tuple[int, str]], raw: RawTable) -> tuple[str, ...]:
    """Return sentences on rows of totals: those left out, and those called so that do not add up."""
    sentences = []
    if left_out:
        sentences.append(
            f"Left out as {plural(len(left_out), 'a row', 'rows')} of totals: {numbered('row', left_out)}."
        )
    sentences += [
        f"Row {raw.label(position)} has {shown(_text_of_total(raw, position))} under {heading}, but its figures are no "
        "sum of the rows above, so it was taken as a record. Delete it if it is a total, or it counts twice."
        for position, heading in likely
    ]
    return tuple(sentences)


def of_unread_cells(cells: Sequence[NamedCell]) -> tuple[str, ...]:
    """Return a sentence for each column with cells that are taken as not known, with how to write the first."""
    sentences = []
    for heading in dict.fromkeys(cell.heading for cell in cells):
        column = [cell for cell in cells if cell.heading == heading]
        places = first_of(f"{shown(cell.text)} (row {cell.label})" for cell in column)
        sentence = (
            f"{counted(len(column), 'cell')} under {heading} {was_were(len(column))} not read and "
            f"{agree(len(column), 'counts', 'count')} as not known; {agree(len(column), 'its row stays', 'the rows stay')}: "
            f"{places}."
        )
        faults = [cell for cell in column if not says_not_known(cell.text)]
        sentences.append(sentence + (f" {upper_first(faults[0].reason).rstrip('.')}." if faults else ""))
    return tuple(sentences)


def of_words(cells: Sequence[NamedCell]) -> tuple[str, ...]:
    """Return a sentence for each column in which words after a yes or no were not kept."""
    sentences = []
    for heading in dict.fromkeys(cell.heading for cell in cells):
        column = [cell for cell in cells if cell.heading == heading]
        named = first_of(f"{shown(cell.reason)} (row {cell.label})" for cell in column)
        sentences.append(f"Under {heading} only the yes or no was kept, not the words after it: {named}.")
    return tuple(sentences)


def _text_of_total(raw: RawTable, position: int) -> str:
    return next(text for cell in raw.rows[position][1] if (text := cell.strip()))


def _has_slashed(texts: Sequence[str]) -> bool:
    return any("/" in text or order_of([text]) != "unknown" for text in texts)
