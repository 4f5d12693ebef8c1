"""A force's incidents by place, month and crime type, as rows name places: what all of its figures by area are made of.

A place here is an LSOA code with the name that stands beside it, of either vintage, and not yet common ground: so no
lookup that is imported later makes these counts wrong. A row without an LSOA has the place without code and name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from data.engines.file_counts import count_files

PLACE_KEYS = ("lsoa_code", "lsoa_name")
COUNT_KEYS = ("month", *PLACE_KEYS, "crime_type")
"""What incidents are counted by for the ground and the cube of a force."""

_AXIS: dict[str, int] = {"lsoa_code": 0, "lsoa_name": 0, "month": 1, "crime_type": 2}


@dataclass(frozen=True, eq=False)
class PlaceCounts:
    """Incidents by place, month and crime type; ``values`` has those three axes, is whole numbers, never written to.

    ``codes`` and ``names`` are texts, None where the rows have none, in order with None last, no pair twice. ``months``
    are those held, in order, without the gaps between; ``crime_types`` are in the order of their names. A place or type
    without any incident is not in it.
    """

    codes: np.ndarray
    names: np.ndarray
    months: pd.PeriodIndex
    crime_types: tuple[str, ...]
    values: np.ndarray

    @property
    def located(self) -> np.ndarray:
        """Which places have an LSOA code."""
        return np.array([code is not None for code in self.codes], bool)

    def table(self, *keys: str, located: bool | None = None) -> pd.DataFrame:
        """Return these keys (some of `COUNT_KEYS`) and ``incidents``: what occurred, one row a combination, in order.

        ``located`` keeps places with an LSOA code alone (True) or without (False). Missing texts are missing.
        """
        kept = np.ones(len(self.codes), bool) if located is None else self.located == located
        by_place = any(key in PLACE_KEYS for key in keys)
        named = {_AXIS[key] for key in keys}
        axes: list[int] = [axis for axis in (1, 0, 2) if axis in named]
        dense = self.values[kept].sum(axis=tuple({0, 1, 2} - set(axes)), dtype=np.int64)
        # what is left of the axes stands in the order place, month, type
        order = sorted(axes)
        dense = dense.transpose([order.index(axis) for axis in axes])
        at: dict[int, np.ndarray] = dict(zip(axes, np.nonzero(dense), strict=True))
        columns: dict[str, object] = {}
        for key in COUNT_KEYS:
            if key in keys:
                columns[key] = self._column(key, at[_AXIS[key]], kept)
        counted = pd.DataFrame(columns).assign(incidents=dense[tuple(at[axis] for axis in axes)])
        if by_place and not set(PLACE_KEYS) <= set(keys):  # a code may stand under two names
            return (
                counted.groupby([key for key in COUNT_KEYS if key in keys], dropna=False)["incidents"]
                .sum()
                .reset_index()
            )
        return counted

    def _column(self, key: str, at: np.ndarray, kept: np.ndarray) -> object:
        if key == "month":
            return self.months.take(at)
        if key == "crime_type":
            return pd.array(np.array(self.crime_types, dtype=object)[at], dtype="str")
        texts = self.codes if key == "lsoa_code" else self.names
        return pd.array(texts[kept][at], dtype="str")


def place_counts(counted: pa.Table, months: Collection[pd.Period]) -> PlaceCounts:
    """Return a table of `COUNT_KEYS` (months as dates) and incidents in its dense form; ``months`` are all months held."""
    held = pd.PeriodIndex(sorted(months), freq="M")
    code, codes = _coded(counted["lsoa_code"])
    name, names = _coded(counted["lsoa_name"])
    kind, kinds = _coded(counted["crime_type"])
    days, of_month = np.unique(pc.cast(counted["month"], pa.date32()).to_numpy(), return_inverse=True)
    month = held.get_indexer(pd.PeriodIndex(pd.DatetimeIndex(days), freq="M"))[of_month]
    pairs, place = np.unique(code * len(names) + name, return_inverse=True)
    values = np.bincount(
        (place * len(held) + month) * len(kinds) + kind,
        weights=counted["incidents"].to_numpy().astype(float),
        minlength=len(pairs) * len(held) * len(kinds),
    ).reshape(len(pairs), len(held), len(kinds))
    return PlaceCounts(
        codes[pairs // len(names)] if len(names) else codes[:0],
        names[pairs % len(names)] if len(names) else names[:0],
        held,
        tuple(str(each) for each in kinds),
        narrow(values),
    )


def counts_of_files(files: Sequence[str], months: Sequence[pd.Period]) -> PlaceCounts:
    """Return the incidents of a force's files, one a month of these. RowsUnreadableError where a file is gone or damaged."""
    counted = count_files(files)
    order = np.array(sorted(range(len(months)), key=lambda at: months[at]), dtype=np.intp)
    pairs = list(zip(counted.codes, counted.names, strict=True))
    places = np.array(sorted(range(len(pairs)), key=lambda at: _missing_last(pairs[at])), dtype=np.intp)
    kinds = np.argsort(np.array(counted.crime_types, dtype=str))
    values = counted.values.transpose(1, 0, 2)
    if not (np.array_equal(order, np.arange(len(months))) and np.array_equal(kinds, np.arange(len(kinds)))):
        values = values[:, order][:, :, kinds]
    return PlaceCounts(
        counted.codes[places],
        counted.names[places],
        pd.PeriodIndex([months[at] for at in order], freq="M"),
        tuple(str(counted.crime_types[at]) for at in kinds),
        narrow(values[places]),
    )


