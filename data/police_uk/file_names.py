"""What a file of data.police.uk is: its name, its columns by kind, the force it is of.

Source: https://data.police.uk/about/ (columns), and facts measured on Cleveland's files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import get_args

import pandas as pd

from analysis.model.vocabulary import Kind
from data.engines.csv_rules import ColumnType

FORMAT = 1
"""Raised when the columns or the checks change, so that importing a file again is then not a no-op."""

_FILE_NAME = re.compile(
    r"(?P<month>[0-9]{4}-[0-9]{2})-(?P<force>[a-z][a-z0-9-]{0,59}?)-(?P<kind>street|outcomes|stop-and-search)\.csv",
    re.IGNORECASE | re.ASCII,
)
_KINDS: dict[str, Kind] = {kind: kind for kind in get_args(Kind)}

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
"""A month as it stands in names and rows."""

FIRST_MONTH = "2010-12"
"""The first month of street-level crime on police.uk; one before it, or one to come, is a slip of the pen."""


@dataclass(frozen=True)
class Column:
    """One column of the store: its name there, in the file, its type, and whether a file must have it."""

    name: str
    source: str
    type: ColumnType = "text"
    required: bool = False


COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "street": (
        Column("crime_id", "Crime ID", "identifier"),
        Column("reported_by", "Reported by"),
        Column("falls_within", "Falls within"),
        Column("longitude", "Longitude", "number", required=True),
        Column("latitude", "Latitude", "number", required=True),
        Column("location", "Location", "place"),
        Column("lsoa_code", "LSOA code", required=True),
        Column("lsoa_name", "LSOA name", required=True),
        Column("crime_type", "Crime type", required=True),
        Column("last_outcome", "Last outcome category"),
    ),
    "outcomes": (
        Column("crime_id", "Crime ID", "identifier", required=True),
        Column("reported_by", "Reported by"),
        Column("falls_within", "Falls within"),
        Column("longitude", "Longitude", "number", required=True),
        Column("latitude", "Latitude", "number", required=True),
        Column("location", "Location", "place"),
        Column("lsoa_code", "LSOA code", required=True),
        Column("lsoa_name", "LSOA name", required=True),
        Column("outcome_type", "Outcome type", required=True),
    ),
    "stop-and-search": (
        Column("search_type", "Type", required=True),
        Column("searched_at", "Date", "time", required=True),
        Column("in_operation", "Part of a policing operation", "flag"),
        Column("operation", "Policing operation"),
        Column("latitude", "Latitude", "number", required=True),
        Column("longitude", "Longitude", "number", required=True),
        Column("gender", "Gender"),
        Column("age_range", "Age range"),
        Column("self_defined_ethnicity", "Self-defined ethnicity"),
        Column("officer_defined_ethnicity", "Officer-defined ethnicity"),
        Column("legislation", "Legislation"),
        Column("object_of_search", "Object of search"),
        Column("outcome", "Outcome"),
        Column("outcome_linked", "Outcome linked to object of search", "flag"),
        Column("clothing_removed", "Removal of more than just outer clothing", "flag"),
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

ADDED = ("force", "month", "source_row")
"""What the store adds to every row: the force, the month (its first day), the row of the CSV (its header is 1)."""


@lru_cache(1024)
def _period(month: str) -> pd.Period:
    """Return a month by its text: those of 43 forces are the same few hundred."""
    return pd.Period(month, freq="M")


@dataclass(frozen=True, order=True)
class FileKey:
    """What a file is about: its kind, force (as in police.uk's file names) and month (``YYYY-MM``)."""

    kind: Kind
    force: str
    month: str

    @property
    def period(self) -> pd.Period:
        """The month as a pandas Period."""
        return _period(self.month)

    def __str__(self) -> str:
        return f"{self.kind} of {self.force}, {self.month}"


def key_from_name(file_name: str) -> FileKey | None:
    """Return what a file's name says, None where it is no police.uk name.

    The month is as written: `is_month` says whether it is one.
    """
    match = _FILE_NAME.fullmatch(file_name)
    if not match:
        return None
    month, force, kind = match.groups()
    return FileKey(_KINDS[kind.lower()], force.lower(), month)


def is_month(text: str) -> bool:
    """Return whether the text is a month, ``YYYY-MM``, of which police.uk may have published something."""
    return MONTH.fullmatch(text) is not None and FIRST_MONTH <= text <= f"{datetime.now(UTC):%Y-%m}"


def kind_from_header(header: list[str]) -> Kind | None:
    """Return the kind whose required columns this header has, None where there is none."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
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


OWN_NAMES = {
    "avon-and-somerset": "Avon and Somerset Constabulary",
    "bedfordshire": "Bedfordshire Police",
    "btp": "British Transport Police",
    "cambridgeshire": "Cambridgeshire Constabulary",
    "cheshire": "Cheshire Constabulary",
    "city-of-london": "City of London Police",
    "cleveland": "Cleveland Police",
    "cumbria": "Cumbria Constabulary",
    "derbyshire": "Derbyshire Constabulary",
    "devon-and-cornwall": "Devon & Cornwall Police",
    "dorset": "Dorset Police",
    "durham": "Durham Constabulary",
    "dyfed-powys": "Dyfed-Powys Police",
    "essex": "Essex Police",
    "gloucestershire": "Gloucestershire Constabulary",
    "greater-manchester": "Greater Manchester Police",
    "gwent": "Gwent Police",
    "hampshire": "Hampshire Constabulary",
    "hertfordshire": "Hertfordshire Constabulary",
    "humberside": "Humberside Police",
    "kent": "Kent Police",
    "lancashire": "Lancashire Constabulary",
    "leicestershire": "Leicestershire Police",
    "lincolnshire": "Lincolnshire Police",
    "merseyside": "Merseyside Police",
    "metropolitan": "Metropolitan Police Service",
    "norfolk": "Norfolk Constabulary",
    "north-wales": "North Wales Police",
    "north-yorkshire": "North Yorkshire Police",
    "northamptonshire": "Northamptonshire Police",
    "northern-ireland": "Police Service of Northern Ireland",
    "northumbria": "Northumbria Police",
    "nottinghamshire": "Nottinghamshire Police",
    "south-wales": "South Wales Police",
    "south-yorkshire": "South Yorkshire Police",
    "staffordshire": "Staffordshire Police",
    "suffolk": "Suffolk Constabulary",
    "surrey": "Surrey Police",
    "sussex": "Sussex Police",
    "thames-valley": "Thames Valley Police",
    "warwickshire": "Warwickshire Police",
    "west-mercia": "West Mercia Police",
    "west-midlands": "West Midlands Police",
    "west-yorkshire": "West Yorkshire Police",
    "wiltshire": "Wiltshire Police",
}
"""The forces of police.uk by their names in file names, with the names that they call themselves ("Reported by")."""

RAILWAYS = "btp"
"""The force that polices the railways of the others' ground, and has none of its own."""

FORCES = frozenset(OWN_NAMES)
"""The forces of police.uk, as its file names have them: a row that names another of them is in the wrong file."""

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
    `FORCE_NAMES`. An empty name gives an empty slug, and so does one too long for any force.
    """
    plain = name.strip().lower()
    if plain in FORCE_NAMES:
        return FORCE_NAMES[plain]
    plain = re.sub(r"( (police|constabulary|service))+$", "", plain.replace("&", "and"))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return slug if len(slug) <= 60 else ""
