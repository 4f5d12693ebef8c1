"""A map as a pydeck.Deck: geometry by address, values as one letter a unit, texts as a style sheet.

The ground is served once and stays with the browser; a class of ground travels as one character a unit, which the
layer's colour looks up by the unit's position. What a reader sees on pointing at it cannot be in the geometry
either, so it travels as a style sheet (`pointing`), one rule a unit, that fills the tooltip.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable

import pandas as pd
import pydeck as pdk

from analysis.errors import ContractError
from analysis.maps.base import Land, Served
from analysis.maps.palette import HALO, Look, rgb
from analysis.maps.placing import placed
from analysis.maps.shown import SHAPES, Cells, Ground, Marks, Name, Shown
from analysis.maps.wgs84 import View, to_degrees, view_of

MOST_CLASSES = 9
"""A class is one digit, and one is kept for ground without a class."""

THROUGH = 170
"""Alpha of the fill where an online style's streets lie under it (of 255)."""

TILT = 50
"""Degrees that a map of columns is tilted by."""

BELOW = 26
"""Pixels that the scale bar lies under the ground that the view opens on, where few names want to stand."""

ICON = 64
"""Pixels across one shape in the picture of shapes."""

TOOLTIP = {
    "html": '<b>{name}</b><div class="pointed p{i}"></div>',
    "style": {"maxWidth": "22rem", "backgroundColor": "#16191D", "color": "#FFFFFF", "fontSize": "0.95rem"},
}


class CompactDeck(pdk.Deck):
    """A deck whose JSON has no white space: pydeck's own is indented, and three times as large."""

    def to_json(self) -> str:
        """Return the deck as compact JSON."""
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def deck(shown: Shown, land: Land, served: Served, look: Look, *, width: int, height: int) -> pdk.Deck:
    """Return the map: from below, ground, hatching, cells, borders, outlines, marks, scale bar and names.

    ``width`` and ``height`` are the pixels it is shown in, by which the first view is chosen. Every layer has an
    id, the same at each run, so that the browser keeps what did not change. Only ``ground``, ``cells`` and
    ``marks`` can be pointed at and chosen.
    """
    bounds = land.bounds_of(shown.focus)
    view = view_of(bounds, width, height)
    raised = shown.marks is not None and shown.marks.raised
    layers = [
        *_ground(shown.ground, land, served, look),
        *_cells(shown.cells),
        _borders(served, look),
        *_outlines(shown, served, look),
        *_marks(shown.marks, served, look, view),
        *_names(shown.names, bounds, view, look, TILT if raised else 0),
    ]
    return CompactDeck(
        layers,
        initial_view_state=pdk.ViewState(
            longitude=view.longitude,
            latitude=view.latitude,
            zoom=view.zoom,
            pitch=TILT if raised else 0,
            bearing=0,
        ),
        map_style=served.style,
        tooltip=TOOLTIP,
    )


def pointing(shown: Shown, land: Land) -> str:
    """Return the style sheet that says in the tooltip what each unit, cell and mark shows."""
    rules = []
    if shown.ground is not None:
        text = shown.ground.table.set_index("ground_code")["text"]
        rules += [
            _rule(str(i), text.get(code, "No figure")) for i, code in enumerate(land.outlines["ground_code"])
        ]
    for letter, part in (("c", shown.cells), ("m", shown.marks)):
        if part is not None:
            rules += [_rule(f"{letter}{i}", text) for i, text in enumerate(part.table["text"])]
    return ".pointed::after{white-space:pre-line}" + "".join(rules)


def _rule(name: str, text: str) -> str:
    # a text is the office's or the police's: it must not be able to end the rule or the style sheet
    safe = "".join(
        each if each.isalnum() or each in " ,.:;()%+-–−’£" else f"\\{ord(each):x} " for each in str(text)
    )
    return f'.p{name}::after{{content:"{safe}"}}'


def _ground(ground: Ground | None, land: Land, served: Served, look: Look) -> list[pdk.Layer]:
    if ground is None:
        return []
    if len(ground.keys) > MOST_CLASSES:
        raise ContractError(
            f"A map shows {MOST_CLASSES} classes of ground at the most; {len(ground.keys)} were given."
        )
    classes = _classes(ground, land)
    alpha = THROUGH if served.streets else 255
    nothing = rgb(look.land, 0)
    fills = [rgb(look.land if key.mark == "hatch" else key.colour, alpha) for key in ground.keys]
    stripes = [rgb(key.colour) if key.mark == "hatch" else nothing for key in ground.keys]
    layers = [
        pdk.Layer(
            "GeoJsonLayer",
            served.ground,
            id="ground",
            pickable=True,
            stroked=False,  # a click is lost when picking takes long, and outlines make it long
            filled=True,
            auto_highlight=True,
            highlight_color=[244, 106, 37, 110],
            get_fill_color=_by_class([*fills, rgb(look.land, alpha)], classes),
            update_triggers={"getFillColor": [classes, *fills]},
        )
    ]
    if any(key.mark == "hatch" for key in ground.keys):
        hatched = pdk.Layer(
            "GeoJsonLayer",
            served.ground,
            id="hatch",
            pickable=False,
            stroked=False,
            filled=True,
            get_fill_color=_by_class([*stripes, nothing], classes),
            extensions=[{"@@type": "FillStyleExtension", "pattern": True}],
            fill_pattern_mapping={"hatch": {"x": 0, "y": 0, "width": ICON, "height": ICON, "mask": True}},
            get_fill_pattern='"hatch"',
            get_fill_pattern_scale=20,
            fill_pattern_mask=True,
            update_triggers={"getFillColor": [classes, *stripes]},
        )
        # given as an argument, pydeck would take the address for a file of its own to read
        hatched.fill_pattern_atlas = served.hatch
        layers.append(hatched)
    return layers


