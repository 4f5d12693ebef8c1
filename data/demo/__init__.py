"""The demonstration: simulated months, ground and records."""

from data.demo.building import (
    EMPTY_LOCATIONS,
    LAST_EMPTY_LOCATION,
    MARKER,
    MIXED,
    RECIPE,
    SEED,
    build_demonstration,
    street_rows,
)

__all__ = [
    "EMPTY_LOCATIONS",
    "LAST_EMPTY_LOCATION",
    "MARKER",
    "MIXED",
    "RECIPE",
    "SEED",
    "build_demonstration",
    "street_rows",
]
