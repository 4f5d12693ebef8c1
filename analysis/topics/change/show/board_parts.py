"""The board of the chosen areas and crime types, and what stands beside it for one of its cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.drawing.board import (
    Board,
    Cell,
    Column,
    Event,
    Reason,
    Standing,
    Strip,
    board_sentence,
    counts_of,
    percent_of,
    rest_sentence,
    short_names,
    standing,
)
from analysis.drawing.evidence.evidence_tables import compared_line, periods_line
from analysis.drawing.evidence.sentences import rank_phrase, short_sentence
from analysis.drawing.evidence.wholeness import board_notes, led
from analysis.drawing.line import monthly_counts, two_years
from analysis.drawing.maps.classes import change_class, change_keys
from analysis.drawing.maps.small import SmallMap, small_map
from analysis.model import english, formats
from analysis.model.areas import Area
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.evidence import Evidence
from analysis.model.ground_names import ward_names
from analysis.model.periods import month_label
from analysis.model.vocabulary import JUDGED, LOCATIONS_MISSING, TOLD
from analysis.stats.verdict import MIN_INCIDENTS
from analysis.topics.change.measure import ground_changes, months_by_type, placebo_distribution

MOST_LINES = 240
"""Lines of similar places that a small picture can hold."""

LEGEND = "On the map blue fell and orange rose, by 10% or more; striped: too few to say"


def board_of(case: Case, rows: Sequence[Evidence]) -> Board:
    """Return the board of these rows of evidence: one column an area, one row a crime type."""
    areas, types = (*case.chosen, *case.proposed_beside), case.crime_types
    at = {(row.area_key, row.crime_type): row for row in rows}
    short = short_names([area.name for area in areas])
    names = {_called(area): _called(area, short[area.name]) for area in areas}
    cells = tuple(
        tuple(_cell(case, area, at[area.key, crime_type]) for area in areas) for crime_type in types
    )
    every = [cell for line in cells for cell in line]
    beside = {area.key for area in case.proposed_beside}
    return Board(
        # what nobody published is said after what stands
        sentence=board_sentence(sorted(every, key=lambda cell: cell.area in beside), names),
        rest=" ".join(
            filter(None, (rest_sentence(every), _unseen(rows), board_notes(rows, case.comparison)))
        ),
        compared=f"{periods_line(case.baseline, case.comparison)}: {compared_line(rows)}",
        columns=tuple(Column(area.key, area.name, short[area.name], _proposed(area)) for area in areas),
        rows=types,
        cells=cells,
    )


def _called(area: Area, name: str = "") -> str:
    """Return an area's name, or another that it goes by, with the word where it is a proposal."""
    return f"{name or area.name}{' (proposed)' if area.kind == 'proposed centre' else ''}"


def _proposed(area: Area) -> str:
    """Return that an area is a proposal and how far it can be trusted, nothing for one that is named."""
    return f"proposed, confidence {area.confidence}" if area.kind == "proposed centre" else ""


def _unseen(rows: Sequence[Evidence]) -> str:
    """Return what it costs that no earlier months were seen, where a change is told without them."""
    blind = any(row.verdict in TOLD and not row.history_months for row in rows)
    return "No earlier months were seen: a fall may follow a bad year." if blind else ""


def reason_of(case: Case, area: Area, row: Evidence) -> Reason:
    """Return what stands beside the board for one row of evidence."""
    months = (*case.baseline.months, *case.comparison.months)
    counts = monthly_counts(case, area, row.crime_type, months)
    return Reason(
        title=f"{_called(area)}: {row.crime_type.lower()}",
        standing=_standing(case, row),
        sentence=" ".join(filter(None, (short_sentence(row), _says_proposed(area)))),
        months=tuple(month_label(month) for month in months),
        counts=counts,
        baseline_months=len(case.baseline),
        events=tuple(
            Event(months.index(each.month), month_label(each.month), each.what)
            for each in case.breaks((row.crime_type,))
            if each.month in months
        ),
        strip=_strip(case, area, row),
        where=row.reason if row.verdict == LOCATIONS_MISSING else _where(case, area, row.crime_type),
        inside=_inside(case, area, row.crime_type),
        left_out=_left_out(case, counts),
    )


def _left_out(case: Case, counts: Sequence[float]) -> tuple[int, ...]:
    """Return the months in a row of two years that are recorded and not compared: like for like, their partner is missing."""
    year = len(case.baseline)
    if not case.like_for_like or year != len(case.comparison):
        return ()
    partners = [*counts[year:], *counts[:year]]
    return tuple(
        at
        for at, (count, partner) in enumerate(zip(counts, partners, strict=True))
        if math.isfinite(count) and not math.isfinite(partner)
    )


