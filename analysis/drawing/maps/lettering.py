"""Names and the scale bar: placed as numbers, drawn so that they stay apart and true at every zoom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pydeck as pdk

from analysis.drawing import encoded
from analysis.drawing.maps.palette import Look, rgb
from analysis.drawing.maps.placing import LINE, Box, box_of, placed
from analysis.drawing.maps.shown import Marks, Name
from analysis.drawing.maps.wgs84 import View, to_degrees

BELOW = 26
"""Pixels that the scale bar lies under the ground that the view opens on, where few names want to stand."""


LARGE = 24.0
"""Pixels across a mark from which on a name would hide it; under smaller ones a name is lost sooner than the mark."""


ROOMY = 60.0
"""Pixels from the middle of an area to its upper edge from which on its name stands in it."""


BAR = 6.0
"""Letters that the scale bar may be long at the least: one of a ground that is narrow for its map would be shorter than its text."""

CONTROLS = (4.5, 9.0)
"""Letters across and down of the corner at the upper right in which one zooms by buttons."""


def with_names(bounds: Box, names: Iterable[Name], view: View, look: Look) -> Box:
    """Return bounds that take in the first names that stand on them too, as large as they are in this view."""
    west, south, east, north = bounds
    own = [
        box_of(name, view.metres_a_pixel, look.letter)
        for name in names
        if name.first and west <= name.easting <= east and south <= name.northing <= north
    ]
    all_west, all_south, all_east, all_north = zip(bounds, *own, strict=True)
    return min(all_west), min(all_south), max(all_east), max(all_north)


def name_layers(
    names: Iterable[Name], bounds: Box, view: View, look: Look, tilt: int, avoid: Sequence[Box] = ()
) -> list[pdk.Layer]:
    """Return the scale bar, drawn on the ground itself so that it is true at every zoom, and the names.

    Names other than first ones cover nothing of what is in the boxes to ``avoid``.
    """
    west, low, east, _ = bounds
    south = low - BELOW * view.metres_a_pixel
    length = round_length(max((east - west) / 4, BAR * look.letter * view.metres_a_pixel))
    ends = to_degrees([west, west + length], [south, south])
    ends[1][1] = ends[1][0]  # level on the screen: grid north leans from true north by a degree or two
    bar = Name(
        scale_text(length), west + length / 2, south + 0.9 * look.letter * view.metres_a_pixel, first=True
    )
    lean = math.cos(math.radians(tilt))
    kept = placed(
        [bar, *(_inside(name, view) for name in names)], view.metres_a_pixel, look.letter, lean, avoid
    )
    longitude, latitude = to_degrees(
        [name.easting for name in kept], [name.northing + name.over for name in kept]
    )
    rows = [
        {
            "p": [x, y],
            "t": _as_drawn(name.text),
            "s": look.letter * (1.1 if name.first else 1.0),
            "o": [0, -name.above],
        }
        for x, y, name in zip(longitude.tolist(), latitude.tolist(), kept, strict=True)
    ]
    path = [list(each) for each in zip(*(end.tolist() for end in ends), strict=True)]
    bars = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": path},
            "properties": {"c": rgb(colour), "w": width * look.line},
        }
        for colour, width in ((look.halo, 7), (look.ink, 4))  # ground of its own colour may lie under it
    ]
    return [
        pdk.Layer(
            "GeoJsonLayer",
            {"type": "FeatureCollection", "features": bars},
            id="scale",
            pickable=False,
            get_line_color="properties.c",
            line_width_units='"pixels"',
            get_line_width="properties.w",
        ),
        pdk.Layer(
            "TextLayer",
            rows,
            id="names",
            pickable=False,
            get_position="p",
            get_text="t",
            # in metres up to a size in pixels: names that do not meet at first never meet, near or far
            get_size="s",
            size_units='"meters"',
            size_scale=view.metres_a_pixel,
            size_max_pixels=look.letter * 1.1,
            # of the letters it is made of: the layer's own would be paled (see `analysis.drawing.maps.layers`)
            _sub_layer_props={"characters": {"getColor": rgb(look.ink)}},
            get_pixel_offset="o",
            parameters={"depthCompare": "always"},  # a name is not hidden behind a column
            font_family='"Source Sans, sans-serif"',
            font_weight=600,
            character_set='"auto"',
            font_settings={"sdf": True, "fontSize": 48},
            line_height=LINE,
            outline_width=6,
            outline_color=rgb(look.halo),
        ),
    ]


def in_sight(names: Iterable[Name], sight: Box, view: View, look: Look) -> tuple[Name, ...]:
    """Return the names with those that would be cut by the edge of the first view moved into it; first ones stay.

    ``sight`` is the box that the view shows. A name whose point is outside it stays outside.
    """
    west, south, east, north = sight

    def moved(name: Name) -> Name:
        left, low, right, high = box_of(name, view.metres_a_pixel, look.letter)
        aside = max(west - left, 0) or min(east - right, 0)
        up = max(south - low, 0) or min(north - high, 0)
        return replace(name, easting=name.easting + aside, northing=name.northing + up)

    return tuple(
        moved(name)
        if not name.first and west <= name.easting <= east and south <= name.northing <= north
        else name
        for name in names
    )


def controls(sight: Box, view: View, look: Look) -> Box:
    """Return the corner of the first view in which one zooms by buttons: a name would lie under them."""
    letter = look.letter * view.metres_a_pixel
    return sight[2] - CONTROLS[0] * letter, sight[3] - CONTROLS[1] * letter, sight[2], sight[3]


def _as_drawn(text: str) -> str:
    # line by line: a name may have its change under it; a space of the drawn letters is too narrow to part two words
    return "\n".join(encoded.deck_text(line).replace(" ", "  ") for line in text.split("\n"))


def _inside(name: Name, view: View) -> Name:
    """Return the name of an area that has room for it in its middle: above it, it would stand on other ground."""
    return replace(name, above=0.0, over=0.0) if name.over > ROOMY * view.metres_a_pixel else name


def large_marks(marks: Marks | None, view: View) -> list[Box]:
    """Return the boxes of marks of `LARGE` and more; columns stand up from their foot, and hide little ground."""
    if marks is None or marks.raised:
        return []
    large = marks.table.loc[marks.table["size"] >= LARGE]
    reach = large["size"] / 2 * view.metres_a_pixel
    x, y = large["easting"], large["northing"]
    return list(zip(x - reach, y - reach, x + reach, y + reach, strict=True))


def round_length(longest: float) -> float:
    """Return the longest of 1, 2 and 5 times a power of ten metres that is no longer than this."""
    step = 1.0
    for length in (unit * 10**power for power in range(6) for unit in (1, 2, 5)):
        if length <= longest:
            step = float(length)
    return step


def scale_text(metres: float) -> str:
    """Return ``5 km`` or ``200 m``."""
    return f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
