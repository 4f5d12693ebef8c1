"""Made outlines: GeoJSON from shapes by code, and a jittered grid whose cells meet corner by corner."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from shapely.geometry import Polygon, box, mapping

SQUARE, BESIDE = box(-1.3, 54.5, -1.2, 54.6), box(-1.2, 54.5, -1.1, 54.6)
BOW_TIE = Polygon([(-1.3, 54.5), (-1.2, 54.6), (-1.2, 54.5), (-1.3, 54.6)])
WGS84, GRID = "urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::27700"


def geojson(
    path: Path, shapes: dict[str, object], column: str = "LSOA21CD", crs: str | None = WGS84, **named: object
) -> Path:
    """Write one feature a code, with further columns of one value each."""
    features = [
        {
            "type": "Feature",
            "properties": {column: code, **named},
            "geometry": None if shape is None else mapping(shape),
        }
        for code, shape in shapes.items()
    ]
    document: dict = {"type": "FeatureCollection", "features": features}
    if crs:
        document["crs"] = {"type": "name", "properties": {"name": crs}}
    path.write_text(json.dumps(document))
    return path


def shapefile(table: gpd.GeoDataFrame, folder: Path, name: str = "made") -> dict[str, bytes]:
    """Return the files of a shapefile of this table, by name."""
    folder.mkdir(parents=True, exist_ok=True)
    table.to_file(folder / f"{name}.shp", encoding="utf-8")
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"{name}.*"))}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """Write a zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return path


def grid(
    columns: int, rows: int, *, edge: int = 6, size: float = 800.0, jitter: float = 0.8, seed: int = 1
) -> gpd.GeoDataFrame:
    """Return cells (LSOA21CD, geometry, EPSG:27700) whose shared edges have ``edge`` corners moved by chance."""
    dice = np.random.default_rng(seed)
    corner = np.stack(
        np.meshgrid(np.arange(columns + 1), np.arange(rows + 1), indexing="ij"), axis=-1
    ) * size + np.array([100_000.0, 20_000.0])
    corner += dice.uniform(-0.15, 0.15, corner.shape) * size

    def edges(start: np.ndarray, end: np.ndarray) -> np.ndarray:
        along = (np.arange(edge) / edge)[:, None]
        points = start[..., None, :] * (1 - along) + end[..., None, :] * along
        moved = dice.uniform(-0.5, 0.5, points.shape) * jitter * size / edge
        moved[..., 0, :] = 0
        return points + moved

    across, up = edges(corner[:-1], corner[1:]), edges(corner[:, :-1], corner[:, 1:])
    rings = []
    for i in range(columns):
        for j in range(rows):
            right = [*up[i + 1, j], corner[i + 1, j + 1]]
            top = [*across[i, j + 1], corner[i + 1, j + 1]][::-1]
            left = [*up[i, j], corner[i, j + 1]][::-1]
            rings.append(np.array([*across[i, j], *right[:-1], *top[:-1], *left]))
    return gpd.GeoDataFrame(
        {"LSOA21CD": [f"E01{number:06d}" for number in range(1, len(rings) + 1)]},
        geometry=shapely.polygons(rings),
        crs="EPSG:27700",
    )
