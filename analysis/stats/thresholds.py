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


def allowed(others: int, separate: float, level: float = LEVEL) -> int:
    """Return how many others may be at least as far out for p to be at most the level; -1 where none will do."""
    if separate * level + level < 1 or not others:
        return -1
    return int(np.floor((level * (1 + separate) - 1) / separate * others + 1e-9))


def reach(sizes: Floats, separate: float, level: float = LEVEL) -> float:
    """Return the size that must be exceeded to be told, of the others' sizes; infinite where none would do."""
    place = allowed(len(sizes), separate, level)
    return float(np.sort(sizes)[::-1][place]) if 0 <= place < len(sizes) else float("inf")


def sharing(members: Ints) -> csr_matrix:
    """Return which sets share ground (sets x sets, True with itself) from their unit numbers, a row a set."""
    on = _on(members)
    return (on @ on.T).astype(bool).tocsr()


def leave_out_reach(
    sizes: Floats, judged: Bools, members: Ints, separate: float | None = None, level: float = LEVEL
) -> Floats:
    """Return for each set the size that it must exceed to be told, from judged sets that share no unit with it.

    ``members`` has one row a set and its unit numbers (a single place has itself alone). ``separate`` is n
    of the rank, the same for all; default the units behind the judged sets, its own left out, over k.
    """
    pool = np.flatnonzero(judged)
    order = pool[np.argsort(-sizes[pool], kind="stable")]
    behind = np.unique(members[pool])
    own = np.isin(members, behind).sum(axis=1)
    set_of, shared = _shared_places(members, order)
    others = len(pool) - np.bincount(set_of, minlength=len(sizes))
    n = (len(behind) - own) / members.shape[1] if separate is None else np.full(len(sizes), separate)
    rank = np.array([allowed(int(each), float(alone), level) for each, alone in zip(others, n, strict=True)])
    # an excluded place that stands before the one sought moves it one further on: its own number among the
    # excluded taken from its place says how many of the others stand before it
    before = np.arange(len(set_of)) - np.searchsorted(set_of, set_of)
    moved = np.bincount(set_of[shared - before <= rank[set_of]], minlength=len(sizes))
    at = rank + moved
    inside = (rank >= 0) & (at < len(pool))
    found = np.full(len(sizes), np.inf)
    found[inside] = sizes[order[at[inside]]]
    return found


def _shared_places(members: Ints, order: Ints) -> tuple[Ints, Ints]:
    """Return which sets share ground with each, as set and place in the order, sorted by both."""
    on = _on(members)
    near = (on @ on[order].T).tocsr()
    near.sort_indices()
    return np.repeat(np.arange(len(members)), np.diff(near.indptr)), near.indices.astype(np.int64)


def _on(members: Ints) -> csr_matrix:
    """Return which units each set has (sets x units)."""
    sets, k = members.shape
    rows = np.repeat(np.arange(sets), k)
    # whole numbers: how many units two sets share is counted exactly, and in less room
    return csr_matrix(
        (np.ones(sets * k, np.int32), (rows, members.ravel())), shape=(sets, int(members.max(initial=0)) + 1)
    )
