"""What was asked of single incidents, and what is read of the rows to answer it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from analysis.model.case import Case
from analysis.model.ground import Crosswalk
from analysis.model.periods import Period

NO_OUTCOME = "No outcome given"
"""The choice of rows that have no last outcome, as it stands among the outcomes."""

ROWS_ON_SCREEN = 10
"""So many rows are listed; the download has all."""


@dataclass(frozen=True)
class IncidentQuestion:
    """Which incidents of a force are wanted.

    ``places`` are keys of areas or codes of ground, empty for the whole force; ``outcomes`` are last outcomes
    (`NO_OUTCOME` among them), empty for any.
    """

    force: str
    period: Period
    crime_types: tuple[str, ...]
    places: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class IncidentRows:
    """What can be asked of the rows of a question. Each reads when it is called, from whatever thread.

    ``by_month`` counts by month and crime_type, ``by_point`` by location, longitude, latitude, lsoa_code, ground_code
    (missing where there is no LSOA), crime_type and month: the keys and ``incidents``, month as pd.Period. ``first``
    gives so many of the rows in the order of the list: month, crime_type, location, lsoa_name, lsoa_code, last_outcome,
    longitude, latitude. ``file`` is every one of them as CSV, under these lines.
    """

    by_month: Callable[[], pd.DataFrame]
    by_point: Callable[[], pd.DataFrame]
    first: Callable[[int], pd.DataFrame]
    file: Callable[[Iterable[str]], bytes]


@dataclass(frozen=True, eq=False)
class IncidentCase:
    """A case, the incidents wanted of its force, and the rows that are they."""

    case: Case
    question: IncidentQuestion
    rows: IncidentRows

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        return (self.case.key, self.question)


@dataclass(frozen=True, eq=False)
class ForcesCounted:
    """Incidents of all forces held: ``counts`` has force, lsoa_code, crime_type, incidents.

    ``months`` says how many months of the period each force holds.
    """

    counts: pd.DataFrame
    months: Mapping[str, int]
    crosswalk: Crosswalk


@dataclass(frozen=True, eq=False)
class ForcesCase:
    """A case, and what the same months and crime types gave in every force held.

    ``read`` counts them when it is called, and raises NeedsInputError without the lookup; ``read_outlines`` gives the
    outlines of districts, None where none are held.
    """

    case: Case
    crime_types: tuple[str, ...]
    period: Period
    read: Callable[[], ForcesCounted]
    read_outlines: Callable[[], gpd.GeoDataFrame | None]

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by: all forces are the same whichever is chosen."""
        return (self.case.state, self.crime_types, self.period)
