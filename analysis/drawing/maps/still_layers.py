"""The layers of a still, from the ground up: classes, cells, districts, marks, outlines. All in metres (EPSG:27700)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from analysis.drawing.maps.palette import Look
from analysis.drawing.maps.shown import Cells, Key, Outline, Shown
from analysis.drawing.maps.still_legend import HALO, LINE, face_of, hatches_of, mark_path, strokes_of
from analysis.drawing.maps.still_paper import against, mixed
from analysis.model.errors import ContractError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WHOLE = 1.8
"""A whole outline is so many times as wide as a broken one."""

METRES, DEGREES = "EPSG:27700", "EPSG:4326"

UNIT, DISTRICT = 0.5, 0.9
"""Points of the lines between units and between districts, times the look's own factor: both well under an outline's."""


def draw_ground(axes: Axes, ground: gpd.GeoDataFrame, shown: Shown, look: Look) -> None:
    """Draw every unit by its class; one that the map has no row for is blank land with a faint border."""
    classed = ground.iloc[:0]
    if shown.ground:
        classed = ground.merge(shown.ground.table[["ground_code", "key"]], on="ground_code")
    blank = ground[~ground["ground_code"].isin(classed["ground_code"])]
    _fill(axes, blank.geometry, Key("No class", look.land), mixed(look.land, look.ink, 0.16), look)
    if shown.ground:
        _fill_classes(axes, classed.geometry, classed["key"], shown.ground.keys, shown, look)


def draw_cells(axes: Axes, outlines: gpd.GeoSeries, shown: Shown, look: Look) -> None:
    """Draw the hexagons (see `cell_outlines`) by their classes."""
    if shown.cells:
        _fill_classes(axes, outlines, shown.cells.table["key"], shown.cells.keys, shown, look)


def draw_districts(axes: Axes, districts: gpd.GeoDataFrame, look: Look) -> None:
    """Draw the lines between districts, thicker than those between units."""
    _lines(axes, districts.geometry, look.district, DISTRICT * look.line, 3)


def check_marks(shown: Shown) -> None:
    """Raise ContractError for a mark without a point or a size: it cannot be drawn, and may not be lost unsaid."""
    if shown.marks:
        whole = np.isfinite(shown.marks.table[["easting", "northing", "size"]].to_numpy(float)).all(axis=1)
        if not whole.all():
            name = shown.marks.table.loc[~whole, "name"].iloc[0]
            raise ContractError(
                f"The mark “{name}” has no point or no size. Leave it out of the map, and say so."
            )


def draw_marks(axes: Axes, shown: Shown, look: Look) -> None:
    """Draw marks by their shapes, the larger first. Raised ones are drawn flat, across as they would be high."""
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import IdentityTransform

    if not shown.marks:
        return
    marks = shown.marks
    table = marks.table.sort_values(
        ["size", "name", "easting", "northing"], ascending=[False, True, True, True], kind="stable"
    )
    keys = [marks.keys[at] for at in table["key"]]
    drawn = PathCollection(
        [mark_path("circle" if marks.raised else key.mark) for key in keys],
        sizes=table["size"].to_numpy(float) ** 2,
        offsets=table[["easting", "northing"]].to_numpy(float),
        offset_transform=axes.transData,
        facecolors=[key.colour for key in keys],
        edgecolors=[against(key.colour, look) for key in keys],
        linewidths=0.8 * look.line,
        zorder=6.5,  # over outlines, as on the screen
        gid="marks",
    )
    drawn.set_transform(IdentityTransform())
    axes.add_collection(drawn, autolim=False)


def draw_outlines(
    axes: Axes, areas: Sequence[shapely.Geometry], outlines: Sequence[Outline], look: Look
) -> None:
    """Draw the borders of areas (see `areas_of`): all halos, then whole lines, then broken ones, so that each is seen."""
    pairs = sorted(zip(outlines, areas, strict=True), key=lambda pair: pair[0].key.mark != "line")
    for outline, area in pairs:
        _lines(axes, [area], against(outline.key.colour, look), _width(outline, look) + 2 * HALO, 5)
    for outline, area in pairs:
        strokes = strokes_of(outline.key.mark)
        _lines(axes, [area], outline.key.colour, _width(outline, look), 6, strokes)


def _width(outline: Outline, look: Look) -> float:
    # a whole line is wider, so that it shows on both sides of a broken one on the same border
    return LINE * look.line * (WHOLE if outline.key.mark == "line" else 1)


def areas_of(outlines: Sequence[Outline], ground: gpd.GeoDataFrame, closed: float) -> list[shapely.Geometry]:
    """Return the ground of each outline as one shape; an empty one where none of it has a boundary.

    Outlines that were simplified one by one leave slivers between units: gaps up to ``closed`` metres are closed.
    """
    shapes = ground.set_index("ground_code").geometry
    areas = []
    for outline in outlines:
        units = shapes[shapes.index.isin(outline.ground)].to_numpy()
        whole = shapely.union_all(shapely.buffer(units, closed / 2, join_style="mitre"))
        areas.append(shapely.buffer(whole, -closed / 2, join_style="mitre"))
    return areas


def cell_outlines(cells: Cells) -> gpd.GeoSeries:
    """Return the hexagons in metres, in the order of the table. H3 is defined on degrees: the one place for them."""
    import h3

    wrong = [cell for cell in cells.table["cell"] if not h3.is_valid_cell(str(cell))]
    if wrong:
        raise ContractError(f"“{wrong[0]}” is no H3 cell. Make the cells of a map with h3.latlng_to_cell.")
    corners = (h3.cell_to_boundary(cell) for cell in cells.table["cell"])
    hexagons = [shapely.Polygon([(east, north) for north, east in each]) for each in corners]
    return gpd.GeoSeries(hexagons, index=cells.table.index, crs=DEGREES).to_crs(METRES)


def _fill_classes(
    axes: Axes, shapes: gpd.GeoSeries, at: pd.Series, keys: Sequence[Key], shown: Shown, look: Look
) -> None:
    hatches = hatches_of(shown)
    for position, key in enumerate(keys):
        _fill(axes, shapes[(at == position).to_numpy()], key, look.border, look, hatches.get(key))


def _fill(
    axes: Axes, shapes: gpd.GeoSeries, key: Key, border: str, look: Look, hatch: str | None = None
) -> None:
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path

    # as shapely.plotting.patch_from_polygon does, which makes a patch besides for each
    drawn = PathCollection(
        [
            Path.make_compound_path(*map(Path, map(shapely.get_coordinates, _rings(shape))))
            for shape in shapely.orient_polygons(np.asarray(shapes, dtype=object))
        ],
        facecolors=face_of(key, look),
        edgecolors=border,
        linewidths=UNIT * look.line,
        joinstyle="round",
        hatch=hatch,
        hatchcolors=key.colour,
        zorder=2,
    )
    drawn.set_hatch_linewidth(look.line)
    axes.add_collection(drawn, autolim=False)


def _rings(shapes: Sequence[shapely.Geometry] | shapely.Geometry) -> np.ndarray:
    rings: np.ndarray = shapely.get_rings(shapely.get_parts(np.asarray(shapes, dtype=object)))
    return rings


def _lines(
    axes: Axes,
    shapes: gpd.GeoSeries | Sequence[shapely.Geometry],
    colour: str,
    width: float,
    zorder: float,
    dashes: str | tuple[float, tuple[float, ...]] = "solid",
) -> None:
    from matplotlib.collections import LineCollection

    drawn = LineCollection(
        [shapely.get_coordinates(ring) for ring in _rings(shapes)],
        colors=colour,
        linewidths=width,
        linestyles=[dashes],
        joinstyle="round",
        capstyle="butt" if dashes != "solid" else "round",
        zorder=zorder,
    )
    axes.add_collection(drawn, autolim=False)
