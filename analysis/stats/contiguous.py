"""Sets of k units of ground that hang together: all of them where they can be listed, else a draw.

Listing is by Wernicke's ESU: a set is grown from its lowest unit, and only by units that touch its newest
member and none of the older ones, so that each connected set comes up exactly once. Every set counts alike.
Of more than a fit can use in reasonable time a sample is kept, each set as likely as the next; where even the
list is too long, sets are drawn, which grows from starts in turn, so that compact shapes are likelier than strings.

Reference: Wernicke 2006, IEEE/ACM Transactions on Computational Biology and Bioinformatics 3:347.

Worked number: four units in a row have three connected pairs, two connected threes and one four.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.model.contiguity import grown_set
from analysis.model.errors import AnalysisError
from analysis.stats.arrays import Bools, Ints

MOST_LISTED = 20_000
"""More sets than this are not listed: threes of a force of 350 units are 4,000, fours 20,000 and more."""

DRAWN = 8_000
"""Sets kept of a longer list, and different sets asked of a draw: twice the standard error of a share of 5 % is then half
a point."""

SEED = 20240630
"""The seed of the draws: fixed, so that a figure quoted today is found again tomorrow."""


@dataclass(frozen=True, eq=False)
class ContiguousSets:
    """Sets of ``k`` units: one row a set, unit numbers from low to high, rows in order; ``all_listed``, or sampled or drawn."""

    members: Ints
    all_listed: bool


def contiguous_sets(touching: Bools, eligible: Bools, k: int) -> ContiguousSets:
    """Return the connected sets of ``k`` eligible units.

    ``touching`` is symmetric, units x units (its diagonal is not looked at); ``eligible`` marks the units
    that may serve. All sets where they are at most `DRAWN`, a sample of so many where they are at most `MOST_LISTED`, else as
    many different ones by draws (fewer where draws repeat each other). With k of 1 every eligible unit comes back, one
    without a neighbour included.
    Raises AnalysisError when k is under 1 or the two arrays do not fit together.
    """
    if k < 1:
        raise AnalysisError(f"A set of {k} units of ground does not exist. Choose 1 or more.")
    if touching.shape != (len(eligible), len(eligible)):
        raise AnalysisError("The table of which units touch does not fit the units that may serve.")
    usable = touching & eligible & eligible[:, None]
    near = [set(np.flatnonzero(row).tolist()) - {unit} for unit, row in enumerate(usable)]
    starts = np.flatnonzero(eligible).tolist()
    found: list[tuple[int, ...]] = []
    for start in starts:
        for members in _grown_from(start, near, k):
            found.append(tuple(sorted(members)))
            if len(found) > MOST_LISTED:
                return ContiguousSets(_table(_drawn(starts, near, k), k), False)
    table = _table(found, k)
    if len(table) <= DRAWN:
        return ContiguousSets(table, True)
    kept = np.random.default_rng(SEED).choice(len(table), size=DRAWN, replace=False)
    return ContiguousSets(table[np.sort(kept)], False)


def _table(found: Sequence[tuple[int, ...]], k: int) -> Ints:
    return np.array(sorted(found), dtype=np.int64).reshape(-1, k)


def _grown_from(start: int, near: Sequence[set[int]], k: int) -> Iterator[list[int]]:
    """Yield each connected set whose lowest unit is ``start``, once."""
    stack: list[tuple[list[int], set[int], set[int]]] = [
        ([start], {unit for unit in near[start] if unit > start}, near[start] | {start})
    ]
    while stack:
        members, edge, seen = stack.pop()
        if len(members) == k:
            yield members
            continue
        waiting = set(edge)
        while waiting:
            added = waiting.pop()
            fresh = {unit for unit in near[added] if unit > start and unit not in seen}
            stack.append(([*members, added], waiting | fresh, seen | near[added]))


def _drawn(starts: Sequence[int], near: Sequence[set[int]], k: int) -> list[tuple[int, ...]]:
    """Return up to `DRAWN` different sets, each start getting as many draws as the next."""
    random = np.random.default_rng(SEED)
    order = random.permutation(len(starts))
    found: set[tuple[int, ...]] = set()
    for draw in range(4 * DRAWN):
        if members := grown_set(starts[order[draw % len(starts)]], near, k, random):
            found.add(members)
        if len(found) == DRAWN:
            break
    return list(found)
