"""Threshold and p by rank among untreated places, never the place itself nor ground that it shares.

p = (1 + n q) / (1 + n): q is the share of the other places that are at least as far out, and n how many of
them stand side by side. Single places are all separate, and p is the usual (1 + count) / (1 + N). Sets of k
units overlap: thousands of them say no more than the number that fit into the ground without sharing any,
so n is the units behind them over k. A place is told where p is at most the level.

Null: the place is exchangeable with the others; for overlapping sets, as with a draw of separate sets, over
whose choice q is the mean. When not to trust it: neighbours that change together make even separate sets
dependent. Few places by chance all near 0 would set a threshold that other months do not bear out, so z is
in no case told below `LEAST_REACH`: p may then be under 5 % and nothing said.

References: Vovk, Gammerman and Shafer 2005 (p by rank); Dunn, Wasserman and Ramdas 2023 (one unit a group).

Worked number: 99 other places, 4 as far out: p = 5 / 100. 4,000 sets of three over 345 units, 4 % as far
out: n = 115, p = (1 + 4.6) / 116 = 0.048.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from analysis.stats.arrays import Bools, Floats, Ints

LEVEL = 0.05
"""Either way."""

LEAST_REACH = 1.96
"""No z under this is told, whatever the rank: it is where normal theory would draw the line."""


def rank_p(as_far: float, others: int, separate: float) -> float:
    """Return p of a place where ``as_far`` of ``others`` are at least as far out; 1 with no other place."""
    share = as_far / others if others else 1.0
    return (1 + separate * share) / (1 + separate)


def allowed(others: Ints | int, separate: Floats | float, level: float = LEVEL) -> Ints:
    """Return how many others may be at least as far out for p to be at most the level; -1 where none will do."""
    others, separate = np.asarray(others), np.asarray(separate, float)
    some = (separate * level + level >= 1) & (others > 0)
    share = (level * (1 + separate) - 1) / np.where(some, separate, 1.0)
    return np.where(some, np.floor(share * others + 1e-9), -1.0).astype(np.int64)


def reach(sizes: Floats, separate: float, level: float = LEVEL) -> float:
    """Return the size that must be exceeded to be told, of the others' sizes; infinite where none would do."""
    place = int(allowed(len(sizes), separate, level))
    return float(np.sort(sizes)[::-1][place]) if 0 <= place < len(sizes) else float("inf")


def sharing(members: Ints) -> csr_matrix:
    """Return which sets share ground (sets x sets, True with itself) from their unit numbers, a row a set.

    In each row they stand sorted, so that whatever is summed over them is summed in one order.
    """
    return _units_shared(members).astype(bool).tocsr()


def leave_out_reach(
    sizes: Floats,
    judged: Bools,
    members: Ints,
    separate: float | None = None,
    shared: csr_matrix | None = None,
) -> Floats:
    """Return for each set the size that it must exceed to be told, from judged sets that share no unit with it.

    ``members`` has one row a set and its unit numbers (a single place has itself alone). ``separate`` is n
    of the rank, the same for all; default the units behind the judged sets, its own left out, over k.
    ``shared`` is their `sharing`, where it is at hand.
    """
    pool = np.flatnonzero(judged)
    order = pool[np.argsort(-sizes[pool], kind="stable")]
    behind = np.unique(members[pool])
    own = np.isin(members, behind).sum(axis=1)
    set_of, place = _shared_places(_units_shared(members) if shared is None else shared, order)
    excluded = np.bincount(set_of, minlength=len(sizes))
    n = (len(behind) - own) / members.shape[1] if separate is None else np.full(len(sizes), separate)
    rank = allowed(len(pool) - excluded, n)
    # past this an excluded place moves nothing; most stand there, and sorting them took half of the time
    near = place <= np.repeat(rank + excluded, excluded)
    set_of, place = np.divmod(
        np.sort(set_of[near].astype(np.int64) * (len(pool) + 1) + place[near]), len(pool) + 1
    )
    # an excluded place that stands before the one sought moves it one further on: its own number among the
    # excluded taken from its place says how many of the others stand before it
    before = np.arange(len(set_of)) - np.searchsorted(set_of, np.arange(len(sizes)))[set_of]
    moved = np.bincount(set_of[place - before <= rank[set_of]], minlength=len(sizes))
    at = rank + moved
    inside = (rank >= 0) & (at < len(pool))
    found = np.full(len(sizes), np.inf)
    found[inside] = sizes[order[at[inside]]]
    return found


def _shared_places(shared: csr_matrix, order: Ints) -> tuple[Ints, Ints]:
    """Return which sets of the order share ground with each, as set and place in the order, sorted by set."""
    # numbers of four bytes: there are hundreds of thousands, and they are read and written several times
    place_of = np.full(shared.shape[0], -1, np.int32)
    place_of[order] = np.arange(len(order), dtype=np.int32)
    place = place_of[shared.indices]
    inside = place >= 0
    sets = np.repeat(np.arange(shared.shape[0], dtype=np.int32), np.diff(shared.indptr))
    return sets[inside], place[inside]


def _units_shared(members: Ints) -> csr_matrix:
    """Return how many units each two sets share, where they share any."""
    on = _on(members)
    return (on @ on.T).tocsr()


def _on(members: Ints) -> csr_matrix:
    """Return which units each set has (sets x units)."""
    sets, k = members.shape
    rows = np.repeat(np.arange(sets), k)
    # whole numbers: how many units two sets share is counted exactly, and in less room
    return csr_matrix(
        (np.ones(sets * k, np.int32), (rows, members.ravel())), shape=(sets, int(members.max(initial=0)) + 1)
    )
