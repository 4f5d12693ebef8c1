"""What a file of data.police.uk is: its name, its columns by kind, and the checks on its rows as SQL.

The checks run inside DuckDB while the file is read, so a good file is read once. Each row gets the first
reason that refuses it, with the value that was found; rows without a reason are kept, identical ones too
(ASB has no Crime ID, and two equal rows are two incidents).

Source: https://data.police.uk/about/ (columns), and facts measured on Cleveland's files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pandas as pd

from analysis.ground import FIRST_2021_CODE, LSOA_CODE
from analysis.vocabulary import CRIME_TYPES, Kind

FORMAT = 1
"""Raised when the columns or the checks change, so that importing a file again is then not a no-op."""

BRITISH_ISLES = {"longitude": (-11.0, 2.5), "latitude": (48.9, 61.2)}
"""WGS84 degrees: west of Ireland to Lowestoft, the Channel Islands to Shetland."""

SEPARATOR = "\x1f"
"""Stands between a reason and the value that was found (ASCII's unit separator, in no police.uk file)."""

SHOWN = 40
"""Characters of a refused value that a sentence shows."""

_FILE_NAME = re.compile(
    r"(?P<month>\d{4}-\d{2})-(?P<force>[a-z][a-z0-9-]*?)-(?P<kind>street|outcomes|stop-and-search)\.csv", re.I
)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Column:
    """One column of the store: its name there, in the file, its SQL type, and whether a file may lack it."""

    name: str
    source: str
    type: str = "VARCHAR"
    required: bool = False


COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "street": (
        Column("crime_id", "Crime ID", "BLOB"),
        Column("reported_by", "Reported by"),
        Column("falls_within", "Falls within"),
        Column("longitude", "Longitude", "DOUBLE", required=True),
        Column("latitude", "Latitude", "DOUBLE", required=True),
        Column("location", "Location"),
        Column("lsoa_code", "LSOA code", required=True),
        Column("lsoa_name", "LSOA name", required=True),
        Column("crime_type", "Crime type", required=True),
        Column("last_outcome", "Last outcome category"),
    ),
    "outcomes": (
        Column("crime_id", "Crime ID", "BLOB", required=True),
        Column("reported_by", "Reported by"),
        Column("falls_within", "Falls within"),
        Column("longitude", "Longitude", "DOUBLE", required=True),
        Column("latitude", "Latitude", "DOUBLE", required=True),
        Column("location", "Location"),
        Column("lsoa_code", "LSOA code", required=True),
        Column("lsoa_name", "LSOA name", required=True),
        Column("outcome_type", "Outcome type", required=True),
    ),
    "stop-and-search": (
        Column("search_type", "Type", required=True),
        Column("searched_at", "Date", "TIMESTAMP", required=True),
        Column("in_operation", "Part of a policing operation", "BOOLEAN"),
        Column("operation", "Policing operation"),
        Column("latitude", "Latitude", "DOUBLE", required=True),
        Column("longitude", "Longitude", "DOUBLE", required=True),
        Column("gender", "Gender"),
        Column("age_range", "Age range"),
        Column("self_defined_ethnicity", "Self-defined ethnicity"),
        Column("officer_defined_ethnicity", "Officer-defined ethnicity"),
        Column("legislation", "Legislation"),
        Column("object_of_search", "Object of search"),
        Column("outcome", "Outcome"),
        Column("outcome_linked", "Outcome linked to object of search", "BOOLEAN"),
        Column("clothing_removed", "Removal of more than just outer clothing", "BOOLEAN"),
    ),
}
"""The columns kept, by kind. ``Month`` is checked and becomes the store's month; ``Context`` is always
empty."""

CHECKED_ONLY: dict[Kind, dict[str, bool]] = {
    "street": {"Month": True, "Context": False},
    "outcomes": {"Month": True},
    "stop-and-search": {},
}
"""Columns read but not stored as they are, with whether a file must have them."""

ADDED = (("force", "VARCHAR"), ("month", "DATE"), ("source_row", "INTEGER"))
"""What the store adds to every row: the force, the month (its first day), the row of the CSV (its header is
1)."""

# reasons, in the order in which they are looked for
FIELDS = "the wrong number of fields"
BAD_MONTH = "a month that is not YYYY-MM"
OTHER_MONTH = "a month that is not the file's"
BAD_TYPE = "an unknown crime type"
BAD_LSOA = "an LSOA code that is no code"
BAD_COORDINATE = "a coordinate that is not a number"
OUTSIDE = "coordinates outside the British Isles"
BAD_TIME = "a date that is not a time"
OTHER_TIME = "a time outside the file's month"
BAD_FLAG = "a yes-or-no column that says neither True nor False"
REASONS = (
    FIELDS, BAD_MONTH, OTHER_MONTH, BAD_TYPE, BAD_LSOA, BAD_COORDINATE, OUTSIDE, BAD_TIME, OTHER_TIME,
    BAD_FLAG,
)  # fmt: skip


