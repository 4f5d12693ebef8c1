"""Which units of ground touch: neighbours, rings round an area, and contiguous sets of a given size.

Queen contiguity: two units are neighbours when their boundaries share a point or more. Ground without a
boundary has no neighbours here and is in no ring.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from analysis.model.errors import AnalysisError, ContractError

if TYPE_CHECKING:
    import geopandas


@dataclass(frozen=True, eq=False)
class Contiguity:
    """The neighbours of each unit of ground that has a boundary (an island has none).

    ``neighbours`` is symmetric, and no unit is its own neighbour.
    """

    neighbours: Mapping[str, frozenset[str]]

    def of(self, ground: str) -> frozenset[str]:
        """Return the neighbours of one unit; none where it has no boundary."""
        return self.neighbours.get(ground, frozenset())

    def ring(self, ground: Iterable[str], order: int = 1) -> frozenset[str]:
        """Return the ground exactly ``order`` steps from this ground: 1 touches it, 2 touches ring 1, ….

        The rings of one area are disjoint and none holds ground of the area itself. A ring beyond the last
        ground is empty. Raises AnalysisError when the order is not 1 or more.
        """
        if order < 1:
            raise AnalysisError(f"A ring of order {order} does not exist. Choose 1 or more.")
        reached = frozenset(ground)
        edge = reached
        for _ in range(order):
            edge = frozenset().union(*map(self.of, edge)) - reached
            reached |= edge
        return edge

    def is_connected(self, ground: Collection[str]) -> bool:
        """Return whether this ground hangs together. None at all does not; one unit with a boundary does."""
        wanted = frozenset(ground)
        if not wanted or not wanted <= self.neighbours.keys():
            return False
        reached, edge = frozenset[str](), frozenset({min(wanted)})
        while edge:
            reached |= edge
            edge = frozenset().union(*map(self.of, edge)) & wanted - reached
        return reached == wanted


def build_contiguity(boundaries: geopandas.GeoDataFrame) -> Contiguity:
    """Return the queen contiguity of boundaries (columns ground_code, geometry; one row a unit).

    Raises ContractError when a column is missing or a unit stands in two rows. Source: libpysal.
    """
    missing = [column for column in ("ground_code", "geometry") if column not in boundaries.columns]
    if missing:
        raise ContractError(f"The boundaries lack the column {', '.join(missing)}.")
    twice = boundaries.loc[boundaries["ground_code"].duplicated(), "ground_code"]
    if len(twice):
        raise ContractError(
            f"The boundaries hold {', '.join(sorted(set(twice))[:3])} twice. Dissolve them first."
        )
    if boundaries.empty:
        return Contiguity({})
    from libpysal.graph import Graph  # takes a second to import, and most pages need no map

    shapes = boundaries.set_index("ground_code").sort_index().geometry
    adjacency = Graph.build_contiguity(shapes, rook=False).adjacency
    # libpysal lists an island as its own neighbour with weight 0
    pairs = adjacency[adjacency > 0].index
    found: dict[str, set[str]] = {str(code): set() for code in shapes.index}
    for focal, neighbour in pairs:
        found[str(focal)].add(str(neighbour))
    return Contiguity({code: frozenset(units) for code, units in found.items()})


def contiguous_sets(
    contiguity: Contiguity, k: int, eligible: Iterable[str], draws: int, seed: int
) -> list[frozenset[str]]:
    """Return distinct contiguous sets of ``k`` units of eligible ground, sorted by their codes (`drawn_sets`)."""
    starts, members = drawn_sets(contiguity, k, eligible, draws, seed)
    return [frozenset(starts[at] for at in row) for row in members.tolist()]


def drawn_sets(
    contiguity: Contiguity, k: int, eligible: Iterable[str], draws: int, seed: int
) -> tuple[list[str], np.ndarray]:
    """Return the eligible units that have a boundary, in order, and distinct contiguous sets of ``k`` of them.

    The sets are rows of ``k`` unit numbers, from low to high, the rows in order. Each set grows from a start by adding,
    with equal chances, one of the eligible units that touch it. Starts take turns in an order shuffled by the seed, so
    each gets as many draws as the next; ``draws`` is the number over all starts, and fewer sets come back when draws
    repeat each other or a start has too little eligible ground round it. Sets overlap; compact shapes are likelier than
    strings, as with town centres. With k of 1 every unit comes back, whatever ``draws``. The same input and seed give
    the same sets in any order of input. Raises AnalysisError when k is under 1.
    """
    if k < 1:
        raise AnalysisError(f"A set of {k} units of ground does not exist. Choose 1 or more.")
    starts = sorted(frozenset(eligible) & contiguity.neighbours.keys())
    if k == 1 or not starts:
        return starts, np.arange(len(starts) if k == 1 else 0, dtype=np.int64).reshape(-1, k)
    number = {code: at for at, code in enumerate(starts)}
    near = [{number[other] for other in contiguity.of(code) if other in number} for code in starts]
    random = np.random.default_rng(seed)
    turns = np.resize(random.permutation(len(starts)), draws)
    return starts, _pairs(turns, near, random) if k == 2 else _grown(turns, near, k, random)


def _pairs(turns: np.ndarray, near: Sequence[set[int]], random: np.random.Generator) -> np.ndarray:
    """Return what `_grown` does of two units, the same chances drawn at once: an eighth of judging was spent on them."""
    touching = [sorted(units) for units in near]
    many = np.array([len(units) for units in touching])
    turns = turns[many[turns] > 0]
    first = np.concatenate([[0], np.cumsum(many)[:-1]])
    added = np.array([unit for units in touching for unit in units], dtype=np.int64)
    added = added[first[turns] + random.integers(many[turns])] if len(turns) else turns
    low, high = np.minimum(turns, added), np.maximum(turns, added)
    return np.column_stack(np.divmod(np.unique(low * len(near) + high), len(near)))


def _grown(turns: np.ndarray, near: Sequence[set[int]], k: int, random: np.random.Generator) -> np.ndarray:
    """Return the distinct sets of k units grown from each start in turn; none where the ground runs out."""
    sets = set()
    for start in turns.tolist():
        if units := grown_set(start, near, k, random):
            sets.add(units)
    return np.array(sorted(sets), dtype=np.int64).reshape(-1, k)


def grown_set(
    start: int, near: Sequence[set[int]], k: int, random: np.random.Generator
) -> tuple[int, ...] | None:
    """Return k units that grow from one by neighbours drawn by chance, in order; None where the ground runs out."""
    units, edge = {start}, near[start]
    while len(units) < k and edge:
        added = sorted(edge)[random.integers(len(edge))]
        units.add(added)
        edge = (edge | near[added]) - units
    return tuple(sorted(units)) if len(units) == k else None