def _classes(ground: Ground, land: Land) -> str:
    """Return one digit a unit in the order served; the digit after the last class is ground without one."""
    key = ground.table.set_index("ground_code")["key"]
    return "".join(str(int(key.get(code, len(ground.keys)))) for code in land.outlines["ground_code"])


def _by_class(colours: list[list[int]], classes: str) -> str:
    return f'({json.dumps(colours, separators=(",", ":"))})[("{classes}")[properties.i]]'


def _borders(served: Served, look: Look) -> pdk.Layer:
    return pdk.Layer(
        "GeoJsonLayer",
        served.ground,
        id="borders",
        pickable=False,
        filled=False,
        stroked=True,
        get_line_color=rgb(look.border, 200),
        line_width_units='"pixels"',
        get_line_width=0.7 * look.line,
    )


def _cells(cells: Cells | None) -> list[pdk.Layer]:
    if cells is None:
        return []
    colours = [rgb(key.colour, 225) for key in cells.keys]
    rows = [
        {"hex": cell, "k": int(key), "i": f"c{i}", "name": "Hexagon"}
        for i, (cell, key) in enumerate(zip(cells.table["cell"], cells.table["key"], strict=True))
    ]
    return [
        pdk.Layer(
            "H3HexagonLayer",
            rows,
            id="cells",
            pickable=True,
            filled=True,
            stroked=False,
            extruded=False,
            get_hexagon="hex",
            get_fill_color=f"({json.dumps(colours)})[k]",
            update_triggers={"getFillColor": [colours]},
        )
    ]


def _outlines(shown: Shown, served: Served, look: Look) -> list[pdk.Layer]:
    if not shown.outlines or not served.outlines:
        return []
    colours = dict.fromkeys(outline.key.colour for outline in shown.outlines)
    chosen = "".join(f'(properties.colour=="{colour}")?{rgb(colour)}:' for colour in colours) + str(
        rgb(look.ink)
    )
    common = {"pickable": False, "filled": False, "stroked": True, "line_width_units": '"pixels"'}
    return [
        pdk.Layer(
            "GeoJsonLayer",
            served.outlines,
            id="outlines-halo",
            get_line_color=rgb(HALO, 230),
            get_line_width=5.5 * look.line,
            line_joint_rounded=True,
            **common,
        ),
        pdk.Layer(
            "GeoJsonLayer",
            served.outlines,
            id="outlines",
            get_line_color=chosen,
            get_line_width=3 * look.line,
            extensions=[{"@@type": "PathStyleExtension", "dash": True}],
            get_dash_array='(properties.pattern=="dashes")?[5,3]:((properties.pattern=="dots")?[1,1.5]:[0,0])',
            **common,
        ),
    ]


def _marks(marks: Marks | None, served: Served, look: Look, view: View) -> list[pdk.Layer]:
    if marks is None or marks.table.empty:
        return []
    table = marks.table.reset_index(drop=True)
    longitude, latitude = to_degrees(table["easting"], table["northing"])
    rows = pd.DataFrame(
        {
            "p": [list(each) for each in zip(longitude.tolist(), latitude.tolist(), strict=True)],
            "k": table["key"].astype(int),
            "s": table["size"].round(1),
            "i": [f"m{i}" for i in table.index],
            "name": table["name"],
        }
    ).sort_values("s", ascending=False, kind="stable")  # larger first, so that no small one lies under it
    drawn = rows.to_dict("records")
    colours = json.dumps([rgb(key.colour, 235) for key in marks.keys], separators=(",", ":"))
    if marks.raised:
        # as wide as a mark of 22 pixels; the ground is seen from above, so a pixel of size is two of height
        return [
            pdk.Layer(
                "ColumnLayer",
                drawn,
                id="marks",
                pickable=True,
                get_position="p",
                get_elevation="s",
                elevation_scale=2 * view.metres_a_pixel,
                radius=11 * view.metres_a_pixel,
                get_fill_color=f"({colours})[k]",
            )
        ]
    shapes = json.dumps([key.mark if key.mark in SHAPES else SHAPES[0] for key in marks.keys])
    layer = pdk.Layer(
        "IconLayer",
        drawn,
        id="marks",
        pickable=True,
        get_position="p",
        get_icon=f"({shapes})[k]",
        get_size="s",
        size_scale=look.line,
        size_units='"pixels"',
        get_color=f"({colours})[k]",
        icon_mapping={
            shape: {"x": ICON * at, "y": 0, "width": ICON, "height": ICON, "mask": True}
            for at, shape in enumerate(SHAPES)
        },
        update_triggers={"getColor": [colours], "getIcon": [shapes]},
    )
    layer.icon_atlas = served.marks
    return [layer]


def _names(
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
        {"path": path, "c": rgb(colour), "w": width * look.line}
        for colour, width in ((look.halo, 7), (look.ink, 4))  # ground of its own colour may lie under it
    ]
    return [
        pdk.Layer(
            "PathLayer",
            bars,
            id="scale",
            pickable=False,
            get_path="path",
            get_color="c",
            width_units='"pixels"',
            get_width="w",
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
            get_color=rgb(look.ink),
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
