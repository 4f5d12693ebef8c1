"""What a person should know about how a file was read, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.model.english import counted, plural, was_were
from analysis.records.contract import RecordKind
from analysis.records.tidying.dates import DateReading, is_serial, order_of


def said_of_columns(
    kind: RecordKind,
    *,
    unheaded: int,
    places: Mapping[str, int],
    dropped: Sequence[str],
    readings: Mapping[str, DateReading],
    texts: Mapping[str, Sequence[str]],
) -> tuple[str, ...]:
    """Return sentences on columns: dropped, not given, day order taken, serial dates read."""
    said = []
    if dropped:
        said.append(f"Not taken in, since the template does not have them: {', '.join(dropped)}.")
    if unheaded:
        said.append(f"{counted(unheaded, 'column')} without a heading left out.")
    absent = [column.heading for column in kind.columns if column.name not in places]
    if absent:
        said.append(f"Not in the file, so left blank: {', '.join(absent)}.")
    for name, reading in readings.items():
        heading = kind.column(name).heading
        if reading.order in {"day first", "month first"} and _has_slashed(texts[name]):
            said.append(f"Dates under {heading} were read {reading.order}, as the dates of the file show.")
        serials = sum(is_serial(text) for text in texts[name])
        if serials:
            said.append(
                f"{counted(serials, 'date')} under {heading} stood as Excel serial "
                f"{plural(serials, 'number')} and {was_were(serials)} counted from {reading.epoch}."
            )
    return tuple(said)


def _has_slashed(texts: Sequence[str]) -> bool:
    return any("/" in text or order_of([text]) != "unknown" for text in texts)
