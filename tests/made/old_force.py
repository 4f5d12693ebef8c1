"""A made force with months on both sides of May 2013: types as police.uk had them, two districts with a town centre each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.model.old_types import not_a_type
from analysis.model.vocabulary import PANEL_TYPES
from data.store import Store, open_store
from tests.data.conftest import STREET
from tests.data.made_outlines import grid

FORCE, FORCE_NAME = "humberside", "Humberside Police"
DISTRICTS = ("Made North", "Made South")
CENTRES = {name: f"centre-of-{name.lower().replace(' ', '-')}" for name in DISTRICTS}
"""The town centre of each, by key."""

FIRST, LAST = "2011-05", "2014-04"

OLD_YEARS = {
    "baseline_from": "May 2011", "baseline_to": "Apr 2012", "comparison_from": "May 2012", "comparison_to": "Apr 2013",
}  # fmt: skip
"""Two years whose months all have the old types, as a link says them."""

MIXED_YEARS = {
    "baseline_from": "May 2012", "baseline_to": "Apr 2013", "comparison_from": "May 2013", "comparison_to": "Apr 2014",
}  # fmt: skip
"""A year before May 2013, and one after."""


def ground(lsoas: int) -> pd.DataFrame:
    """Return one row an LSOA: code, name, district; ``lsoas`` are of each district."""
    number = np.arange(len(DISTRICTS) * lsoas)
    district = [DISTRICTS[at // lsoas] for at in number]
    return pd.DataFrame(
        {
            "code": [f"E01{at + 1:06d}" for at in number],
            "district": district,
            "name": [f"{of} {at % lsoas // 5 + 1:03d}{'ABCDE'[at % 5]}" for at, of in zip(number, district, strict=True)],
        }
    )  # fmt: skip


def street_rows(lsoas: int = 30, a_month: float = 2.0) -> pd.DataFrame:
    """Return every street-level row in the columns of police.uk; a hundredth has no LSOA.

    Of “Violent crime” the first LSOA of the first district has five times as many, and a fifth of that in its second year.
    """
    places, months = ground(lsoas), pd.period_range(FIRST, LAST, freq="M")
    there, dice = ~not_a_type(months, PANEL_TYPES), np.random.default_rng(3)
    usual = dice.gamma(4, 1 / 4, len(places)) * a_month
    parts = []
    for at, month in enumerate(months):
        for column, crime_type in enumerate(PANEL_TYPES):
            if not there[at, column]:
                continue
            mean = usual.copy()
            if crime_type == "Violent crime":
                mean *= 2
                mean[0] *= 5 if at < 12 else 1
            row = np.repeat(np.arange(len(places)), dice.poisson(mean))
            parts.append(places.iloc[row].assign(month=str(month), crime_type=crime_type))
    rows = pd.concat(parts, ignore_index=True)
    nowhere, asb = dice.random(len(rows)) < 0.01, rows["crime_type"] == PANEL_TYPES[0]
    return pd.DataFrame(
        {
            "Crime ID": np.where(asb, "", [f"{at + 1:064x}" for at in range(len(rows))]),
            "Month": rows["month"], "Reported by": FORCE_NAME, "Falls within": FORCE_NAME,
            "Longitude": np.where(nowhere, "", "-1.3"), "Latitude": np.where(nowhere, "", "54.5"),
            "Location": "On or near Made Street", "LSOA code": np.where(nowhere, "", rows["code"]),
            "LSOA name": np.where(nowhere, "", rows["name"]), "Crime type": rows["crime_type"],
            "Last outcome category": np.where(asb, "", "Under investigation"), "Context": "",
        },
        columns=STREET,
    )  # fmt: skip


def old_store(folder: Path, rows: pd.DataFrame, lsoas: int = 30) -> Store:
    """Return a store of these rows, made in this folder, with lookup and outlines."""
    for month, of_month in rows.groupby("Month"):
        place = folder / "files" / str(month)
        place.mkdir(parents=True)
        of_month.to_csv(place / f"{month}-{FORCE}-street.csv", index=False)
    held = open_store(folder / "store")
    _name_centres(held.path, lsoas)
    report = held.import_police_uk(folder / "files")
    assert report.ok, report
    places = ground(lsoas)
    pd.DataFrame(
        {
            "LSOA11CD": places["code"], "LSOA11NM": places["name"], "CHGIND": "U", "LSOA21CD": places["code"],
            "LSOA21NM": places["name"], "LAD22CD": [f"E0600001{DISTRICTS.index(each)}" for each in places["district"]],
            "LAD22NM": places["district"],
        }
    ).to_csv(folder / "lookup.csv", index=False)  # fmt: skip
    held.import_lookup(folder / "lookup.csv")
    cells = grid(len(DISTRICTS), lsoas, edge=2)
    cells["LSOA21CD"] = places["code"].to_numpy()
    cells.to_file(folder / "lsoa.gpkg")
    held.import_geography(folder / "lsoa.gpkg")
    return held


def _name_centres(root: Path, lsoas: int) -> None:
    """Name the first LSOA of each district a town centre, in the office's own file of areas."""
    lines = [f'[forces.{FORCE}]\nname = "{FORCE_NAME}"\ndistricts = {list(DISTRICTS)}\n']
    for name, first in zip(DISTRICTS, ground(lsoas).iloc[::lsoas].itertuples(), strict=True):
        unit = f'{{ lsoa_2011 = ["{first.code}"], lsoa_2021 = ["{first.code}"], name = "{first.name}" }}'
        lines.append(
            f'[areas.{CENTRES[name]}]\nname = "Centre of {name}"\nkind = "town centre"\nforce = "{FORCE}"\n'
            f'district = "{name}"\nground = [{unit}]\n'
        )
    root.mkdir(parents=True, exist_ok=True)
    (root / "areas.toml").write_text("\n".join(lines))