def _says_proposed(area: Area) -> str:
    if area.kind != "proposed centre":
        return ""
    return (
        f"Nobody published this centre’s ground: {area.lsoa} is proposed, with {area.confidence} confidence."
    )


def _cell(case: Case, area: Area, row: Evidence) -> Cell:
    return Cell(
        area.key,
        _called(area),
        row.crime_type,
        counts_of(row),
        percent_of(row, show_small=case.show_small),
        _standing(case, row),
        row.change > 0,
        *_two_years(case, area, row.crime_type),
    )


def _two_years(case: Case, area: Area, crime_type: str) -> tuple[str, str]:
    """Return the line of a cell of the board, kept: it is the same whatever stands beside it."""
    return case.cell(
        "two years",
        area,
        crime_type,
        case.baseline,
        case.comparison,
        make=lambda: two_years(case, area, crime_type),
    )


def _standing(case: Case, row: Evidence) -> Standing:
    """Return the standing of a change; where too few months are whole to lead with it, months are missing."""
    return standing(row) if led([row], case.comparison) else "missing"


def _strip(case: Case, area: Area, row: Evidence) -> Strip | str:
    """Return what similar places did, or the sentence why none can be shown."""
    if row.verdict not in JUDGED:
        return row.reason or "Too few are recorded to set beside similar places."
    try:
        found = placebo_distribution(case, area, row.crime_type)
    except AnalysisError as problem:
        return str(problem)
    places = len(found.places)
    step = math.ceil(places / MOST_LINES)
    distances = tuple(float(each) for each in found.places["z"].iloc[::step])
    drawn = f"One line stands for {formats.number(step)} of {formats.number(places)}." if step > 1 else ""
    overlap = (
        ""
        if len(area) == 1
        else f"They are sets of {len(area)} neighbouring places and overlap; "
        f"{formats.number(found.separate)} fit side by side."
    )
    title = formats.capital(rank_phrase(row).removesuffix(" what was expected"))
    # past the threshold, but not past the force’s own course: that is not told either
    reach = found.reach if row.verdict in TOLD else max(found.reach, abs(found.z))
    return Strip(title, distances, found.z, reach, " ".join(filter(None, (drawn, overlap))))


def _where(case: Case, area: Area, crime_type: str) -> SmallMap | str:
    """Return the small map of change round the area, or the sentence why it cannot be drawn; kept as a cell."""
    asked = (case.baseline, case.comparison, case.like_for_like)
    return case.cell("small map", area, crime_type, *asked, make=lambda: _small_map(case, area, crime_type))


def _small_map(case: Case, area: Area, crime_type: str) -> SmallMap | str:
    try:
        land = case.land
        months = months_by_type(case.panel, case.baseline, case.comparison, like_for_like=case.like_for_like)[
            crime_type
        ]
        before = case.panel.totals(months.baseline, crime_type)
        after = case.panel.totals(months.comparison, crime_type)
    except AnalysisError as problem:
        return str(problem)
    names = case.cell("ward ground", make=lambda: ward_names(land, case.places))
    percent = pd.Series(before).where(before > 0).pipe(lambda base: 100 * (after - base) / base)
    keys = change_keys()
    told = pd.Series((before + after >= MIN_INCIDENTS) & months.comparable)
    coloured = {
        code: (keys[at].colour if keys[at].mark != "hatch" else "", f"{names.get(code, code)}: {_from(b, a)}")
        for code, at, b, a in zip(
            case.panel.ground, change_class(percent, told=told), before, after, strict=True
        )
    }
    return small_map(land, area.ground, coloured, _named(area, names), LEGEND)


def _inside(case: Case, area: Area, crime_type: str) -> str:
    """Say which single places of an area of several are told by themselves, rises first: its sum may hide them."""
    if len(area) == 1:
        return ""
    try:
        table = ground_changes(case, crime_type).table
        land = case.land
    except AnalysisError:  # no change of a single place can be shown, as the map says
        return ""
    told = table.loc[table["ground_code"].isin(list(area.ground)) & table["stands_out"]]
    if told.empty:
        return ""
    names = case.cell("ward ground", make=lambda: ward_names(land, case.places))
    said = [
        f"{names.get(row.ground_code, row.ground_code)} {row.verdict}, "
        f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)}."
        for row in told.sort_values("z", ascending=False).itertuples()
    ]
    return f"Of its {formats.number(len(area))} places each by itself: {' '.join(said)} About 1 in 20 does so by chance."


def _from(before: float, after: float) -> str:
    return f"{formats.number(before)} to {formats.number(after)} recorded"


def _named(area: Area, names: dict[str, str]) -> str:
    return english.first_of(sorted({names.get(code, code) for code in area.ground}), 3)
