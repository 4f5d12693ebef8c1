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
    sets, k = members.shape
    rows = np.repeat(np.arange(sets), k)
    on = csr_matrix(
        (np.ones(sets * k), (rows, members.ravel())), shape=(sets, int(members.max(initial=0)) + 1)
    )
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
    near = sharing(members)
    found = np.full(len(sizes), np.inf)
    for place in range(len(sizes)):
        shared = near.indices[near.indptr[place] : near.indptr[place + 1]]
        out = shared[judged[shared]]
        others = len(pool) - len(out)
        n = (len(behind) - own[place]) / members.shape[1] if separate is None else separate
        rank = allowed(others, n, level)
        if rank < 0:
            continue
        top = order[: rank + len(out) + 1]
        left = top[~np.isin(top, out)]
        found[place] = sizes[left[rank]] if rank < len(left) else np.inf
    return found
