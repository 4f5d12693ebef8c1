"""A map as a picture for slides and print: drawn without a browser, from the same values as the deck for the screen.

It is made of geopandas, Shapely and matplotlib's objects, never of pyplot: a server draws in several threads, and
pyplot has one current figure for all of them. Coordinates are metres (EPSG:27700), the corners of H3 cells apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import shapely

from analysis.drawing.maps.palette import Look
from analysis.drawing.maps.shown import Name, Shown
from analysis.drawing.maps.still_frame import GAP, MARGIN, build_axes, draw_scale, lay_out
from analysis.drawing.maps.still_layers import (
    METRES,
    areas_of,
    cell_outlines,
    check_marks,
    draw_cells,
    draw_districts,
    draw_ground,
    draw_marks,
    draw_outlines,
)
from analysis.drawing.maps.still_names import Box, Label, place
from analysis.drawing.maps.still_paper import Paper, drawable
from analysis.model import formats
from analysis.model.errors import ContractError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

APPROXIMATE = "Approximate footprints made from anonymised points, not boundaries"
NO_GROUND = "No boundaries are held to draw on."

Bounds = tuple[float, float, float, float]
"""West, south, east and north, in metres."""

PART = "Only part of the force’s ground is in view."

SHRUNK = 0.8
"""Share of the look's size that names keep at least where the words round the map had to be made smaller."""

SPACED = 1.15
"""Height of a line of a name, in heights of its letters."""

NAMES = 0.05
"""Share of the map that names of other places than the areas may cover."""


def still(
    shown: Shown,
    ground: gpd.GeoDataFrame,
    look: Look,
    *,
    districts: gpd.GeoDataFrame | None = None,
    source: str = "",
    approximate: bool = False,
    width: int = 1600,
) -> Figure:
    """Return a map as a picture ``width`` pixels wide, for a slide: 16:9, higher where legend or words need it.

    ``ground`` has ground_code and geometry, ``districts`` geometry, both in EPSG:27700. The map shows the ground of
    ``shown.focus`` (all of it where that is empty or has no outline; marks and cells where no ground is held) and
    what lies round it. Ground without a row in ``shown.ground`` is blank; ground without an outline is left out and
    counted under the map; a name that finds no room is left out. The same input gives the same picture, pixel by
    pixel. The figure is made for its own dpi: save it with `data.exports.pictures.png_bytes`.

    Raises ContractError for ground that is not in EPSG:27700 or stands twice, a mark without a point, and a cell
    that is none of H3's.
    """
    ground = _drawable(ground, "ground_code")
    check_marks(shown)
    hexagons = cell_outlines(shown.cells) if shown.cells else gpd.GeoSeries(crs=METRES)
    paper, panel = lay_out(
        shown,
        look,
        width,
        APPROXIMATE if approximate else "",
        (
            shown.caveat,
            _not_drawn(shown, ground),
            PART if shown.opens_on_part_of(ground["ground_code"]) else "",
            source,
        ),
    )
    extent = _extent(shown, ground, hexagons)
    if extent is not None:
        extent = _with_names(_with_marks(extent, shown, panel, paper), shown, panel, paper)
    axes = build_axes(paper, panel, extent or (0.0, 0.0, 1.0, 1.0))
    if extent is None:
        words = paper.write((NO_GROUND, paper.font(1.0), panel.width - MARGIN, look.ink))
        paper.place(words, panel.left + GAP * paper.point, panel.high - GAP * paper.point, 0)
        return paper.figure
    metres = (axes.get_xlim()[1] - axes.get_xlim()[0]) / (panel.right - panel.left)
    draw_ground(axes, ground, shown, look)
    draw_cells(axes, hexagons, shown, look)
    if districts is not None:
        draw_districts(axes, _drawable(districts), look)
    draw_marks(axes, shown, look)
    areas = areas_of(shown.outlines, ground, metres)
    draw_outlines(axes, areas, shown.outlines, look)
    _draw_names(axes, shown, areas, panel, paper)
    draw_scale(axes, panel, metres, paper)
    return paper.figure


def _drawable(frame: gpd.GeoDataFrame, code: str | None = None) -> gpd.GeoDataFrame:
    """Return the rows that have an outline. Raises ContractError for degrees, and for a unit that stands twice."""
    if frame.crs != METRES:
        raise ContractError("The ground of a still map is not in EPSG:27700. Bring it there with to_crs.")
    if code and frame[code].duplicated().any():
        raise ContractError("A unit of ground has two outlines in a map. Dissolve them first.")
    return frame[~(frame.geometry.isna() | frame.geometry.is_empty)]


def _not_drawn(shown: Shown, ground: gpd.GeoDataFrame) -> str:
    """Say how many units have a class and no outline: they are missing from the picture, not blank in it."""
    if not shown.ground:
        return ""
    missing = int((~shown.ground.table["ground_code"].isin(ground["ground_code"])).sum())
    if missing == 1:
        return "1 unit of ground has no outline and is not drawn."
    return f"{formats.number(missing)} units of ground have no outline and are not drawn." if missing else ""


