"""The ground of the demonstration: three town centres under their real codes, everything else invented.

It is drawn as a honeycomb in the North Sea, so that nothing simulated lies in a real street and nobody takes
it for a map. Invented LSOAs have codes that ONS does not use and names that say so.
"""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import Transformer
from shapely.geometry import Polygon

from analysis.model.ground import LOOKUP_COLUMNS
from data.areas import read_areas

DISTRICT_CODE, DISTRICT = "E06000004", "Stockton-on-Tees"
TOWN_CENTRES = ("billingham-town-centre", "thornaby-town-centre", "stockton-town-centre")
INVENTED = "Invented place"

NAMES_2021 = {
    "E01012276": "002E",
    "E01012284": "020C",
    "E01035197": "025A",
    "E01035198": "025B",
    "E01012267": "025C",
    "E01035199": "025D",
    "E01035200": "026A",
}
"""Of the real LSOAs, by code; E01012267 was 014F until 2021. Source: ONS exact-fit lookup."""

RADIUS = 6
"""Rings of hexagons round the middle one: 1 + 3 x 6 x 7 = 127 units, about as many as the district has."""

HEXAGON = 500.0
"""Metres from the middle of a hexagon to its corner."""

MIDDLE = (500_000.0, 550_000.0)
"""British National Grid, metres: in the North Sea, 45 km off Hartlepool."""

POINTS = 12
"""Points of a hexagon on which incidents are put, as police.uk puts them on snap points."""

SPLIT_EVERY, MERGED_EVERY = 13, 61
"""Every so many invented units were split, or merged, between the vintages: 10 and 2 of them."""

_PLACES = {
    "stockton-town-centre": ((0, 0), (1, 0), (0, 1)),
    "billingham-town-centre": ((2, -5),),
    "thornaby-town-centre": ((1, 4),),
}
WARD_MIDDLES = ((0, 0), (4, 0), (0, 4), (-4, 4), (-4, 0), (0, -4), (4, -4))
"""Cells in the middle of the invented wards: each cell belongs to the nearest, the first of several."""

INVENTED_CENTRE = (-3, 1)
"""An invented town centre, so that Stockton's has places like itself to be compared with."""


@dataclass(frozen=True, eq=False)
class DemoGround:
    """The invented district.

    ``units``: one row a unit of common ground, sorted: ground_code, area (key of its town centre or empty),
    steps (hexagons to the invented centre). ``pieces``: one row a pair of LSOAs, the columns of the
    lookup and ground_code. ``points``: longitude, latitude, piece (row of ``pieces``), ground_code, street.
    ``boundaries``: ground_code and its hexagon, EPSG:27700. ``wards``: ward_code, ward_name, district_name, geometry,
    under codes that ONS does not use and names that say so.
    """

    units: pd.DataFrame
    pieces: pd.DataFrame
    points: pd.DataFrame
    boundaries: gpd.GeoDataFrame
    wards: gpd.GeoDataFrame

    @property
    def lookup(self) -> pd.DataFrame:
        """The pairs in the form of the ONS exact-fit lookup."""
        return self.pieces[list(LOOKUP_COLUMNS)].sort_values(["LSOA11CD", "LSOA21CD"], ignore_index=True)


def build_ground() -> DemoGround:
    """Return the ground of the demonstration, the same each time."""
    cells = [
        (q, r) for q in range(-RADIUS, RADIUS + 1) for r in range(-RADIUS, RADIUS + 1) if abs(q + r) <= RADIUS
    ]
    named = _named_pieces()
    taken = {cell for places in _PLACES.values() for cell in places}
    invented = _invented_pieces(len(cells) - len(taken))
    homes = [cell for key in TOWN_CENTRES for cell in _PLACES[key]] + [c for c in cells if c not in taken]
    pieces = pd.DataFrame([row for unit in (*named, *invented) for row in unit])
    codes = [unit[0]["ground_code"] for unit in (*named, *invented)]
    units = pd.DataFrame(
        {
            "ground_code": codes,
            "area": [key for key in TOWN_CENTRES for _ in _PLACES[key]] + [""] * len(invented),
            "steps": [_steps(cell, INVENTED_CENTRE) for cell in homes],
        }
    )
    middles = [_middle(cell) for cell in homes]
    boundaries = gpd.GeoDataFrame(
        {"ground_code": codes}, geometry=[_hexagon(*middle) for middle in middles], crs="EPSG:27700"
    )
    return DemoGround(
        units=units.sort_values("ground_code", ignore_index=True),
        pieces=pieces,
        points=_points(pieces, dict(zip(codes, middles, strict=True))),
        boundaries=boundaries.sort_values("ground_code", ignore_index=True),
        wards=_wards(homes, boundaries),
    )


