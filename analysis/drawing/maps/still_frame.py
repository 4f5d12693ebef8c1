"""The frame of a still: where title, map, legend, scale and notes stand, so that none touches another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analysis.drawing.maps.palette import Look
from analysis.drawing.maps.shown import Shown
from analysis.drawing.maps.still_legend import build_legend
from analysis.drawing.maps.still_names import Box
from analysis.drawing.maps.still_paper import FAMILY, Paper

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MARGIN, GAP = 20.0, 12.0
"""Points left free round the picture, and between its parts."""

ROOM = 0.06
"""Share of its width and height left free on each side of the ground in view."""

CLOSEST = 2_000.0
"""Metres that a map shows at least: nearer, an anonymised point would look like a door."""

SLIDE = 9 / 16
"""Height of a slide as a share of its width."""

SMALLEST = 12
"""Points of the smallest letters: those of notes, at their share of it, can still be read in print."""

LOWEST = 0.3
"""Share of the picture's width that the map is high at least, however long title and notes are."""

NARROWEST = 0.17
"""Share of the picture's width that the column of the legend takes at least: the scale bar stands in it too."""

BESIDE = 1.5
"""Gaps between the map and its legend: as much air beside the legend as its headings have above."""

SCALE = 2.6
"""Height of arrow and scale bar at the foot of the legend, in letters."""

LENGTHS = tuple(step * 10**power for power in range(-1, 4) for step in (1, 2, 5))
"""Kilometres that a scale bar can be long."""


def lay_out(shown: Shown, look: Look, width: int, warning: str, notes: Sequence[str]) -> tuple[Paper, Box]:
    """Return a sheet with all words and the legend on it, and the room left for the map: notes under it, a warning first.

    Letters are as large as the look asks for, smaller where the picture would else be higher than a slide, and
    never smaller than `SMALLEST`: then it is as high as it must be.
    """
    for letter in sorted({look.letter, *range(SMALLEST, look.letter, 2)}, reverse=True):
        paper = Paper(look, width, letter)
        panel = _written(shown, paper, warning, notes)
        if paper.figure.bbox.height <= width * SLIDE + 1:
            break
    return paper, panel


def _written(shown: Shown, paper: Paper, warning: str, notes: Sequence[str]) -> Box:
    look, margin, gap = paper.look, MARGIN * paper.point, GAP * paper.point
    inner = paper.width - 2 * margin
    small = paper.font(0.78)
    head = paper.write(
        (shown.title, paper.font(1.5, bold=True), inner, look.ink),
        (shown.subtitle, paper.font(1.0), inner, paper.quiet),
    )
    foot = paper.write(
        (warning, paper.font(0.78, bold=True), inner, look.ink),
        *((note, small, inner, paper.quiet) for note in notes),
    )
    legends = build_legend(shown, paper)
    sizes = [paper.extent_of(part) for part in legends]
    column = max([NARROWEST * paper.width, *(across for across, _ in sizes)])
    between = gap / 3
    above, below = (margin + paper.height_of(words, between) - between + gap for words in (head, foot))
    listed = sum(up + gap for _, up in sizes) + SCALE * paper.letter * paper.point
    height = round(max(SLIDE * paper.width, above + max(listed, LOWEST * paper.width) + below))
    paper.resize(height)

    paper.place(head, margin, height - margin, between)
    paper.place(foot, margin, below - gap, between)
    right = paper.width - margin - column - BESIDE * gap
    panel = Box(round(margin), round(below), round(right), height - round(above))
    top = panel.high
    for part, (_, up) in zip(legends, sizes, strict=True):
        part.set_bbox_to_anchor((panel.right + BESIDE * gap, top), transform=paper.pixels)
        top -= up + gap
    return panel


def build_axes(paper: Paper, panel: Box, extent: tuple[float, float, float, float]) -> Axes:
    """Return the panel's axes: a pixel is as many metres across as up, and the extent in the middle."""
    west, south, east, north = extent
    wide, high = panel.right - panel.left, panel.high - panel.low
    room = 1 + 2 * ROOM
    metres = max(
        max((east - west) * room, CLOSEST) / wide,
        max((north - south) * room, CLOSEST) / high,
    )
    across, up = (west + east) / 2, (south + north) / 2
    whole = paper.figure.bbox
    axes = paper.figure.add_axes(
        (panel.left / whole.width, panel.low / whole.height, wide / whole.width, high / whole.height),
        facecolor=paper.look.outside,
        xlim=(across - metres * wide / 2, across + metres * wide / 2),
        ylim=(up - metres * high / 2, up + metres * high / 2),
        xticks=[],
        yticks=[],
    )
    axes.spines[:].set_visible(False)
    return axes


def draw_scale(axes: Axes, panel: Box, metres: float, paper: Paper) -> None:
    """Draw an arrow to the north of the grid and a bar of a round number of kilometres, at the legend's foot."""
    from matplotlib.patches import Polygon
    from matplotlib_scalebar.scalebar import ScaleBar

    letter, ink = paper.letter * paper.point, paper.look.ink
    left = panel.right + BESIDE * GAP * paper.point
    north = paper.font(0.85, bold=True)
    tip, foot, middle = panel.low + 2.4 * letter, panel.low + 1.1 * letter, left + 0.5 * letter
    wing = 0.45 * letter
    corners = [(middle, tip), (middle + wing, foot), (middle, foot + 0.3 * letter), (middle - wing, foot)]
    paper.figure.add_artist(Polygon(corners, color=ink, linewidth=0, transform=paper.pixels))
    paper.figure.text(
        middle,
        panel.low,
        "N",
        fontproperties=north,
        color=ink,
        ha="center",
        va="bottom",
        transform=paper.pixels,
    )
    start = left + 2 * letter
    longest = (paper.width - MARGIN * paper.point - start) * metres / 1000
    length = max((each for each in LENGTHS if each <= longest), default=LENGTHS[0])
    axes.add_artist(
        ScaleBar(
            1,
            "m",
            fixed_value=length,
            fixed_units="km",
            width_fraction=0.22 * letter / (panel.high - panel.low),
            location="lower left",
            bbox_to_anchor=(start, panel.low),
            bbox_transform=paper.pixels,
            frameon=False,
            color=ink,
            pad=0,
            border_pad=0,
            sep=0.3 * paper.letter,
            scale_loc="bottom",
            font_properties={"family": FAMILY, "size": north.get_size_in_points()},
            scale_formatter=lambda value, unit: f"{value:g} {unit}",
            rotation="horizontal-only",  # the axes are equal by their limits, which it cannot see
        )
    )