def _extent(shown: Shown, ground: gpd.GeoDataFrame, hexagons: gpd.GeoSeries) -> Bounds | None:
    """Return west, south, east and north of what is in view, without room round it; None where there is nothing."""
    focus = ground[ground["ground_code"].isin(shown.focus)]
    seen = [focus.geometry if len(focus) else ground.geometry]
    if ground.empty:
        seen = [hexagons]
        if shown.marks:
            seen.append(gpd.GeoSeries.from_xy(*shown.marks.table[["easting", "northing"]].to_numpy(float).T))
    bounds = np.array([part.total_bounds for part in seen if len(part)])
    if not len(bounds):
        return None
    (west, south), (east, north) = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    return float(west), float(south), float(east), float(north)


def _with_marks(extent: Bounds, shown: Shown, panel: Box, paper: Paper) -> Bounds:
    """Return the extent with the whole of each mark that stands in it: one may be larger than its ground."""
    west, south, east, north = extent
    if not shown.marks:
        return extent
    table = shown.marks.table
    inside = table[table["easting"].between(west, east) & table["northing"].between(south, north)]
    if inside.empty:
        return extent
    metres = max((east - west) / panel.width, (north - south) / panel.height)
    reach = inside["size"] / 2 * paper.point * metres
    return (
        min(west, float((inside["easting"] - reach).min())),
        min(south, float((inside["northing"] - reach).min())),
        max(east, float((inside["easting"] + reach).max())),
        max(north, float((inside["northing"] + reach).max())),
    )


def _with_names(extent: Bounds, shown: Shown, panel: Box, paper: Paper) -> Bounds:
    """Return the extent with room above the first names on it, which then need not stand below what they name."""
    west, south, east, north = extent
    metres = max((east - west) / panel.width, (north - south) / panel.height)
    line = SPACED * paper.letter * paper.point * metres
    tops = [
        name.northing + name.over + (len(_lines_of(name)) + 0.5) * line
        for name in shown.names
        if name.first and west <= name.easting <= east and south <= name.northing <= north
    ]
    return west, south, east, max(north, *tops) if tops else north


def _draw_names(
    axes: Axes, shown: Shown, areas: Sequence[shapely.Geometry], panel: Box, paper: Paper
) -> None:
    from matplotlib.patheffects import withStroke

    letter = max(paper.letter, SHRUNK * paper.look.letter)
    fonts = {True: paper.letters(letter, bold=True), False: paper.letters(0.85 * letter)}
    halo = 1.8 * paper.look.line
    labels = []
    names = [name for name in shown.names if name.text.strip()]
    for name in names:
        x, y = axes.transData.transform((name.easting, name.northing))
        lines = [paper.size_of(line, fonts[name.first])[0] for line in _lines_of(name)]
        # matplotlib gives every line the height of letters that go below it
        across, up = max(lines), len(lines) * SPACED * paper.size_of("lp", fonts[name.first])[1]
        edge = 2 * halo * paper.point
        labels.append(Label(float(x), float(y), across + edge, up + edge, name.first))
    for at, box in place(labels, panel, avoid=_seen(axes, shown, areas, paper), most=NAMES).items():
        name = names[at]
        axes.text(
            *box.middle,
            "\n".join(_lines_of(name)),
            linespacing=SPACED,
            multialignment="center",
            fontproperties=fonts[name.first],
            color=paper.look.ink,
            ha="center",
            va="center",
            parse_math=False,
            path_effects=[withStroke(linewidth=2 * halo, foreground=paper.look.halo)],
            transform=paper.pixels,
            zorder=7,
            clip_on=True,
            gid="name",
        )


def _lines_of(name: Name) -> list[str]:
    return [words for line in drawable(name.text).split("\n") if (words := " ".join(line.split()))]


def _seen(axes: Axes, shown: Shown, areas: Sequence[shapely.Geometry], paper: Paper) -> list[Box]:
    """Return the boxes of what a name should not cover: marks, and outlined areas not much larger than a name."""
    boxes = []
    for area in areas:
        if not area.is_empty:
            (left, low), (right, high) = axes.transData.transform(np.reshape(area.bounds, (2, 2)))
            if min(right - left, high - low) < 3 * paper.look.letter * paper.point:
                boxes.append(Box(left, low, right, high))
    if shown.marks and len(shown.marks.table):
        at = axes.transData.transform(shown.marks.table[["easting", "northing"]].to_numpy(float))
        half = shown.marks.table["size"].to_numpy(float)[:, None] * paper.point / 2
        boxes += [Box(*map(float, sides)) for sides in np.hstack([at - half, at + half])]
    return boxes