def _wards(homes: list[tuple[int, int]], boundaries: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    nearest = np.array([[_steps(cell, middle) for middle in WARD_MIDDLES] for cell in homes]).argmin(axis=1)
    numbers = range(1, len(WARD_MIDDLES) + 1)
    hexagons = boundaries.geometry.to_numpy()
    return gpd.GeoDataFrame(
        {
            "ward_code": [f"E05{999000 + number}" for number in numbers],
            "ward_name": [f"Invented ward {number}" for number in numbers],
            "district_name": DISTRICT,
        },
        geometry=[shapely.union_all(hexagons[nearest == number - 1]) for number in numbers],
        crs=boundaries.crs,
    )


def _piece(ground: str, old: tuple[str, str], new: tuple[str, str], change: str) -> dict[str, str]:
    values = (*old, change, *new, DISTRICT_CODE, DISTRICT)
    return {**dict(zip(LOOKUP_COLUMNS, values, strict=True)), "ground_code": ground}


def _named_pieces() -> list[list[dict[str, str]]]:
    areas = read_areas().areas
    return [
        [
            _piece(
                unit.ground_code,
                (unit.ground_code, unit.name),
                (code, f"{DISTRICT} {NAMES_2021[code]}"),
                "U" if len(unit.codes_2021) == 1 else "S",
            )
            for code in unit.codes_2021
        ]
        for key in TOWN_CENTRES
        for unit in areas[key].units
    ]


def _invented_pieces(count: int) -> list[list[dict[str, str]]]:
    units = []
    old = new = 0

    def next_old() -> tuple[str, str]:
        nonlocal old
        old += 1
        return f"E01{999000 + old}", f"{INVENTED} {901 + (old - 1) // 5}{'ABCDE'[(old - 1) % 5]}"

    def next_new() -> tuple[str, str]:
        nonlocal new
        new += 1
        return f"E01{999500 + new}", f"{INVENTED} {951 + (new - 1) // 5}{'ABCDE'[(new - 1) % 5]}"

    for number in range(1, count + 1):
        if number % MERGED_EVERY == 0:
            merged = next_new()
            units.append([_piece(merged[0], next_old(), merged, "M") for _ in range(2)])
        elif number % SPLIT_EVERY == 0:
            split = next_old()
            units.append([_piece(split[0], split, next_new(), "S") for _ in range(2)])
        else:
            same = next_old()
            units.append([_piece(same[0], same, same, "U")])
    return units


def _steps(a: tuple[int, int], b: tuple[int, int]) -> int:
    q, r = a[0] - b[0], a[1] - b[1]
    return max(abs(q), abs(r), abs(q + r))


def _middle(cell: tuple[int, int]) -> tuple[float, float]:
    q, r = cell
    return MIDDLE[0] + HEXAGON * np.sqrt(3) * (q + r / 2), MIDDLE[1] - HEXAGON * 1.5 * r


def _hexagon(x: float, y: float) -> Polygon:
    turns = np.radians(60 * np.arange(6) + 30)
    # whole metres, so that neighbours meet in the same corner and not a rounding error apart
    return Polygon(
        zip((x + HEXAGON * np.cos(turns)).round(), (y + HEXAGON * np.sin(turns)).round(), strict=True)
    )


def _points(pieces: pd.DataFrame, middles: dict[str, tuple[float, float]]) -> pd.DataFrame:
    """Return `POINTS` points a unit, on a ring inside its hexagon, shared out between its pieces in order."""
    to_degrees = Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    frames = []
    for ground, rows in pieces.groupby("ground_code", sort=True):
        x, y = middles[str(ground)]
        turns = 2 * np.pi * np.arange(POINTS) / POINTS
        reach = HEXAGON * np.where(np.arange(POINTS) % 2, 0.35, 0.7)
        frames.append(
            pd.DataFrame(
                {
                    "x": x + reach * np.cos(turns),
                    "y": y + reach * np.sin(turns),
                    "piece": rows.index[np.arange(POINTS) * len(rows) // POINTS],
                    "ground_code": ground,
                }
            )
        )
    points = pd.concat(frames, ignore_index=True)
    longitude, latitude = to_degrees.transform(points["x"].to_numpy(), points["y"].to_numpy())
    return pd.DataFrame(
        {
            "longitude": longitude.round(6),
            "latitude": latitude.round(6),
            "piece": points["piece"],
            "ground_code": points["ground_code"],
            "street": [f"Invented Street {number}" for number in range(1, len(points) + 1)],
        }
    )
