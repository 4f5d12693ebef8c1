"""The layers of a deck, each made of values and addresses: ground, cells, borders, outlines, marks.

A colour by class is an expression that the browser reads: a list of colours, and a string with one digit a unit. pydeck
takes a string for an expression, so a constant string is quoted twice, and an address of a picture is set after the
layer is made (as an argument pydeck would take it for a file of its own to read).

Streamlit pales what was not clicked by a layer's own colour accessors, and the map would no longer have the colours of
its legend. So no layer has one: ground and cells colour the layers they are made of, marks are drawn out of a coloured
picture, and a column has its colour by an older name of the same accessor. What was chosen has a border instead.
"""

from __future__ import annotations

import json

import pandas as pd
import pydeck as pdk

from analysis.drawing import encoded
from analysis.drawing.maps.base import Served
from analysis.drawing.maps.palette import HALO, MARK_COLOURS, PICKED, PICKED_HALO, Look, rgb
from analysis.drawing.maps.shown import SHAPES, Cells, Ground, Key, Marks, Shown
from analysis.drawing.maps.wgs84 import View, to_degrees
from analysis.model.errors import ContractError
from analysis.model.land import Land

MOST_CLASSES = 9
"""A class is one digit, and one is kept for ground without a class."""

THROUGH = 170
"""Alpha of the fill where an online style's streets lie under it (of 255)."""

ICON = 64
"""Pixels across one shape in the picture of shapes."""

ROUND = 0.66
"""The circle's width as a share of its picture (`data.exports.map_pictures`), so that a size is pixels across the circle."""


def ground_layers(ground: Ground | None, land: Land, served: Served, look: Look) -> list[pdk.Layer]:
    """Return the ground by class, and over it the stripes of hatched classes; nothing where no ground is shown."""
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
            _sub_layer_props=_fills("polygons-fill", _by_class([*fills, rgb(look.land, alpha)], classes)),
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
            _sub_layer_props=_fills("polygons-fill", _by_class([*stripes, nothing], classes)),
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


def _fills(part: str, colour: str) -> dict[str, dict[str, str]]:
    """Return the properties by which a layer colours the layer it is made of."""
    return {part: {"getFillColor": f"@@={colour}"}}


def border_layer(served: Served, look: Look) -> pdk.Layer:
    """Return the lines between units."""
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


def cell_layers(cells: Cells | None) -> list[pdk.Layer]:
    """Return the hexagons by class, if there are any."""
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
            # as columns or as polygons, by how near one is
            _sub_layer_props={
                **_fills("hexagon-cell", f"({json.dumps(colours)})[k]"),
                **_fills("hexagon-cell-hifi", f"({json.dumps(colours)})[k]"),
            },
            update_triggers={"getFillColor": [colours]},
        )
    ]


def outline_layers(shown: Shown, served: Served, look: Look) -> list[pdk.Layer]:
    """Return the borders of areas, each over a white line, whole, dashed or dotted."""
    if not shown.outlines or not served.outlines:
        return []
    colours = dict.fromkeys(outline.key.colour for outline in shown.outlines)
    chosen = "".join(f'(properties.colour=="{colour}")?{rgb(colour)}:' for colour in colours) + str(
        rgb(look.ink)
    )
    halo = f'(properties.colour=="{PICKED}")?{rgb(PICKED_HALO)}:{rgb(HALO, 230)}'
    common = {"pickable": False, "filled": False, "stroked": True, "line_width_units": '"pixels"'}
    return [
        pdk.Layer(
            "GeoJsonLayer",
            served.outlines,
            id="outlines-halo",
            get_line_color=halo,
            get_line_width=_by_pattern(5.6 * look.line, 4.2 * look.line),
            line_joint_rounded=True,
            **common,
        ),
        pdk.Layer(
            "GeoJsonLayer",
            served.outlines,
            id="outlines",
            get_line_color=chosen,
            get_line_width=_by_pattern(4 * look.line, 2.2 * look.line),
            extensions=[{"@@type": "PathStyleExtension", "dash": True}],
            get_dash_array='(properties.pattern=="dashes")?[5,3]:((properties.pattern=="dots")?[1,1.5]:[0,0])',
            **common,
        ),
    ]


def _by_pattern(whole: float, broken: float) -> str:
    """Return two widths: a whole line is wider, so that it shows on both sides of a broken one on the same border."""
    return f'(properties.pattern=="line")?{whole:g}:{broken:g}'


def mark_layers(marks: Marks | None, served: Served, look: Look, view: View) -> list[pdk.Layer]:
    """Return the marks, larger first, or columns where they are raised; nothing where there is none."""
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
            "name": table["name"].map(encoded.deck_text),
        }
    ).sort_values("s", ascending=False, kind="stable")  # larger first, so that no small one lies under it
    drawn = rows.to_dict("records")
    if marks.raised:
        colours = json.dumps([rgb(key.colour) for key in marks.keys], separators=(",", ":"))
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
                get_color=f"({colours})[k]",
                update_triggers={"getFillColor": [colours]},
            )
        ]
    shapes = json.dumps([_icon(key) for key in marks.keys])
    layer = pdk.Layer(
        "IconLayer",
        drawn,
        id="marks",
        pickable=True,
        get_position="p",
        get_icon=f"({shapes})[k]",
        get_size="s",
        # from the back of a room a mark is found by its colour: larger, but not by as much as a line
        size_scale=round((2 + look.line) / 3 / ROUND, 3),
        size_units='"pixels"',
        icon_mapping={
            f"{shape} {colour}": {
                "x": ICON * across,
                "y": ICON * down,
                "width": ICON,
                "height": ICON,
                "mask": False,
            }
            for down, colour in enumerate(MARK_COLOURS)
            for across, shape in enumerate(SHAPES)
        },
        update_triggers={"getIcon": [shapes]},
    )
    layer.icon_atlas = served.marks
    return [layer]


def _icon(key: Key) -> str:
    if key.colour not in MARK_COLOURS:
        raise ContractError(f"The picture of marks has none of the colour {key.colour}.")
    return f"{key.mark if key.mark in SHAPES else SHAPES[0]} {key.colour}"
