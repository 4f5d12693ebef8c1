"""A made country of any size: forces, districts, LSOAs and months by chance, imported as an office imports them.

No place in it is real. A few places have most (a gamma share each), and months are Poisson. Some rows have no LSOA, one
force has a month that is missing, and Northern Ireland has no LSOA at all, where it is asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.model.vocabulary import CRIME_TYPES
from data.store import Store, open_store
from tests.data.conftest import STREET
from tests.data.made_outlines import grid

WEIGHT = np.array([6, 20, 6, 10, 30, 4, 3, 5, 1, 4, 2, 1, 2, 6], float)


@dataclass(frozen=True)
class Country:
    """How large it is: ``districts`` and their ``lsoas`` are of all forces together and of each district."""

    forces: int = 3
    districts: int = 6
    lsoas: int = 30
    months: int = 24
    a_month: float = 5.0
    nowhere: bool = True

    def table(self) -> pd.DataFrame:
        """Return one row an LSOA: code, name, district, force."""
        parts = np.array_split(np.arange(self.districts), self.forces)
        force = {int(at): f"made-{number + 1:02d}" for number, part in enumerate(parts) for at in part}
        number = np.arange(self.districts * self.lsoas)
        district = number // self.lsoas
        within = number % self.lsoas
        return pd.DataFrame(
            {
                "code": [f"E01{at + 1:06d}" for at in number],
                "district": [f"Made District {at + 1:03d}" for at in district],
                "name": [
                    f"Made District {at + 1:03d} {one // 5 + 1:03d}{'ABCDE'[one % 5]}"
                    for at, one in zip(district, within, strict=True)
                ],
                "force": [force[int(at)] for at in district],
            }
        )


def made_store(folder: Path, country: Country = Country()) -> Store:
    """Return a store of it, made in this folder, with lookup and outlines; `areas_file` names two centres a district."""
    lsoas = country.table()
    files = folder / "files"
    _write(files, lsoas, country)
    held = open_store(folder / "store")
    report = held.import_police_uk(files)
    assert report.ok, report
    lookup = pd.DataFrame(
        {
            "LSOA11CD": lsoas["code"], "LSOA11NM": lsoas["name"], "CHGIND": "U", "LSOA21CD": lsoas["code"],
            "LSOA21NM": lsoas["name"], "LAD22CD": [f"E07{int(name[-3:]):06d}" for name in lsoas["district"]],
            "LAD22NM": lsoas["district"],
        }
    )  # fmt: skip
    lookup.to_csv(folder / "lookup.csv", index=False)
    held.import_lookup(folder / "lookup.csv")
    cells = grid(
        country.districts, country.lsoas, edge=2
    )  # a district is a column: its LSOAs touch those over and under them
    cells["LSOA21CD"] = lsoas["code"].to_numpy()
    cells.to_file(folder / "lsoa.gpkg")
    held.import_geography(folder / "lsoa.gpkg")
    return held


def areas_file(folder: Path, country: Country = Country()) -> Path:
    """Write a file in the form of areas.toml: in each district a centre of one LSOA, and one of two side by side."""
    lsoas = country.table()
    lines = []
    for force in lsoas["force"].unique():
        lines.append(f'[forces.{force}]\nname = "{force.replace("-", " ").title()} Police"\n')
    for district, rows in lsoas.groupby("district"):
        for letter, chosen in (("North", rows.iloc[:1]), ("South", rows.iloc[3:5])):
            ground = ", ".join(
                f'{{ lsoa_2011 = ["{row.code}"], lsoa_2021 = ["{row.code}"], name = "{row.name_}" }}'
                for row in chosen.rename(columns={"name": "name_"}).itertuples()
            )
            key = f"{letter} {district}".lower().replace(" ", "-")
            lines.append(
                f'[areas.{key}]\nname = "{letter} {district}"\nkind = "town centre"\nforce = "{rows["force"].iloc[0]}"\n'
                f'district = "{district}"\nground = [{ground}]\n'
            )
    file = folder / "centres.toml"
    file.write_text("\n".join(lines))
    return file


def _write(files: Path, lsoas: pd.DataFrame, country: Country) -> None:
    dice = np.random.default_rng(1)
    usual = dice.gamma(1.5, 1 / 1.5, len(lsoas)) * country.a_month
    usual[:: country.lsoas] = 4 * country.a_month
    for at, month in enumerate(pd.period_range("2022-07", periods=country.months, freq="M")):
        # in the second year the first LSOA of each district, its northern centre, has a fifth of what it had
        fall = np.where((np.arange(len(lsoas)) % country.lsoas == 0) & (at >= country.months // 2), 0.2, 1)
        row = np.repeat(np.arange(len(lsoas)), dice.poisson(usual * fall))
        of = lsoas.iloc[row]
        by = [f"{each.replace('-', ' ').title()} Police" for each in of["force"]]
        kind = np.array(CRIME_TYPES)[dice.choice(len(CRIME_TYPES), len(row), p=WEIGHT / WEIGHT.sum())]
        unlocated = dice.random(len(row)) < 0.01
        table = pd.DataFrame(
            {
                "Crime ID": [f"{each:064x}" for each in dice.integers(1, 2**62, len(row))],
                "Month": str(month), "Reported by": by, "Falls within": by,
                "Longitude": -1.3, "Latitude": 54.5, "Location": "On or near Made Street",
                "LSOA code": np.where(unlocated, "", of["code"]), "LSOA name": np.where(unlocated, "", of["name"]),
                "Crime type": kind, "Last outcome category": "Under investigation", "Context": "",
            },
            columns=STREET,
        )  # fmt: skip
        table.loc[table["Crime type"] == CRIME_TYPES[0], ["Crime ID", "Last outcome category"]] = ""
        place = files / str(month)
        place.mkdir(parents=True, exist_ok=True)
        for name, rows in table.groupby(of["force"].to_numpy()):
            if not (country.nowhere and name == "made-02" and at == 15):  # a month that was not published
                rows.to_csv(place / f"{month}-{name}-street.csv", index=False)
        if country.nowhere:
            ireland = table.head(20).assign(**{"LSOA code": "", "LSOA name": ""})
            by = "Police Service of Northern Ireland"
            ireland = ireland.assign(**{"Reported by": by, "Falls within": by})
            ireland.to_csv(place / f"{month}-northern-ireland-street.csv", index=False)
