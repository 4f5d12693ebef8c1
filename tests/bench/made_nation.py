"""Months of a made nation, by DuckDB: 35,000 LSOAs in 325 districts and 43 forces, as CSV files named as police.uk names them.

No place in it is real. What a month holds follows from its number alone, so the same month is the same wherever it is made.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

from analysis.model.vocabulary import CRIME_TYPES

LSOAS, DISTRICTS, FORCES = 35_000, 325, 43
CAPITAL = "metropolitan"
CAPITAL_DISTRICTS = 46
"""With 4,954 LSOAs, as London has about 5,000."""

A_MONTH = 500_000
"""Rows of all forces: 18 million in 36 months, as England and Wales have."""

WEIGHTS = (20, 8, 7, 30, 5, 7, 3, 1, 1, 2, 8, 1, 2, 5)
"""How many of a hundred rows are of each crime type, in their order."""


class Nation:
    """Makes one month after the other in a folder, and the lookup of its ground."""

    def __init__(self, folder: Path, a_month: int = A_MONTH) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._con = duckdb.connect(config={"memory_limit": "600MB"})
        self._con.execute("SET enable_progress_bar = false")
        kinds = [kind for kind, count in zip(CRIME_TYPES, WEIGHTS, strict=True) for _ in range(count)]
        self._kinds = ", ".join(f"'{kind}'" for kind in kinds)
        others = f"(district - {CAPITAL_DISTRICTS}) * {FORCES - 1} // {DISTRICTS - CAPITAL_DISTRICTS}"
        self._con.execute(f"""
            CREATE TABLE lsoa AS
            SELECT *, 'Made District ' || lpad((district + 1)::VARCHAR, 3, '0') AS district_name,
                district_name || ' ' || lpad((within // 5 + 1)::VARCHAR, 3, '0') || chr((65 + within % 5)::INTEGER) AS name,
                CASE WHEN district < {CAPITAL_DISTRICTS} THEN '{CAPITAL}'
                    ELSE 'made-' || lpad(({others} + 1)::VARCHAR, 2, '0') END AS force,
                -6 + 7 * (place // 200) / 175.0 AS longitude, 50 + 5 * (place % 200) / 200.0 AS latitude,
                (0.3 + 1.4 * pow((hash(place) % 1000) / 1000.0, 3) * 4) AS busy
            FROM (
                SELECT place, 'E01' || lpad((place + 1)::VARCHAR, 6, '0') AS code,
                    place * {DISTRICTS} // {LSOAS} AS district,
                    place - (place * {DISTRICTS} // {LSOAS}) * {LSOAS} // {DISTRICTS} AS within
                FROM (SELECT range AS place FROM range({LSOAS}))
            )
        """)
        self._con.execute(f"UPDATE lsoa SET busy = busy * {a_month} / (SELECT sum(busy) FROM lsoa)")

    @property
    def forces(self) -> list[str]:
        """The forces, by name."""
        return [
            force for (force,) in self._con.execute("SELECT DISTINCT force FROM lsoa ORDER BY 1").fetchall()
        ]

    def lookup(self) -> Path:
        """Write the lookup of both vintages, one code in both for every LSOA, and return the file."""
        file = self.folder / "lookup.csv"
        self._con.execute(f"""
            COPY (SELECT code AS LSOA11CD, name AS LSOA11NM, 'U' AS CHGIND, code AS LSOA21CD, name AS LSOA21NM,
                'E07' || lpad((district + 1)::VARCHAR, 6, '0') AS LAD22CD, district_name AS LAD22NM FROM lsoa)
            TO '{file}' (HEADER)
        """)
        return file

    def areas(self) -> Path:
        """Write a file in the form of areas.toml with two centres of one LSOA in each district, and return it."""
        rows = self._con.execute(
            "SELECT force, code, name, district_name, within FROM lsoa WHERE within IN (0, 40) ORDER BY code"
        ).fetchall()
        lines = [
            f'[forces.{force}]\nname = "{force.replace("-", " ").title()} Police"\n' for force in self.forces
        ]
        for force, code, name, district, within in rows:
            centre = f"{'South' if within else 'North'} {district}"
            lines.append(
                f'[areas.{centre.lower().replace(" ", "-")}]\nname = "{centre}"\nkind = "town centre"\nforce = "{force}"\n'
                f'district = "{district}"\n'
                f'ground = [{{ lsoa_2011 = ["{code}"], lsoa_2021 = ["{code}"], name = "{name}" }}]\n'
            )
        file = self.folder / "centres.toml"
        file.write_text("\n".join(lines))
        return file

    def month(self, month: str) -> Path:
        """Write a month's files of every force into a folder of their own and return it."""
        work, target = self.folder / f"work-{month}", self.folder / month
        self._con.execute(f"""
            COPY (
                SELECT force, CASE WHEN kind <> 'Anti-social behaviour'
                        THEN md5(dice::VARCHAR) || md5((dice + 1)::VARCHAR) END AS "Crime ID", '{month}' AS "Month",
                    police AS "Reported by", police AS "Falls within",
                    printf('%.6f', longitude + spot * 0.0004) AS "Longitude",
                    printf('%.6f', latitude + spot * 0.0003) AS "Latitude",
                    'On or near Made Street ' || (dice % 997)::VARCHAR AS "Location",
                    CASE WHEN dice % 50 <> 0 THEN code END AS "LSOA code",
                    CASE WHEN dice % 50 <> 0 THEN name END AS "LSOA name", kind AS "Crime type",
                    CASE WHEN kind <> 'Anti-social behaviour'
                        THEN 'Investigation complete; no suspect identified' END AS "Last outcome category",
                    NULL AS "Context"
                FROM (
                    SELECT *, [{self._kinds}][1 + ((dice >> 12) % {sum(WEIGHTS)})::INTEGER] AS kind,
                        ((dice >> 40) % 8)::INTEGER AS spot,
                        CASE WHEN force = '{CAPITAL}' THEN 'Metropolitan Police Service'
                            ELSE 'Made ' || force[6:] || ' Police' END AS police
                    FROM (
                        SELECT *, hash(code, '{month}', row) >> 1 AS dice
                        FROM (SELECT *, unnest(range((busy + hash(code, '{month}') % 100 / 100.0)::BIGINT)) AS row FROM lsoa)
                    )
                )
            ) TO '{work}' (FORMAT csv, HEADER, PARTITION_BY (force), FILENAME_PATTERN 'street_{{i}}')
        """)
        target.mkdir(exist_ok=True)
        for folder in work.iterdir():
            force = folder.name.partition("=")[2]
            (file,) = folder.iterdir()
            file.rename(target / f"{month}-{force}-street.csv")
        shutil.rmtree(work)
        return target
