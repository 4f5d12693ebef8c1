"""A made country the size of England and Wales: outlines, lookup and police.uk files of 35,000 LSOAs, by chance.

No place in it is real. The LSOAs lie in a jittered grid, in 325 districts and 43 forces; one force, "metropolitan",
has 5,169 of them, as London has about 5,000.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from pyproj import Transformer

from analysis.model.vocabulary import CRIME_TYPES
from data.store import Store, open_store
from tests.data.conftest import STREET
from tests.data.made_outlines import grid

COLUMNS, ROWS = 250, 140
CAPITAL = "metropolitan"
FORCES = 43
MONTHS = pd.period_range("2022-07", periods=14, freq="M")
"""Thirteen months are the fewest that the shared filters can choose two periods from."""

POINTS = 8
"""Anonymised points an LSOA, from 50 to 300 m around its middle."""


def made_country(folder: Path, *, edge: int = 12, a_month: float = 3.0) -> Store:
    """Return a store of the country, made in this folder, imported as an office would import it.

    An LSOA's outline has four times ``edge`` corners, and ``a_month`` incidents a month on average, the capital's
    5 for each 3 of the others'.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cells = grid(COLUMNS, ROWS, edge=edge)
    number = np.arange(len(cells))
    # codes from E01033769 on were first given in 2021: the last are Wales's
    cells["LSOA21CD"] = [f"E01{at + 1:06d}" if at < 33_300 else f"W01{at - 33_299:06d}" for at in number]
    lsoas = pd.DataFrame({"code": cells["LSOA21CD"], "at": number}).assign(**_placed(number))
    middle = cells.geometry.centroid
    files = folder / "files"
    _write_months(files, lsoas, np.column_stack([middle.x, middle.y]), a_month)
    held = open_store(folder / "store")
    report = held.import_police_uk(files)
    assert report.ok, report
    names = lsoas["name"]
    pd.DataFrame(
        {
            "LSOA11CD": lsoas["code"], "LSOA11NM": names, "CHGIND": "U", "LSOA21CD": lsoas["code"],
            "LSOA21NM": names, "LAD22CD": [f"E07{at + 1:06d}" for at in lsoas["district"]],
            "LAD22NM": lsoas["district_name"],
        }
    ).to_csv(folder / "lookup.csv", index=False)  # fmt: skip
    held.import_lookup(folder / "lookup.csv")
    cells.to_file(folder / "lsoa.gpkg")
    held.import_geography(folder / "lsoa.gpkg")
    return held


def _placed(number: np.ndarray) -> dict[str, object]:
    """Return the district, force and name of each LSOA: blocks of ten columns, and the capital's one block of 48."""
    across, up = number // ROWS // 10, number % ROWS * 13 // ROWS
    district = across * 13 + up
    capital = (across >= 8) & (across < 20) & (up >= 4) & (up < 8)
    others = np.unique(district[~capital])
    share = {at: force for force, part in enumerate(np.array_split(others, FORCES - 1)) for at in part}
    force = [
        CAPITAL if inside else f"made-{share[at] + 1:02d}"
        for at, inside in zip(district, capital, strict=True)
    ]
    district_name = pd.Series([f"Made District {at + 1:03d}" for at in district])
    within = pd.Series(number).groupby(district).cumcount()
    name = district_name + [f" {at // 5 + 1:03d}{'ABCDE'[at % 5]}" for at in within]
    return {"district": district, "district_name": district_name, "force": force, "name": name}


def _write_months(files: Path, lsoas: pd.DataFrame, middle: np.ndarray, a_month: float) -> None:
    dice = np.random.default_rng(1)
    turn = dice.uniform(0, 2 * np.pi, (len(lsoas), POINTS))
    far = dice.uniform(50, 300, turn.shape)
    longitude, latitude = Transformer.from_crs(27700, 4326, always_xy=True).transform(
        middle[:, :1] + far * np.cos(turn), middle[:, 1:] + far * np.sin(turn)
    )
    # a few places have most: a gamma share a place, and Poisson months
    usual = dice.gamma(1.5, 1 / 1.5, len(lsoas)) * a_month
    usual *= np.where(lsoas["force"] == CAPITAL, 5 / 3, 1)
    weight = np.array([6, 20, 6, 10, 30, 4, 3, 5, 1, 4, 2, 1, 2, 6], float)
    for month in MONTHS:
        row = np.repeat(np.arange(len(lsoas)), dice.poisson(usual))
        point = (POINTS * dice.random(len(row)) ** 2).astype(int)
        force = lsoas["force"].to_numpy()[row]
        by = [f"{each.replace('-', ' ').title()} Police" for each in force]
        table = pd.DataFrame(
            {
                "Crime ID": [f"{each:064x}" for each in dice.integers(1, 2**62, len(row))],
                "Month": str(month), "Reported by": by, "Falls within": by,
                "Longitude": longitude[row, point].round(6), "Latitude": latitude[row, point].round(6),
                "Location": [f"On or near Made Street {each}" for each in point],
                "LSOA code": lsoas["code"].to_numpy()[row], "LSOA name": lsoas["name"].to_numpy()[row],
                "Crime type": np.array(CRIME_TYPES)[dice.choice(len(CRIME_TYPES), len(row), p=weight / weight.sum())],
                "Last outcome category": "Under investigation", "Context": "",
            },
            columns=STREET,
        )  # fmt: skip
        place = files / str(month)
        place.mkdir(parents=True, exist_ok=True)
        for name, rows in table.groupby(force):
            rows.to_csv(place / f"{month}-{name}-street.csv", index=False)
