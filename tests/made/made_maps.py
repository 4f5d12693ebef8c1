"""Made land, served addresses and maps for the tests of maps: squares of five kilometres whose answers are known."""

from __future__ import annotations

import json
import re

import geopandas as gpd
import pandas as pd
import pydeck as pdk
import shapely

from analysis.drawing.maps.base import Served
from analysis.drawing.maps.deck import deck
from analysis.drawing.maps.palette import LIGHT, Look
from analysis.drawing.maps.shown import Ground, Key, Shown
from analysis.model.land import Land, land_of
from analysis.model.periods import Period
from analysis.stats.ground_counts import GroundCounts

SERVED = Served("/g.json", "/s.json", "/h.png", "/m.png", "/o.json")
CODES = ("G00", "G01", "G02", "G03", "G04", "G05")
NAMES = dict(zip(CODES, ("Ay", "Bee", "Cee", "Dee", "Ee", "Eff"), strict=True))


def squares(side: float = 5_000, at: tuple[float, float] = (440_000, 510_000)) -> gpd.GeoDataFrame:
    """Six units in two rows of three, from the south-west."""
    east, north = at
    boxes = [
        shapely.box(east + side * x, north + side * y, east + side * (x + 1), north + side * (y + 1))
        for y in range(2)
        for x in range(3)
    ]
    return gpd.GeoDataFrame({"ground_code": CODES}, geometry=boxes, crs="EPSG:27700")


def made_places() -> pd.DataFrame:
    """The six units in two districts, the southern and the northern."""
    return pd.DataFrame(
        {
            "ground_code": CODES,
            "district_name": ["South"] * 3 + ["North"] * 3,
            "in_force": True,
            "joined": True,
        }
    )


def made_land(names: dict[str, str] | None = None) -> Land:
    return land_of(squares(), made_places(), districts=None, names=names or NAMES, approximate=False)


def by_class(classes: dict[str, int], keys: tuple[Key, ...], text: str = "as it is") -> Ground:
    table = pd.DataFrame(
        {
            "ground_code": sorted(classes),
            "name": [NAMES.get(code, code) for code in sorted(classes)],
            "key": [classes[code] for code in sorted(classes)],
            "text": text,
        }
    )
    return Ground("Recorded", keys, table)


def made(**parts) -> Shown:
    words = {"title": "It fell", "subtitle": "Recorded incidents", "alt": "It fell.", "data": pd.DataFrame()}
    return Shown(**{**words, **parts})


def drawn(shown: Shown, look: Look = LIGHT, served: Served = SERVED, land: Land | None = None) -> dict:
    """The deck as the browser is given it."""
    made_deck: pdk.Deck = deck(shown, land or made_land(), served, look, width=820, height=560)
    return json.loads(made_deck.to_json())


def layers(shown: Shown, **how) -> dict[str, dict]:
    return {layer["id"]: layer for layer in drawn(shown, **how)["layers"]}


def looked_up(accessor: str) -> tuple[list, str]:
    """The colours and the classes of an accessor ``@@=(colours)[("classes")[properties.i]]``."""
    found = re.fullmatch(r'@@=\((\[.*\])\)\[\("(\d*)"\)\[properties\.i\]\]', accessor)
    assert found, accessor
    return json.loads(found[1]), found[2]


def filled(layer: dict) -> str:
    """The accessor that ground is coloured by: in the layer it is made of, which Streamlit does not pale."""
    assert "getFillColor" not in layer
    return layer["_subLayerProps"]["polygons-fill"]["getFillColor"]


def colours_of(layer: dict) -> list[list[int]]:
    """The colour of each unit, looked up as the browser does."""
    colours, classes = looked_up(filled(layer))
    return [colours[int(each)] for each in classes]


def made_counts(
    rows: dict[str, list[float]], first: str = "2024-01", crime_types=("Shoplifting",), unpublished=()
) -> GroundCounts:
    """Counts by unit and month; a month of NaN is missing."""
    months = pd.period_range(first, periods=len(next(iter(rows.values()))), freq="M")
    table = pd.DataFrame([rows[code] for code in sorted(rows)], index=sorted(rows), columns=months)
    table.index.name = "ground_code"
    missing = tuple(month for month in months if table[month].isna().any())
    return GroundCounts(table, tuple(crime_types), Period(months[0], months[-1]), missing, tuple(unpublished))
