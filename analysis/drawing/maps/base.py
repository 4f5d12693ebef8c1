"""What every map of a force is drawn on: its ground, its districts, and a MapLibre style made of what is held.

Nothing of it comes from a third party. The texts made here are served once, under a name that follows from their
content, and then stay with the browser: only values travel with a change of filter.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd

from analysis.drawing.maps.palette import Look
from analysis.drawing.maps.shown import Outline
from analysis.drawing.maps.wgs84 import geojson
from analysis.model.land import Land


@dataclass(frozen=True)
class Served:
    """Where the browser finds what was served once: addresses on the app itself, but for ``style`` where streets
    of an online style are wanted (``streets``)."""

    ground: str
    style: str
    hatch: str
    marks: str
    outlines: str = ""
    streets: bool = False


def ground_geojson(land: Land) -> str:
    """Return the ground as it is served: each feature with its position ``i``, code and name, and no figure."""
    rows = land.outlines
    return geojson(
        rows,
        (
            {"i": i, "code": code, "name": name}
            for i, (code, name) in enumerate(zip(rows["ground_code"], rows["name"], strict=True))
        ),
    )


def districts_geojson(land: Land) -> str:
    """Return the districts as they are served, under the style."""
    return geojson(land.districts, ({"name": name} for name in land.districts["district_name"]))


def outlines_geojson(outlines: Sequence[Outline], land: Land) -> str:
    """Return the border of each outlined area as one feature, with its colour and its pattern.

    An area of which no ground has an outline is left out.
    """
    shapes, own = [], []
    for outline in outlines:
        shape = land.shape_of(outline.ground)
        if shape is not None:
            shapes.append(shape)
            own.append({"colour": outline.key.colour, "pattern": outline.key.mark})
    return geojson(gpd.GeoDataFrame(geometry=shapes, crs=land.outlines.crs), own)


def style(districts_url: str, look: Look) -> str:
    """Return the MapLibre style, as JSON: the districts held as land, with their borders, on a quiet ground."""
    drawn = {
        "version": 8,
        "sources": {"districts": {"type": "geojson", "data": districts_url}},
        "layers": [
            {"id": "outside", "type": "background", "paint": {"background-color": look.outside}},
            {"id": "land", "type": "fill", "source": "districts", "paint": {"fill-color": look.land}},
            {
                "id": "districts",
                "type": "line",
                "source": "districts",
                "paint": {"line-color": look.district, "line-width": 1.2 * look.line},
            },
        ],
    }
    return json.dumps(drawn, separators=(",", ":"))
