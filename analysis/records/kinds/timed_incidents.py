"""Timed incidents: one incident with the time of day, or the span, in which it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pandas as pd

from analysis.model.english import counted, was_were
from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, RecordKind, Row
from analysis.records.demonstration import DemoInputs, DemoRow, pick
from analysis.records.points import POINT, POINT_COLUMNS, check_point
from analysis.records.tidying.times import DAY_SECONDS, Clock, is_repeated, moments

_KINDS = ("Disorder", "Assault", "Criminal damage", "Drunkenness")  # of the demonstration


def complete_incident(row: Row) -> None:
    """Make moments in London: one, or the two ends of the span in which it was.

    A time that comes twice in the night is taken as the first, since the hour of the day is the same.
    """
    check_point(row)
    if row["place"] is None and row["longitude"] is None:
        raise RefusedError("neither place nor point is given; give one of them")
    if row["date_time"] is None and (row["earliest"] is None or row["latest"] is None):
        raise RefusedError("no time is given; fill the date and time, or both from and to")
    for name, alone in (("date_time", None), ("earliest", Clock(0)), ("latest", Clock(DAY_SECONDS))):
        if row[name] is not None:
            day, clock = row[name]
            clock = clock or alone
            if clock is None:
                raise RefusedError(
                    "the date and time has no time of day; give from and to if only a day is known"
                )
            row[name] = moments(day, clock)[0]
    first, last, at = row["earliest"], row["latest"], row["date_time"]
    if first is not None and last is not None and last < first:
        raise RefusedError("the incident ends before it begins; correct from or to")
    if at is not None and ((first is not None and at < first) or (last is not None and at > last)):
        raise RefusedError("the date and time lies outside from and to; correct one of them")


def incident_remarks(frame: pd.DataFrame, _: Sequence[str]) -> tuple[str, ...]:
    """Return sentences on times that are all midnight, and on those in the hour that comes twice."""
    sentences = []
    at = frame["date_time"].dropna()
    if len(at) and (at == at.dt.normalize()).all():
        sentences.append(
            "Every date and time stands at midnight: these are days without hours, so show no hour."
        )
    repeated = sum(is_repeated(moment) for moment in at)
    if repeated:
        sentences.append(
            f"{counted(repeated, 'time')} fell in the hour that comes twice when "
            f"the clocks go back and {was_were(repeated)} taken as the first."
        )
    return tuple(sentences)


def demonstration(inputs: DemoInputs) -> list[DemoRow]:
    """Return 420 made-up incidents in the first three towns given, most of them late on a Friday or Saturday."""
    draw = inputs.stream("timed-incidents")
    rows: list[DemoRow] = []
    for _ in range(420):
        day = dt.datetime(2023, 7, 1) + dt.timedelta(days=int(draw() * 366))
        late = draw() < (0.75 if day.weekday() >= 4 else 0.4)
        hour = 19 + draw() * 4.9 if late else draw() * 24
        if draw() < 0.05:
            hour = 3 + draw() * 16
        at = (day + dt.timedelta(hours=hour)).replace(second=0, microsecond=0)
        place, _district = inputs.towns[int(draw() * 3)]
        row = {"place": place, "kind": pick(draw, _KINDS), "source": "Simulated records"}
        # one hour a year does not exist and one comes twice; nothing is drawn into either
        if at.hour == 1:
            at += dt.timedelta(hours=2)
        if draw() < 0.2:
            row |= {"earliest": _moment(at), "latest": _moment(at + dt.timedelta(hours=8))}
        else:
            row["date_time"] = _moment(at)
        rows.append(row)
    return sorted(rows, key=lambda row: row.get("date_time") or row["earliest"])


def _moment(at: dt.datetime) -> str:
    # an end that falls between one and two is moved out of the hour that a change of the clocks touches
    return f"{at + dt.timedelta(hours=1) if at.hour == 1 else at:%Y-%m-%d %H:%M}"


TIMED_INCIDENTS = RecordKind(
    "timed-incidents",
    "Timed incidents",
    "one incident with a time of day",
    (
        RecordColumn(
            "date_time",
            "date-time",
            False,
            "When it was, where that is known",
            also=("when", "datetime", "date and time"),
            past=True,
            example="2023-08-05 23:40",
            label="Date and time",
        ),
        RecordColumn(
            "earliest",
            "date-time",
            False,
            "The earliest it can have been; a date alone is taken from its first minute",
            also=("from", "start"),
            past=True,
            label="From",
        ),
        RecordColumn(
            "latest",
            "date-time",
            False,
            "The latest it can have been; a date alone is taken to its last minute",
            also=("to", "end"),
            past=True,
            label="To",
        ),
        RecordColumn(
            "place",
            "text",
            False,
            "Town centre or street",
            also=("location",),
            example="Example Town Centre",
            place="any",
        ),
        *POINT_COLUMNS,
        RecordColumn("kind", "text", True, "What it was", also=("type", "crime type"), example="Disorder"),
        RecordColumn("source", "text", True, "Whose record it is", example="Example ambulance service"),
    ),
    (
        "Fill the date and time, or from and to where only these are known.",
        "Fill the place, or longitude and latitude.",
    ),
    complete=complete_incident,
    remarks=incident_remarks,
    demonstration=demonstration,
    together=(POINT,),
    rows_said=False,
)
