"""Another force than Cleveland, made: its districts, LSOAs and months, laid out as the services have them."""

from __future__ import annotations

import csv
import io

import numpy as np
import pandas as pd

from analysis.model.vocabulary import CRIME_TYPES
from tests.made.ons_server import LOOKUP, Row, made_layers

FORCE, FORCE_NAME = "humberside", "Humberside Police"
"""A real force, so that its name is known; what is recorded is invented, and so are its LSOAs."""

DISTRICTS = {"E06000010": "Kingston upon Hull", "E06000011": "East Riding"}
WORDS_OF_OTHERS = ("Cleveland", "Stockton", "Billingham", "Thornaby", "Middlesbrough")
"""What no page of another force may speak of."""

COLUMNS = ["Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
           "Crime type", "Last outcome category", "Context"]  # fmt: skip
USUAL = 2.0
"""Incidents of a type in a month and an LSOA, in the mean."""


def layers(per_district: int = 15) -> dict[str, list[Row]]:
    """The layers of its two districts; its police force area has the force's name without “Police”."""
    return made_layers({"Humberside": DISTRICTS}, per_district)


def joined(*services: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Several forces' layers as one service has them."""
    return {name: [row for each in services for row in each.get(name, [])] for name in services[0]}


def street_files(last: str = "2024-06", months: int = 24, per_district: int = 15) -> dict[str, bytes]:
    """Its street files by their names in an archive: each LSOA has about as much of each type in every month."""
    dice = np.random.default_rng(7)
    places = {row["LSOA21CD"]: (row["LSOA21NM"], row["geometry"]) for row in _squares(per_district)}
    files = {}
    for month in pd.period_range(end=pd.Period(last, freq="M"), periods=months):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code, (name, square) in places.items():
            (west, south), (east, north) = np.min(square, axis=0), np.max(square, axis=0)
            for crime_type in CRIME_TYPES:
                for number in range(dice.poisson(USUAL)):
                    at = west + (east - west) * (number % 3 + 1) / 4, south + (north - south) / 2
                    writer.writerow(
                        [f"{dice.integers(2**62):064x}" if crime_type != "Anti-social behaviour" else "", month, FORCE_NAME,
                         FORCE_NAME, f"{at[0]:.6f}", f"{at[1]:.6f}", "On or near Mill Lane", code, name, crime_type,
                         "Under investigation" if crime_type != "Anti-social behaviour" else "", ""]
                    )  # fmt: skip
        files[f"{month}/{month}-{FORCE}-street.csv"] = out.getvalue().encode()
    return files


def _squares(per_district: int) -> list[Row]:
    made = layers(per_district)
    outlines = next(rows for name, rows in made.items() if name.startswith("Lower_layer"))
    names = {row["LSOA21CD"]: row["LSOA21NM"] for row in made[LOOKUP]}
    return [
        {**row, "LSOA21NM": names[row["LSOA21CD"]], "geometry": row["geometry"]["coordinates"][0]}
        for row in outlines
    ]
