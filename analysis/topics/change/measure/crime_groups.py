"""Several crime types counted as one, so that a group (neighbourhood crime) is judged like any single type."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.model.cube import Panel
from analysis.model.errors import ContractError


def grouped(counts: Panel, crime_types: Sequence[str]) -> Panel:
    """Return the panel with the sum of these types in the place of the first of them; the rest are as they were.

    A month in which one of them is a gap is a gap of the sum. Read only the first type from the result: it
    stands for the group. Raises ContractError when no type is named.
    """
    if not crime_types:
        raise ContractError("A group of crime types names at least one. Name its types.")
    columns = [counts.column(crime_type) for crime_type in crime_types]
    values = counts.values.copy()
    values[:, :, columns[0]] = counts.values[:, :, columns].sum(axis=2)
    values.setflags(write=False)
    first = crime_types[0]
    # each cell keeps the name of its own type, and stands for the group
    partly = dict(counts.partly) | {
        (month, first): cell for (month, each), cell in counts.partly.items() if each in crime_types
    }
    unlocated = None
    if counts.unlocated is not None:
        unlocated = counts.unlocated.copy()
        unlocated[:, columns[0]] = counts.unlocated[:, columns].sum(axis=1)
    return Panel(counts.ground, counts.months, values, partly, unlocated)
