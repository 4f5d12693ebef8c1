"""The change map: how each unit of ground changed, which changes are told from others', and where too little is recorded to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analysis.drawing.evidence.sentences import share_of_places
from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.bearings import named
from analysis.drawing.maps.classes import change_class, change_keys
from analysis.drawing.maps.palette import STANDS_OUT
from analysis.drawing.maps.shown import Ground, Key, Name, Outline, Shown
from analysis.model import formats
from analysis.model.cells import CellsBeside, bytes_of
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import LOCATIONS_MISSING, MUCH_AS, SMALL_BASE, TOO_FEW
from analysis.stats.ground_change import GroundChange
from analysis.stats.verdict import MIN_INCIDENTS
from analysis.stats.verdict_panel import FEWEST_PLACES

NOT_JUDGED = (TOO_FEW, LOCATIONS_MISSING)

HALF_A_LINE = 9.0
"""Pixels that a name is moved up by when it gets a second line."""

OUT = Key("Told from similar places, up or down", STANDS_OUT, "line")

MOST_TEXT_BYTES = 4_000_000

FEW_NAMED = 2
"""So many LSOAs that cannot be judged are named; of more, their number."""


def change_map(
    found: GroundChange,
    *,
    names: Mapping[str, str],
    periods: str,
    subject: Collection[str],
    subject_name: str,
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
    show_small: bool = False,
) -> Shown:
    """Return the ground by change in recorded incidents, on a scale centred on no change.

    Ground under `MIN_INCIDENTS` in both periods together, or without a percentage, is hatched. Ground whose change
    the verdict's rule tells from similar places' has a whole border. Percentages on bases under 50 are neither written out nor
    in the numbers (NaN) unless ``show_small``; the class of colour is drawn all the same, and the caveat says how little it rests
    on. ``subject``
    is the ground that the title speaks of, under ``subject_name`` ("under review", "in Ropner"); all other ground is
    counted in the caveat.
    """
    table = found.table
    told = table["baseline_incidents"] + table["comparison_incidents"] >= MIN_INCIDENTS
    drawn = pd.DataFrame(
        {
            "ground_code": table["ground_code"],
            "name": [named(code, names) for code in table["ground_code"]],
            "key": change_class(table["percent_change"], told=told).to_numpy(),
            "text": _texts.get(found, lambda: _texts_of(table, show_small), show_small),
        }
    )
    ours = table["ground_code"].isin(list(subject))
    out = table["stands_out"]
    judged = ~table["verdict"].isin(NOT_JUDGED)
    what = found.crime_type.lower()
    title = _finding(table.loc[ours], names, what, subject_name)
    months = formats.number(len(found.months.baseline))
    left = f" {found.months.reason}." if found.months.reason else ""
    gap = " (a gap is left out of both)" if found.months.reason else ""
    return Shown(
        title=title,
        subtitle=f"Change in recorded {what} by small area, {periods}. {months} months on each side{gap}. {SOURCE}",
        alt=f"{title}. Ground is coloured from the largest falls to the largest rises. The numbers stand below.",
        data=_numbers(table, show_small).assign(name=drawn["name"]),
        ground=Ground(f"Change in recorded {what}", change_keys(), drawn),
        outlines=(
            *((Outline(OUT, frozenset(table.loc[out, "ground_code"])),) if out.any() else ()),
            *outlines,
        ),
        names=labels,
        focus=focus,
        caveat=f"Hatched: fewer than {MIN_INCIDENTS} recorded in both periods together, or none in the first, so that a percentage "
        f"says nothing. Where fewer than {SMALL_BASE} were recorded in the first, a handful moves the colour far. Coloured ground can "
        f"lack a verdict where too few places can be judged.{_others_told(out & ~ours, judged & ~ours)}"
        f"{_silent(table.loc[ours], names, subject_name)}{_whole(labels)}{left}"
        f"{found.note and ' '}{found.note}",
    )


def _numbers(table: pd.DataFrame, show_small: bool) -> pd.DataFrame:
    """Return the numbers of the map, percentages on a small base left out unless ``show_small``."""
    if show_small:
        return table
    return table.assign(
        percent_change=table["percent_change"].where(table["baseline_incidents"] >= SMALL_BASE)
    )


def _others_told(told: pd.Series, judged: pd.Series) -> str:
    """Say how many places that are not the subject's are told, where any can be judged."""
    if not judged.any():
        return ""
    return (
        f" {formats.number(told.sum())} of the other {formats.number(judged.sum())} places that can be judged are told too. So one "
        "border is a reason to look, not a finding."
    )


