"""The layers of one download, each asked for by what the ones before it gave: districts, lookup, LSOAs, wards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analysis.model.english import counted, listed
from analysis.model.errors import RefusedError
from data.ons.asking import (
    AGAIN_LATER,
    Layers,
    NoLayerError,
    Query,
    Row,
    in_parts,
    key_of,
    value_of,
    where_in,
)
from data.ons.layers import Layer, Subject
from data.ons.police_force_areas import District

CODES = 100
"""LSOA codes in one question: 1,800 letters of an address."""

DISTRICTS = 20
"""Districts in one question, by code and by name."""

MOST_ROUNDS = 5
"""Times that pairs of LSOAs joined to the ones known are looked for; the longest chain known has two."""


@dataclass(frozen=True)
class LayerRows:
    """What a layer gave: its rows by key, in order."""

    subject: Subject
    layer: Layer
    rows: tuple[Row, ...]


class Fetching:
    """Asks for one subject after the other. ``began`` is called with the words of each."""

    def __init__(self, layers: Layers, began: Callable[[Subject], None] = lambda _: None) -> None:
        self._layers, self._began = layers, began

    def whole(self, subject: Subject) -> LayerRows:
        """Return every row of a subject; RefusedError where no layer of it is there."""
        return self._first(subject, lambda layer: self._layers.rows(layer, Query("1=1", subject.outlines)))

    def of_districts(self, subject: Subject, districts: Sequence[District]) -> LayerRows:
        """Return the rows of these districts, by their code or, where another year has another code, by their name.

        RefusedError where a district has none.
        """

        def rows(layer: Layer) -> list[Row]:
            by_key: dict[tuple[str, ...], Row] = {}
            for part in in_parts(districts, DISTRICTS):
                by_code = where_in(layer.district, [each.code for each in part])
                by_name = where_in(layer.district_name, [each.name for each in part])
                query = Query(f"{by_code} OR {by_name}", subject.outlines)
                by_key |= {key_of(layer, row): row for row in self._layers.rows(layer, query)}
            there = {
                value_of(row, column)
                for row in by_key.values()
                for column in (layer.district, layer.district_name)
            }
            missing = [each.name for each in districts if not {each.code, each.name} & there]
            if missing:
                raise RefusedError(
                    f"{layer.name} has no {subject.words} of {listed(missing[:3])}"
                    f"{f' and {len(missing) - 3:,} more' if len(missing) > 3 else ''}, so it is of another year than the "
                    f"districts. {subject.by_hand}"
                )
            return list(by_key.values())

        return self._first(subject, rows)

    def of_codes(self, subject: Subject, codes: Sequence[str]) -> LayerRows:
        """Return the rows of these codes, each of which must be there."""

        def rows(layer: Layer) -> list[Row]:
            outlines = self._of_codes(layer, codes, subject.outlines)
            missing = sorted(set(codes) - {row["properties"][layer.order[0]] for row in outlines})
            if missing:
                raise RefusedError(
                    f"{layer.name}: the service gave no outline of {counted(len(missing), 'LSOA')} of {len(codes):,} "
                    f"({', '.join(missing[:3])}). {AGAIN_LATER}"
                )
            return outlines

        return self._first(subject, rows)

    def _of_codes(self, layer: Layer, codes: Sequence[str], outlines: bool) -> list[Row]:
        rows: list[Row] = []
        for part in in_parts(codes, CODES):
            rows += self._layers.rows(layer, Query(where_in(layer.order[0], part), outlines, len(part)))
        return rows

    def joined_pairs(self, lookup: LayerRows) -> LayerRows:
        """Return a lookup with the pairs that share an LSOA with one of its own, in whatever district they lie.

        A split or a merger over the border of two forces would be cut in two, and the importer would refuse it.
        """
        layer, pairs = lookup.layer, {key_of(lookup.layer, row): row for row in lookup.rows}
        whole: set[tuple[str, ...]] = {key for key, row in pairs.items() if indicator_of(row) == "U"}
        for _ in range(MOST_ROUNDS):
            new = sorted(set(pairs) - whole)
            if not new:
                break
            whole |= set(new)
            for part in in_parts(new, CODES // 2):
                where = " OR ".join(
                    where_in(column, sorted({key[at] for key in part}))
                    for at, column in enumerate(layer.order)
                )
                pairs |= {key_of(layer, row): row for row in self._layers.rows(layer, Query(where))}
        return LayerRows(lookup.subject, layer, tuple(pairs[key] for key in sorted(pairs)))

    def _first(self, subject: Subject, rows: Callable[[Layer], list[Row]]) -> LayerRows:
        """Return what the first layer that is there gives."""
        self._began(subject)
        for layer in subject.layers:
            try:
                given = rows(layer)
            except NoLayerError:
                continue
            return LayerRows(subject, layer, tuple(sorted(given, key=lambda row: key_of(layer, row))))
        names = listed([layer.name for layer in subject.layers], "or")
        raise RefusedError(
            f"The ONS service has no layer {names}, which would be {subject.words}. {subject.by_hand}"
        )


def indicator_of(row: Row) -> str:
    """Return what became of the LSOA of 2011, a letter; the ONS spells its column in two ways."""
    return value_of(row, "CHGIND") or value_of(row, "CHNGIND")
