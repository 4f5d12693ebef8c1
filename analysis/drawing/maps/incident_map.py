"""The incident map: recorded incidents by ground, as approximate points, or as density, over a period or one month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.drawing.figure import SOURCE
from analysis.drawing.maps.bearings import named, tied
from analysis.drawing.maps.classes import count_class, count_edges, count_keys
from analysis.drawing.maps.palette import MARKS, SEQUENTIAL
from analysis.drawing.maps.shown import SHAPES, Cells, Ground, Key, Marks, Name, Outline, Shown
from analysis.drawing.maps.wgs84 import to_degrees
from analysis.model import formats
from analysis.model.errors import AnalysisError, ContractError
from analysis.model.locations import KINDS
from analysis.model.periods import month_label
from analysis.stats.ground_counts import GroundCounts

MOST_TYPES = len(SHAPES)
"""Four kinds of mark can be told apart on one map (Government Analysis Function: at most four categories)."""

MOST_POINTS = 5000
"""More marks than this are slow to draw and lie on each other; the points with most incidents are drawn."""

SMALLEST, LARGEST = 7.0, 34.0
"""Pixels across the mark of a single incident, and the largest mark; area goes with the count between them."""

ANONYMISED = (
    "A point is anonymised: incidents were moved to it from round about, from a catchment of eight or more addresses or of "
    "none. It is not where they took place, and no shop and no door is meant. A mark’s area goes with the count."
)
"""What is said under every map of open data's points."""

CELL = 9
"""H3's resolution of the density view: hexagons of 0.1 square kilometres."""

CELL_RADIUS = 190.0
"""Metres from the middle of such a hexagon to a corner: 177 to 193 in Cleveland, 201 on average over the world."""


def what_is_counted(crime_types: Sequence[str]) -> str:
    """Return the crime types in words: one by its name, a few in a list, many as their number."""
    if len(crime_types) == 1:
        return crime_types[0].lower()
    return (
        f"{formats.number(len(crime_types))} crime types together"
        if len(crime_types) > 5
        else ", ".join(each.lower() for each in crime_types)
    )


def count_map(
    counts: GroundCounts,
    *,
    month: pd.Period | None = None,
    names: Mapping[str, str],
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
    note: str = "",
) -> Shown:
    """Return the ground shaded by recorded incidents, of all months together or of one.

    The classes of one month are those of every month of the period, so that months can be compared by eye. A month
    that is not published is hatched, never 0. ``note`` is said under the map. Raises AnalysisError for a month outside the period.
    """
    if month is not None and month not in counts.period:
        raise AnalysisError(
            f"{month_label(month)} lies outside {counts.period.label}. Choose a month inside it."
        )
    ground = count_ground(counts, names, month=month)
    table = ground.table
    when = counts.period.label if month is None else month_label(month)
    what = what_is_counted(counts.crime_types)
    title = _finding(table, what, when)
    return Shown(
        title=title,
        subtitle=f"Recorded incidents by small area: {what}, {when}. {SOURCE}",
        alt=f"{title}. Ground is shaded from none to most; the numbers stand below.",
        data=table[["ground_code", "name", "incidents"]],
        ground=ground,
        outlines=outlines,
        names=labels,
        focus=focus,
        caveat=" ".join(
            filter(
                None,
                (
                    "Counts, not rates: places differ in residents and in visitors, and a place of two small areas of 2021 has about twice "
                    "as many residents.",
                    note,
                    counts.note,
                ),
            )
        ),
    )


