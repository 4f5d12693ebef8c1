"""Names and the scale bar: placed as numbers, drawn so that they stay apart and true at every zoom."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pydeck as pdk

from analysis.maps.palette import Look, rgb
from analysis.maps.placing import placed
from analysis.maps.shown import Name
from analysis.maps.wgs84 import View, to_degrees

BELOW = 26
"""Pixels that the scale bar lies under the ground that the view opens on, where few names want to stand."""


def name_layers(
    names: Iterable[Name], bounds: tuple[float, float, float, float], view: View, look: Look, tilt: int
) -> list[pdk.Layer]:
    """Return the scale bar, drawn on the ground itself so that it is true at every zoom, and the names."""
    west, low, east, _ = bounds
    south = low - BELOW * view.metres_a_pixel
    length = round_length((east - west) / 4)
    ends = to_degrees([west, west + length], [south, south])
    ends[1][1] = ends[1][0]  # level on the screen: grid north leans from true north by a degree or two
    bar = Name(
        scale_text(length), west + length / 2, south + 0.9 * look.letter * view.metres_a_pixel, first=True
    )
    kept = placed([bar, *names], view.metres_a_pixel, look.letter, math.cos(math.radians(tilt)))
    longitude, latitude = to_degrees(
        [name.easting for name in kept], [name.northing + name.over for name in kept]
    )
    rows = [
        {
            "p": [x, y],
            "t": name.text.replace(" ", "  "),  # a space of the drawn letters is too narrow to part two words
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
            # of the letters it is made of: the layer's own would be paled (see `analysis.maps.layers`)
            _sub_layer_props={"characters": {"getColor": rgb(look.ink)}},
            get_pixel_offset="o",
            parameters={"depthCompare": "always"},  # a name is not hidden behind a column
            font_family='"Source Sans, sans-serif"',
            font_weight=600,
            character_set='"auto"',
            font_settings={"sdf": True, "fontSize": 48},
            outline_width=6,
            outline_color=rgb(look.halo),
        ),
    ]


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
