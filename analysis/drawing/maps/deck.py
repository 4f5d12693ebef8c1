"""A map as a pydeck.Deck: geometry by address, values as one digit a unit, texts as a style sheet.

The ground is served once and stays with the browser; a class of ground travels as one digit a unit, which the
layer's colour looks up by the unit's position. What a reader sees on pointing at it cannot be in the geometry
either, so it travels as a style sheet (`pointing`), one rule a unit, that fills the tooltip.
"""

from __future__ import annotations

import json
from functools import lru_cache

import pydeck as pdk
from pydeck.bindings import deck as pydeck_deck
from pydeck.bindings.json_tools import default_serialize

from analysis.drawing import encoded
from analysis.drawing.maps.base import Served
from analysis.drawing.maps.layers import border_layer, cell_layers, ground_layers, mark_layers, outline_layers
from analysis.drawing.maps.lettering import controls, in_sight, large_marks, name_layers, with_names
from analysis.drawing.maps.palette import Look
from analysis.drawing.maps.placing import Box
from analysis.drawing.maps.shown import Shown
from analysis.drawing.maps.wgs84 import View, sight_of, view_of
from analysis.model.land import Land

TILT = 50
"""Degrees that a map of columns is tilted by."""

SMALL_AREA = 150.0
"""Pixels across an area up to which a name of something else would hide most of it."""

MOST_RULES = 8_000
"""Rules kept, of some hundred bytes each: the units of a force say the same on each map of a crime type, whatever areas it has."""

TOOLTIP = {
    "html": '<b>{name}</b><div class="pointed p{i}"></div>',
    "style": {"maxWidth": "22rem", "backgroundColor": "#16191D", "color": "#FFFFFF", "fontSize": "0.95rem"},
}


# whether there is a notebook's widget is looked for on disk five times a deck: a tenth of what a map costs
pydeck_deck.has_jupyter_extra = lru_cache(maxsize=1)(pydeck_deck.has_jupyter_extra)


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck has no types
    """A deck whose JSON has no white space: pydeck's own is indented, three times as large, and slower to write."""

    def to_json(self) -> str:
        """Return the deck as compact JSON."""
        return json.dumps(self, sort_keys=True, default=default_serialize, separators=(",", ":"))


class KeptDeck(CompactDeck):
    """A deck that was written as JSON once: sent as it is each time, and never made anew."""

    def __init__(self, made: pdk.Deck) -> None:
        super().__init__(layers=[], initial_view_state=made.initial_view_state, tooltip=TOOLTIP)
        self._text = made.to_json()

    def to_json(self) -> str:
        """Return the JSON as it was written."""
        return str(self._text)


def deck(shown: Shown, land: Land, served: Served, look: Look, *, width: int, height: int) -> pdk.Deck:
    """Return the map: from below, ground, hatching, cells, borders, outlines, marks, scale bar and names.

    ``width`` and ``height`` are the pixels it is shown in, by which the first view is chosen. Every layer has an
    id, the same at each run, so that the browser keeps what did not change. Only ``ground``, ``cells`` and
    ``marks`` can be pointed at and chosen.
    """
    bounds = land.bounds_of(shown.focus)
    view = view_of(with_names(bounds, shown.names, view_of(bounds, width, height), look), width, height)
    sight = sight_of(view, width, height)
    raised = shown.marks is not None and shown.marks.raised
    layers = [
        *ground_layers(shown.ground, land, served, look),
        *cell_layers(shown.cells),
        border_layer(served, look),
        *outline_layers(shown, served, look),
        *mark_layers(shown.marks, served, look, view),
        *name_layers(
            in_sight(shown.names, sight, view, look),
            bounds,
            view,
            look,
            TILT if raised else 0,
            avoid=[
                *large_marks(shown.marks, view),
                *_small_areas(shown, land, view),
                controls(sight, view, look),
            ],
        ),
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


def _small_areas(shown: Shown, land: Land, view: View) -> list[Box]:
    """Return the boxes of the areas with dashes, as far as they are no larger than a name or two."""
    dashed = [
        land.bounds_of(outline.ground)
        for outline in shown.outlines
        if outline.key.mark == "dashes" and land.shape_of(outline.ground) is not None
    ]
    most = SMALL_AREA * view.metres_a_pixel
    return [box for box in dashed if max(box[2] - box[0], box[3] - box[1]) <= most]


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


@lru_cache(maxsize=MOST_RULES)
def _rule(name: str, text: str) -> str:
    return f'.p{name}::after{{content:"{encoded.css_string(text)}"}}'
