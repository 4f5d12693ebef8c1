"""What a person should know about how a file was read, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.model.formats import number
from analysis.records.contract import RecordKind
from analysis.records.tidying.cells import names_a_person
from analysis.records.tidying.dates import DateReading, is_serial, order_of
from analysis.records.tidying.rows import spans_clock_change
from analysis.records.tidying.times import is_repeated

_NAMED_ROWS = 5
"""Row numbers quoted in a sentence; more would be a list, not a sentence."""


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
        said.append(f"{unheaded} column{'s' if unheaded > 1 else ''} without a heading left out.")
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
                f"{number(serials)} date{'s' if serials > 1 else ''} under {heading} stood as Excel serial "
                f"numbers and were counted from {reading.epoch}."
            )
    return tuple(said)


def said_of_rows(kind: RecordKind, frame: pd.DataFrame, numbers: Sequence[int]) -> tuple[str, ...]:
    """Return sentences on accepted rows: overlaps, clock changes, dates without hours, contacts."""
    if kind.key == "patrol-log":
        return _said_of_patrols(frame, numbers)
    if kind.key == "timed-incidents":
        return _said_of_incidents(frame)
    if kind.key == "shop-plans":
        persons = sum(names_a_person(contact) for contact in frame["contact"].dropna())
        if persons:
            return (
                f"{number(persons)} contact{'s look' if persons > 1 else ' looks'} like a person's e-mail "
                "address or telephone number. A role is enough; give the file again without if that is not "
                "meant.",
            )
    return ()


def overlapping_patrols(frame: pd.DataFrame) -> pd.Series:
    """Return, for each patrol, whether it overlaps another patrol of the same hotspot in time.

    A patrol that starts in the minute another ends does not overlap it.
    """
    if frame.empty:
        return pd.Series(False, index=frame.index, name="overlaps")
    ordered = frame.sort_values(["hotspot", "start", "end"], kind="stable")
    by_place = ordered.groupby("hotspot", sort=False)
    ended_before = by_place["end"].cummax().groupby(ordered["hotspot"], sort=False).shift()
    starts_after = by_place["start"].shift(-1)
    # an earlier patrol still on, or the next one begun before the end of this
    overlaps = (ordered["start"] < ended_before) | (starts_after < ordered["end"])
    return overlaps.reindex(frame.index).rename("overlaps")


def _said_of_patrols(frame: pd.DataFrame, numbers: Sequence[int]) -> tuple[str, ...]:
    said = []
    overlaps = overlapping_patrols(frame)
    if overlaps.any():
        rows = [str(numbers[i]) for i in range(len(frame)) if overlaps.iloc[i]]
        named = ", ".join(rows[:_NAMED_ROWS]) + (" and others" if len(rows) > _NAMED_ROWS else "")
        said.append(
            f"{number(len(rows))} patrols overlap another of the same hotspot (rows {named}). "
            "Each is counted: patrol hours add up patrols, and two at once count twice."
        )
    changed = sum(spans_clock_change(s, e) for s, e in zip(frame["start"], frame["end"], strict=True))
    if changed:
        said.append(
            f"{number(changed)} patrol{'s' if changed > 1 else ''} ran through a change of the clocks; "
            "the minutes are those that passed."
        )
    return tuple(said)


def _said_of_incidents(frame: pd.DataFrame) -> tuple[str, ...]:
    said = []
    at = frame["date_time"].dropna()
    if len(at) and (at == at.dt.normalize()).all():
        said.append("Every date and time stands at midnight: these are days without hours, so show no hour.")
    repeated = sum(is_repeated(moment) for moment in at)
    if repeated:
        said.append(
            f"{number(repeated)} time{'s' if repeated > 1 else ''} fell in the hour that comes twice when "
            "the clocks go back and were taken as the first."
        )
    return tuple(said)


def _has_slashed(texts: Sequence[str]) -> bool:
    return any("/" in text or order_of([text]) != "unknown" for text in texts)