def point_map(
    points: pd.DataFrame,
    *,
    crime_types: Sequence[str],
    when: str,
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
    most: float | None = None,
) -> Shown:
    """Return approximate points, sized by recorded incidents, in colour and shape by crime type.

    ``points`` has one row a point and crime type: easting, northing (metres), near (what police.uk says the point is
    near, "" where nothing), crime_type, incidents, months (how many of each: ``Jul 2023 (3), Aug 2023 (1)``). Points
    over `MOST_POINTS` are left out from the fewest up, and counted. ``most`` is the largest count of any month where
    one of several is shown, so that a size says the same in each. Raises AnalysisError for more than
    `MOST_TYPES` crime types.
    """
    if len(crime_types) > MOST_TYPES:
        raise AnalysisError(
            f"{formats.number(len(crime_types))} crime types are chosen, and a map of points can show {MOST_TYPES} apart. "
            "Choose fewer, or show ground or density."
        )
    with_point = points.loc[points["easting"].notna() & points["northing"].notna()]
    ordered = with_point.sort_values(
        ["incidents", "easting", "northing", "crime_type"],
        ascending=[False, True, True, True],
        ignore_index=True,
    )
    drawn = ordered.head(MOST_POINTS)
    order = {each: at for at, each in enumerate(crime_types)}
    table = drawn.assign(
        name=[approximate_point(near) for near in drawn["near"]],
        key=[order[each] for each in drawn["crime_type"]],
        size=mark_size(drawn["incidents"], most),
        text=[
            f"{row.crime_type}: {formats.number(row.incidents)} recorded\n{row.months}"
            for row in drawn.itertuples()
        ],
    )
    incidents = int(ordered["incidents"].sum())
    places = len(ordered[["easting", "northing"]].drop_duplicates())
    left = len(ordered) - len(drawn)
    what = what_is_counted(list(crime_types))
    title = (
        f"{formats.counted(incidents, 'recorded incident')} at {formats.counted(places, 'approximate point')}"
        + (f", {formats.number(drawn['incidents'].sum())} of them drawn" if left else "")
        if incidents
        else "No incident with a point was recorded"
    )
    keys = tuple(
        Key(each, colour, shape) for each, colour, shape in zip(crime_types, MARKS, SHAPES, strict=False)
    )
    caveat = ANONYMISED
    if left:
        caveat += (
            f" The {formats.number(MOST_POINTS)} largest marks are drawn; {formats.number(left)} smaller ones (one for each point "
            "and crime type) are not."
        )
    return Shown(
        title=title,
        subtitle=f"{what[:1].upper()}{what[1:]}, {when}, by anonymised map point. {SOURCE}",
        alt=f"{title}. The numbers stand below.",
        data=ordered[["near", "crime_type", "incidents", "months", "easting", "northing"]],
        marks=Marks(largest_said(drawn["incidents"], most), keys, table),
        outlines=outlines,
        names=labels,
        focus=focus,
        caveat=caveat,
    )


def density_map(
    points: pd.DataFrame,
    *,
    crime_types: Sequence[str],
    when: str,
    outlines: tuple[Outline, ...] = (),
    labels: tuple[Name, ...] = (),
    focus: frozenset[str] = frozenset(),
    edges: tuple[int, ...] | None = None,
) -> Shown:
    """Return recorded incidents by hexagon of H3 (``points`` as in `point_map`). Source: h3geo.org.

    ``edges`` are the classes of all months where one of several is shown (`density_edges`).
    """
    with_point = points.loc[points["easting"].notna() & points["northing"].notna()]
    longitude, latitude = to_degrees(with_point["easting"], with_point["northing"])
    table = (
        with_point.assign(cell=_cells(longitude, latitude))
        .groupby("cell")["incidents"]
        .sum()
        .reset_index()
        .sort_values("cell", ignore_index=True)
    )
    edges = edges or count_edges(table["incidents"].to_numpy())
    table["key"] = count_class(table["incidents"].astype(float), edges).to_numpy() - 1
    table["text"] = [f"{when}: {formats.number(each)} recorded" for each in table["incidents"]]
    what = what_is_counted(list(crime_types))
    most = int(table["incidents"].max()) if len(table) else 0
    total = int(table["incidents"].sum())
    fullest = int((table["incidents"] == most).sum())
    which = (
        "The fullest hexagon has"
        if fullest == 1
        else f"Each of the {formats.number(fullest)} fullest hexagons has"
    )
    title = (
        f"{which} {formats.number(most)} of {formats.counted(total, 'recorded incident')}"
        if total
        else "No incident with a point was recorded"
    )
    return Shown(
        title=title,
        subtitle=f"{what[:1].upper()}{what[1:]}, {when}, by hexagon of about {CELL_RADIUS:.0f} m from middle to corner. {SOURCE}",
        alt=f"{title}. Hexagons are shaded from few to most; the numbers stand below.",
        data=table[["cell", "incidents"]],
        cells=Cells(
            f"Recorded in a hexagon of about {CELL_RADIUS:.0f} m radius",
            count_keys(edges)[1:-1] if total else (Key("None", SEQUENTIAL[0]),),
            table,
            CELL_RADIUS,
        ),
        outlines=outlines,
        names=labels,
        focus=focus,
        caveat="Points are anonymised, so a hexagon’s count can belong to the one beside it. Where no hexagon is drawn, no "
        "recorded incident has its point; that is not to say that none took place there.",
    )


