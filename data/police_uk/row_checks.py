"""The checks on the rows of a police.uk file, as SQL.

They run inside DuckDB while the file is read, so a good file is read once. Each row gets the first reason that refuses
it, with the value that was found; rows without a reason are kept, identical ones too (ASB has no Crime ID, and two
equal rows are two incidents).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from analysis.model.ground import FIRST_2021_CODE, LSOA_CODE
from analysis.model.vocabulary import CRIME_TYPES
from data.police_uk.file_names import COLUMNS, MONTH, Column, FileKey

BRITISH_ISLES = {"longitude": (-11.0, 2.5), "latitude": (48.9, 61.2)}
"""WGS84 degrees: west of Ireland to Lowestoft, the Channel Islands to Shetland."""

SEPARATOR = "\x1f"
"""Stands between a reason and the value that was found (ASCII's unit separator, in no police.uk file)."""

SHOWN = 40
"""Characters of a refused value that a sentence shows."""

# reasons, in the order in which they are looked for
FIELDS = "the wrong number of fields"
BAD_MONTH = "a month that is not YYYY-MM"
OTHER_MONTH = "a month that is not the file's"
OTHER_FORCE = "a force that is not the file's"
BAD_TYPE = "an unknown crime type"
BAD_LSOA = "an LSOA code that is no code"
BAD_COORDINATE = "a coordinate that is not a number"
OUTSIDE = "coordinates outside the British Isles"
BAD_TIME = "a date that is not a time"
OTHER_TIME = "a time outside the file's month"
BAD_FLAG = "a yes-or-no column that says neither True nor False"
REASONS = (
    FIELDS, BAD_MONTH, OTHER_MONTH, BAD_TYPE, BAD_LSOA, BAD_COORDINATE, OUTSIDE, BAD_TIME, OTHER_TIME,
    BAD_FLAG, OTHER_FORCE,
)  # fmt: skip


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
        is_month = f"regexp_full_match(coalesce({month}, ''), '{MONTH.pattern}')"
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


def other_force_query(table: str) -> str:
    """Return the UPDATE that refuses rows which fall within one of the forces given as its parameter."""
    return (
        f"UPDATE {table} SET refused = '{OTHER_FORCE.replace(chr(39), chr(39) * 2)}{SEPARATOR}' "
        f"|| left(falls_within, {SHOWN}) WHERE refused IS NULL AND falls_within IN (SELECT unnest(?))"
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