def with_verdicts(
    labels: Iterable[Name], evidence: Iterable[Evidence], *, show_small: bool = False
) -> tuple[Name, ...]:
    """Return the names of a map, those of areas with a second line that says how they changed and their verdict.

    ``evidence`` has a row an area of one crime type. A percentage on a base under 50 is
    the two counts instead, unless ``show_small``. Names that are no area's, and areas without counts, stay as they are.
    """
    said = {row.area: _label(row, show_small) for row in evidence if pd.notna(row.incidents)}
    return tuple(
        replace(name, text=f"{name.text}\n{said[name.text]}", above=name.above + HALF_A_LINE)
        if name.first and name.text in said
        else name
        for name in labels
    )


def _label(row: Any, show_small: bool) -> str:
    percent = _percent(row, show_small)
    counts = f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)}"
    verdict = row.verdict
    if verdict == TOO_FEW and row.baseline_incidents + row.comparison_incidents >= MIN_INCIDENTS:
        verdict = "too few similar places"
    elif verdict == MUCH_AS:
        verdict = "ordinary ups and downs"
    return ": ".join(filter(None, (percent or counts, verdict)))


def _percent(row: Any, show_small: bool) -> str:
    """Return the change in percent, nothing where the base is small or none."""
    small = row.baseline_incidents < SMALL_BASE and not show_small
    return "" if small or pd.isna(row.percent_change) else formats.percent(row.percent_change)


def _texts_of(table: pd.DataFrame, show_small: bool) -> list[str]:
    return [_text(row, show_small) for row in table.itertuples()]


_texts = CellsBeside(MOST_TEXT_BYTES, bytes_of)
"""What each unit says on the maps of one crime type, which are one for all choices of areas."""


def _text(row: Any, show_small: bool) -> str:
    counts = (
        f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)} recorded"
    )
    percent = _percent(row, show_small)
    return f"{counts}{percent and f', {percent}'}\n{_said(row)}"


def _said(row: Any) -> str:
    """Return the verdict with its rank, as the tables give it; or why there is none."""
    if row.verdict == TOO_FEW and row.baseline_incidents + row.comparison_incidents < MIN_INCIDENTS:
        return f"Too few incidents to say (under {MIN_INCIDENTS})"
    if row.verdict == TOO_FEW:
        places = formats.counted(row.places, "similar place") if row.places else "too few similar places"
        return f"Not judged: {places} ({FEWEST_PLACES} needed)"
    verdict = f"{row.verdict[:1].upper()}{row.verdict[1:]}"
    return f"{verdict}\nabout {formats.number(row.expected)} expected; {_rank(row)}"


def _rank(row: Any) -> str:
    share = share_of_places(row.as_far, row.places)
    return f"{share} ended as {'low' if row.z < 0 else 'high'}"


def _silent(ours: pd.DataFrame, names: Mapping[str, str], subject_name: str) -> str:
    """Say of which LSOAs of the subject, or of how many, nothing can be said."""
    silent = [named(code, names) for code in ours.loc[ours["verdict"].isin(NOT_JUDGED), "ground_code"]]
    if not silent:
        return ""
    if len(silent) > FEW_NAMED:
        return f" {formats.number(len(silent))} small areas {subject_name} cannot be judged by themselves."
    alone = "By itself" if len(silent) == 1 else "By themselves"
    return f" {alone} {' and '.join(silent)} cannot be judged."


def _whole(labels: Iterable[Name]) -> str:
    """Say what the second line of a name speaks of, where one has it."""
    told = any("\n" in name.text for name in labels)
    return (
        " A name’s change and verdict are those of the whole area, a colour is that of one small area."
        if told
        else ""
    )


def _finding(ours: pd.DataFrame, names: Mapping[str, str], what: str, subject_name: str) -> str:
    """Say which places of the subject are told from similar places."""
    out = ours.loc[ours["stands_out"]]
    judged = int((~ours["verdict"].isin(NOT_JUDGED)).sum())
    if len(out):
        said = [f"{named(row.ground_code, names)} {row.verdict}" for row in out.itertuples()]
        return f"Recorded {what}, each small area by itself: {'. '.join(said)}"
    if not judged:
        return f"Recorded {what}: no single small area {subject_name} can be judged"
    if judged == 1:
        return f"Recorded {what}: the one small area {subject_name} that can be judged did not change otherwise than similar places"
    return f"Recorded {what}: no single small area of the {formats.number(judged)} {subject_name} that can be judged stands out"