def counts_of_table(counted: pd.DataFrame, months: Collection[pd.Period]) -> PlaceCounts:
    """Return a table that an engine counted by `COUNT_KEYS` (`data.engines.port`) in its dense form, these months of it."""
    inside = counted.loc[counted["month"].isin(list(months))]
    days = inside["month"].dt.to_timestamp()
    return place_counts(pa.Table.from_pandas(inside.assign(month=days), preserve_index=False), months)


def _coded(column: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """Return a column of texts as numbers in the order of the texts, the missing last, and the texts."""
    encoded = column.combine_chunks().dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    texts = np.array([*encoded.dictionary.to_pylist()], dtype=object)
    order = np.array(sorted(range(len(texts)), key=lambda at: texts[at]), dtype=np.int64)
    rank = np.empty(len(texts) + 1, dtype=np.int64)
    rank[order], rank[-1] = np.arange(len(texts)), len(texts)
    numbers = rank[encoded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)]
    missing = [None] if encoded.null_count else []
    ordered = np.array([*texts[order], *missing], dtype=object) if len(texts) or missing else texts
    return numbers, ordered


def narrow(values: np.ndarray) -> np.ndarray:
    """Return whole numbers in the least room that holds them, read-only."""
    most = int(values.max()) if values.size else 0
    small = values.astype(np.min_scalar_type(most) if most > np.iinfo(np.uint16).max else np.uint16)
    small.setflags(write=False)
    return small


def joined(parts: Sequence[PlaceCounts]) -> PlaceCounts:
    """Return the counts of these parts as one; no month stands in two of them. Places and types are those of any."""
    if len(parts) == 1:
        return parts[0]
    places = sorted({pair for part in parts for pair in _pairs(part)}, key=_missing_last)
    kinds = sorted({kind for part in parts for kind in part.crime_types})
    months = pd.PeriodIndex(sorted(month for part in parts for month in part.months), freq="M")
    if months.has_duplicates:
        raise ValueError("A month stands in two parts.")
    row: Mapping[tuple[str | None, str | None], int] = {pair: at for at, pair in enumerate(places)}
    values = np.zeros((len(places), len(months), len(kinds)), np.int64)
    for part in parts:
        at = np.array([row[pair] for pair in _pairs(part)], np.int64)
        of = np.array([kinds.index(kind) for kind in part.crime_types], np.int64)
        values[np.ix_(at, months.get_indexer(part.months), of)] = part.values
    codes, names = (np.array([pair[side] for pair in places], dtype=object) for side in (0, 1))
    return PlaceCounts(codes, names, months, tuple(kinds), narrow(values))


def only_months(counts: PlaceCounts, months: Collection[pd.Period]) -> PlaceCounts:
    """Return the counts of some months alone, without places and types of which none is left."""
    kept = np.array([month in months for month in counts.months], bool)
    values = counts.values[:, kept]
    places, kinds = np.asarray(values.any(axis=(1, 2))), np.asarray(values.any(axis=(0, 1)))
    return PlaceCounts(
        counts.codes[places],
        counts.names[places],
        counts.months[kept],
        tuple(kind for kind, stays in zip(counts.crime_types, kinds.tolist(), strict=True) if stays),
        narrow(values[places][:, :, kinds]),
    )


def _pairs(counts: PlaceCounts) -> list[tuple[str | None, str | None]]:
    return list(zip(counts.codes, counts.names, strict=True))


def _missing_last(pair: tuple[str | None, str | None]) -> tuple[bool, str, bool, str]:
    code, name = pair
    return code is None, code or "", name is None, name or ""