@dataclass(frozen=True, order=True)
class FileKey:
    """What a file is about: its kind, force (as in police.uk's file names) and month (``YYYY-MM``)."""

    kind: Kind
    force: str
    month: str

    @property
    def period(self) -> pd.Period:
        """The month as a pandas Period."""
        return pd.Period(self.month, freq="M")

    def __str__(self) -> str:
        return f"{self.kind} of {self.force}, {self.month}"


def key_from_name(file_name: str) -> FileKey | None:
    """Return what a file's name says, None where it is no police.uk name.

    The month is as written: `is_month` says whether it is one.
    """
    match = _FILE_NAME.fullmatch(file_name)
    if not match:
        return None
    kind = next(kind for kind in get_args(Kind) if kind == match["kind"].lower())
    return FileKey(kind, match["force"].lower(), match["month"])


def is_month(text: str) -> bool:
    """Return whether the text is a month, ``YYYY-MM``."""
    return _MONTH.fullmatch(text) is not None


def kind_from_header(header: list[str]) -> Kind | None:
    """Return the kind whose required columns this header has, None where there is none."""
    for kind in get_args(Kind):
        if not missing_columns(kind, header):
            return kind
    return None


def required_columns(kind: Kind) -> list[str]:
    """Return the names a file of this kind must have in its header."""
    return [c.source for c in COLUMNS[kind] if c.required] + [
        n for n, must in CHECKED_ONLY[kind].items() if must
    ]


def known_columns(kind: Kind) -> list[str]:
    """Return every name that police.uk gives a column of this kind."""
    return [c.source for c in COLUMNS[kind]] + list(CHECKED_ONLY[kind])


def missing_columns(kind: Kind, header: list[str]) -> list[str]:
    """Return the required columns that this header lacks."""
    return [name for name in required_columns(kind) if name not in header]


FORCE_NAMES = {
    "avon and somerset constabulary": "avon-and-somerset",
    "btp": "btp",
    "british transport police": "btp",
    "devon & cornwall police": "devon-and-cornwall",
    "dyfed-powys police": "dyfed-powys",
    "metropolitan police service": "metropolitan",
    "police service of northern ireland": "northern-ireland",
}
"""Forces whose slug does not follow from their name by `force_slug`'s rule."""


def force_slug(name: str) -> str:
    """Return a force as police.uk writes it in file names: ``Cleveland Police`` is ``cleveland``.

    The words Police, Constabulary and Service at the end fall away, ``&`` is ``and``; exceptions stand in
    `FORCE_NAMES`. An empty name gives an empty slug.
    """
    plain = name.strip().lower()
    if plain in FORCE_NAMES:
        return FORCE_NAMES[plain]
    plain = re.sub(r"( (police|constabulary|service))+$", "", plain.replace("&", "and"))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def read_query(key: FileKey, header: list[str], csv_path: str, *, rows_numbered: bool = False) -> str:
    """Return the SELECT that reads, types and checks one CSV file.

    Its columns are those of the store for the kind, and ``refused``: NULL, or the reason, `SEPARATOR` and the
    value found. ``header`` is the file's own first row, in its order. With ``rows_numbered`` the file has a
    first column more, the number of the row in the original.
    """
    position = {name: f"f{i}" for i, name in enumerate(header)}
    names = [f"f{i}" for i in range(len(header))]
    if rows_numbered:
        names = ["source_row", *names]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    path = csv_path.replace("'", "''")
    first = f"{key.month}-01"
    row = "source_row::INTEGER" if rows_numbered else "(row_number() OVER () + 1)::INTEGER"
    typed = [f"{_typed(c, position)} AS {c.name}" for c in COLUMNS[key.kind]]
    return (
        f"SELECT '{key.force}' AS force, DATE '{first}' AS month, {', '.join(typed)}, {row} AS source_row, "
        f"{_refusal(key, position)} AS refused "
        f"FROM read_csv('{path}', auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"strict_mode=true, null_padding=false, parallel=false, columns={{{columns}}})"
    )


def _typed(column: Column, position: dict[str, str]) -> str:
    field = position.get(column.source)
    if field is None:
        return f"NULL::{column.type}"
    # trimming every field would cost a fifth of the import: the slow way strips them, and the fast way sends it
    # every file in which a row does not pass as it stands
    if column.name == "crime_id":
        return f"CASE WHEN length({field}) = 64 THEN TRY(unhex({field})) ELSE encode(nullif({field}, '')) END"
    if column.name == "location":
        # a bare "On or near " names no place: about a tenth of the rows of some months
        return f"nullif(nullif(trim({field}), ''), 'On or near')"
    if column.type != "VARCHAR":
        return f"TRY_CAST({field} AS {column.type})"
    return f"nullif({field}, '')"


