"""The point or code of a place, for the kinds of record that take one: its columns, and that it is whole."""

from __future__ import annotations

from analysis.model.errors import RefusedError
from analysis.records.contract import RecordColumn, Row

LSOA_COLUMN = RecordColumn(
    "lsoa",
    "lsoa",
    False,
    "LSOA of the place, of either vintage",
    also=("LSOA code",),
    example="E01012284",
)
POINT_COLUMNS = (
    RecordColumn(
        "longitude", "longitude", False, "Longitude of the place, WGS84", "degrees", also=("lon", "long")
    ),
    RecordColumn("latitude", "latitude", False, "Latitude of the place, WGS84", "degrees", also=("lat",)),
)
POINT = tuple(column.name for column in POINT_COLUMNS)


def check_point(row: Row) -> None:
    """RefusedError when only one of longitude and latitude is given."""
    if (row["longitude"] is None) != (row["latitude"] is None):
        raise RefusedError("one of longitude and latitude is missing; give both or neither")