def count_ground(
    counts: GroundCounts, names: Mapping[str, str], what: str = "recorded", month: pd.Period | None = None
) -> Ground:
    """Return the ground by count, of all months together or of one on the scale of them all, to lie under marks."""
    values = counts.totals if month is None else counts.table[month]
    edges = count_edges(values if month is None else counts.table.to_numpy())
    when = counts.period.label if month is None else month_label(month)
    table = pd.DataFrame(
        {
            "ground_code": values.index.astype("str"),
            "name": [named(code, names) for code in values.index],
            "incidents": values.to_numpy(),
            "key": count_class(values, edges).to_numpy(),
            "text": [
                f"{when}: {'not published' if np.isnan(each) else f'{formats.number(each)} {what}'}"
                for each in values
            ],
        }
    )
    keys = count_keys(edges)[: None if values.isna().any() else -1]
    return Ground(f"{what[:1].upper()}{what[1:]}, {when}", keys, table)


def density_edges(rows: pd.DataFrame) -> tuple[int, ...]:
    """Return the classes of hexagons that serve every month: ``rows`` has longitude, latitude, month and incidents."""
    with_point = rows.loc[rows["longitude"].notna() & rows["latitude"].notna()]
    places = with_point[["longitude", "latitude"]].drop_duplicates()
    places = places.assign(cell=_cells(places["longitude"], places["latitude"]))
    by_month = (
        with_point.merge(places, on=["longitude", "latitude"]).groupby(["cell", "month"])["incidents"].sum()
    )
    return count_edges(by_month.to_numpy())


def approximate_point(near: str) -> str:
    """Return what a mark of open data is called: a point near something, a kind of place with its article."""
    return f"Approximate point near {KINDS.get(near, near)}" if near else "Approximate point"


def _cells(longitude: Iterable[float], latitude: Iterable[float]) -> list[str]:
    import h3  # only this view needs it

    return [h3.latlng_to_cell(y, x, CELL) for x, y in zip(longitude, latitude, strict=True)]


def mark_size(incidents: pd.Series, most: float | None = None) -> np.ndarray:
    """Return pixels across each mark: its area goes with the count, from `SMALLEST` for one to at most `LARGEST`.

    ``most`` is the count of the largest mark, where these are only some of the marks that one scale serves.
    """
    counts = incidents.to_numpy(float)
    if len(counts) and counts.min() < 1:
        raise ContractError("A mark stands for one incident at least.")
    most = most or (counts.max() if len(counts) else 1.0)
    factor = min(SMALLEST, LARGEST / np.sqrt(most))
    return np.asarray(np.maximum(factor * np.sqrt(counts), 3.0))


def largest_said(incidents: pd.Series, most: float | None = None) -> str:
    """Return the heading of approximate points in a legend, with the count that the largest mark stands for."""
    if most is not None:
        return f"Approximate points (the largest mark of any month: {formats.number(most)})"
    return (
        f"Approximate points (the largest mark: {formats.number(incidents.max())})"
        if len(incidents)
        else "Approximate points"
    )


def _finding(table: pd.DataFrame, what: str, when: str) -> str:
    total = table["incidents"].sum(min_count=1)
    if np.isnan(total):
        return f"{when} is not published"
    if not total:
        return f"None recorded in {when}: {what}"
    most = table["incidents"].max()
    first = table.loc[table["incidents"] == most].sort_values("ground_code")["name"]
    return f"Most in {tied(first)}: {formats.number(most)}{' each' if len(first) > 1 else ''} of {formats.number(total)} recorded ({what})"
