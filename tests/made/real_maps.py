"""A map of the real ground, our way and pydeck's plain way: for the bench, and for the test of what travels."""

from __future__ import annotations

import numpy as np
import pydeck as pdk

from analysis.drawing.maps.base import Served
from analysis.drawing.maps.classes import count_edges
from analysis.drawing.maps.deck import deck, pointing
from analysis.drawing.maps.incident_map import count_map
from analysis.drawing.maps.palette import LIGHT, rgb
from analysis.model.land import Land, land_of
from analysis.model.periods import Period
from analysis.stats.ground_counts import GroundCounts
from tests.made.made_maps import made_counts

SERVED = Served(
    "/app/static/maps/g.json", "/app/static/maps/s.json", "/app/static/maps/h.png", "/app/static/maps/m.png"
)
YEAR = Period.parse("2023-07:2024-06")


def real_ground(store) -> tuple[Land, dict[str, str]]:
    """The land of a store as the pages draw it, and the name of each unit."""
    places = store.ground()
    places = places.loc[places["in_force"]] if "in_force" in places else places.assign(in_force=True)
    names = dict(zip(places["ground_code"], places["ground_name"], strict=True))
    land = land_of(
        store.screen_boundaries(), places, districts=store.districts(), names=names, approximate=False
    )
    return land, names


def counts(land: Land, turn: int) -> GroundCounts:
    """Counts of a year that differ from turn to turn."""
    drawn = np.random.default_rng(turn).negative_binomial(1, 0.02, (len(land.outlines), 12)).astype(float)
    rows = {code: list(row) for code, row in zip(land.outlines["ground_code"], drawn, strict=True)}
    return made_counts(rows, str(YEAR.first))


def ours(land: Land, names: dict[str, str], turn: int) -> str:
    """What our map sends."""
    shown = count_map(counts(land, turn), names=names)
    return deck(shown, land, SERVED, LIGHT, width=820, height=560).to_json() + pointing(shown, land)


def plain(land: Land, names: dict[str, str], turn: int) -> str:
    """What a plain map of the same sends: outlines with colours and texts, by pydeck's own writer."""
    shown = count_map(counts(land, turn), names=names)
    assert count_edges(shown.data["incidents"])
    table = shown.ground.table.set_index("ground_code").loc[land.outlines["ground_code"]]
    colours = [rgb(key.colour) for key in shown.ground.keys]
    frame = land.outlines.to_crs(4326).assign(
        colour=[colours[at] for at in table["key"]], text=list(table["text"])
    )
    layer = pdk.Layer(
        "GeoJsonLayer",
        frame.__geo_interface__,
        id="ground",
        pickable=True,
        get_fill_color="properties.colour",
    )
    view = pdk.ViewState(longitude=-1.2, latitude=54.6, zoom=9)
    return pdk.Deck(
        [layer], initial_view_state=view, map_style=None, tooltip={"text": "{name}\n{text}"}
    ).to_json()