def _refusal(key: FileKey, position: dict[str, str]) -> str:
    """Return the CASE that names a row's first fault, NULL where it has none."""
    branches = [*_month_and_code(key, position), *_point(position)]
    if key.kind == "stop-and-search":
        branches += _search(key, position)
    return f"CASE {' '.join(branches)} END"


def _when(condition: str, reason: str, shown: str) -> str:
    quoted = reason.replace("'", "''")
    return f"WHEN {condition} THEN '{quoted}{SEPARATOR}' || left(coalesce({shown}, ''), {SHOWN})"


def _month_and_code(key: FileKey, position: dict[str, str]) -> list[str]:
    branches = []
    if month := position.get("Month", "") if key.kind != "stop-and-search" else "":
        odd = f"{month} IS DISTINCT FROM '{key.month}'"
        is_month = f"regexp_full_match(coalesce({month}, ''), '{_MONTH.pattern}')"
        branches.append(_when(f"{odd} AND NOT {is_month}", BAD_MONTH, month))
        branches.append(_when(odd, OTHER_MONTH, month))
    if key.kind == "street":
        known = ", ".join(f"'{name}'" for name in CRIME_TYPES)
        field = position["Crime type"]
        branches.append(_when(f"coalesce({field}, '') NOT IN ({known})", BAD_TYPE, field))
    if code := position.get("LSOA code", "") if key.kind != "stop-and-search" else "":
        branches.append(
            _when(f"{code} <> '' AND NOT regexp_full_match({code}, '{LSOA_CODE}')", BAD_LSOA, code)
        )
    return branches


def _point(position: dict[str, str]) -> list[str]:
    longitude, latitude = position["Longitude"], position["Latitude"]
    branches = [
        _when(f"{field} <> '' AND TRY_CAST({field} AS DOUBLE) IS NULL", BAD_COORDINATE, field)
        for field in (longitude, latitude)
    ]
    outside = " OR ".join(
        f"TRY_CAST({position[name.capitalize()]} AS DOUBLE) NOT BETWEEN {low} AND {high}"
        for name, (low, high) in BRITISH_ISLES.items()
    )
    return [*branches, _when(outside, OUTSIDE, f"concat_ws(', ', {longitude}, {latitude})")]


def _search(key: FileKey, position: dict[str, str]) -> list[str]:
    when = position["Date"]
    begin, end = month_in_utc(key.month)
    branches = [
        _when(f"TRY_CAST({when} AS TIMESTAMP) IS NULL", BAD_TIME, when),
        _when(f"NOT TRY_CAST({when} AS TIMESTAMP) BETWEEN '{begin}' AND '{end}'", OTHER_TIME, when),
    ]
    for column in COLUMNS[key.kind]:
        if column.type == "BOOLEAN" and (field := position.get(column.source)):
            branches.append(_when(f"lower({field}) NOT IN ('', 'true', 'false')", BAD_FLAG, field))
    return branches


def month_in_utc(month: str) -> tuple[datetime, datetime]:
    """Return the first and the last instant, in UTC, that a stop-and-search file of this month may hold.

    Its times are UTC and its month is Europe/London's, so July's file begins on 30 June 23:00 UTC. A day is
    allowed on either side, because some forces publish by the day of entry.
    """
    london = ZoneInfo("Europe/London")
    year, number = int(month[:4]), int(month[5:])
    first = datetime(year, number, 1, tzinfo=london)
    after = date(year + number // 12, number % 12 + 1, 1)
    last = datetime(after.year, after.month, after.day, tzinfo=london)
    return (
        (first - timedelta(days=1)).astimezone(UTC).replace(tzinfo=None),
        (last + timedelta(days=1)).astimezone(UTC).replace(tzinfo=None),
    )


def counts_query(key: FileKey, table: str) -> str:
    """Return the SELECT of one row of counts over the rows read.

    Rows, refused, then of the rows kept: without LSOA, without point, with a code of 2021, with no place name.
    """
    kept = "refused IS NULL"
    parts = ["count(*)", "count(refused)"]
    if key.kind == "stop-and-search":
        parts += ["0", f"count(*) FILTER ({kept} AND (longitude IS NULL OR latitude IS NULL))", "0", "0"]
    else:
        first = " OR ".join(
            f"(lsoa_code[1] = '{nation}' AND TRY_CAST(lsoa_code[4:] AS INTEGER) >= {number})"
            for nation, number in FIRST_2021_CODE.items()
        )
        parts += [
            f"count(*) FILTER ({kept} AND lsoa_code IS NULL)",
            f"count(*) FILTER ({kept} AND (longitude IS NULL OR latitude IS NULL))",
            f"count(*) FILTER ({kept} AND ({first}))",
            f"count(*) FILTER ({kept} AND location IS NULL)",
        ]
    return f"SELECT {', '.join(parts)} FROM {table}"
