"""Several areas taken together: their mean z against the mean z of untreated groups of the same sizes.

Pooling by random effects asks whether the areas' mean ratio is 1, and over three areas could find next to
nothing; here the question is whether untreated groups drawn at random moved as far, all together.

Null: the areas are a group like any other of as many places of these sizes. Areas of one district share what
happened to all of it, so groups lie in districts as the areas do: three areas of one district are set
against groups that lie in one district each. p = (1 + as far out) / (1 + groups), either way; groups that
share ground with the areas or within themselves are never drawn.

When not to trust it: areas that changed together for a reason of their own, such as one centre's recording;
a force of one or two districts, whose shared changes are then seen once or twice only.

Worked number: areas with z of -1.5, -1.2 and -0.9 have mean -1.2; 39 of 999 groups that lie at 1.2 or more
from 0 make p 0.04.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from analysis.model.errors import NeedsInputError
from analysis.stats.arrays import Bools, Floats, Ints, Words
from analysis.stats.verdict_panel import FEWEST_PLACES

GROUPS = 4_000
"""Groups drawn: a share of 5 % then has a standard error of a third of a point."""

TRIES = 30
"""Draws for each group kept: three places of one district come up about one time in twelve."""

FEWEST_GROUPS = 400
"""With fewer groups a share of 5 % is known to no better than a point."""

SEED = 20240630


@dataclass(frozen=True, eq=False)
class Pool:
    """Untreated places of one size that can be judged: their z, unit numbers (a row a place) and districts."""

    z: Floats
    members: Ints
    districts: Words


@dataclass(frozen=True, eq=False)
class Areas:
    """The areas taken together: z and district of each, and the unit numbers of all, which no group may touch."""

    z: Sequence[float]
    districts: Sequence[str]
    ground: Ints


@dataclass(frozen=True)
class Together:
    """The mean z of the areas, p either way, and the share of groups that moved as far the same way."""

    mean_z: float
    p: float
    as_far: float
    groups: int


def together(areas: Areas, pools: Sequence[Pool], *, groups: int = GROUPS) -> Together:
    """Return how far the areas moved as one, each set against the pool of its own size (in the areas' order).

    Raises NeedsInputError where a pool has fewer than `FEWEST_PLACES` places left, or where too few separate
    groups can be drawn.
    """
    left = [_apart(pool, areas.ground) for pool in pools]
    if min(len(pool.z) for pool in left) < FEWEST_PLACES:
        raise NeedsInputError(
            f"Fewer than {FEWEST_PLACES} untreated places are as large as one of these areas, so nothing says "
            "how far such areas move together by themselves. Leave that area out."
        )
    # one group in ten or so lies in districts as the areas do
    rows = drawn_groups([pool.members for pool in left], TRIES * groups, SEED)
    rows = rows[_same_pattern(rows, left, areas.districts)][:groups]
    if len(rows) < FEWEST_GROUPS:
        raise NeedsInputError(
            "Too few separate groups of these sizes fit into the force's districts, so nothing says how far "
            "such areas move together by themselves. Take fewer areas together."
        )
    means = np.mean([pool.z[column] for pool, column in zip(left, rows.T, strict=True)], axis=0)
    mean = float(np.mean(areas.z))
    return Together(
        mean,
        float((1 + (np.abs(means) >= abs(mean)).sum()) / (1 + len(means))),
        float((means <= mean).mean() if mean < 0 else (means >= mean).mean()),
        len(means),
    )


def drawn_groups(members: Sequence[Ints], groups: int, seed: int) -> Ints:
    """Return up to ``groups`` draws of one row of each pool, no two rows of a draw sharing a unit; seeded."""
    random = np.random.default_rng(seed)
    rows = np.stack([random.integers(len(each), size=2 * groups) for each in members], axis=1)
    units = [column for at, each in enumerate(members) for column in each.T[:, rows[:, at]]]
    separate = np.ones(len(rows), bool)
    for one, two in combinations(units, 2):
        separate &= one != two
    return np.asarray(rows[separate][:groups], dtype=np.int64)


def _apart(pool: Pool, own: Ints) -> Pool:
    free = ~np.isin(pool.members, own).any(axis=1)
    return Pool(pool.z[free], pool.members[free], pool.districts[free])


def _same_pattern(rows: Ints, pools: Sequence[Pool], districts: Sequence[str]) -> Bools:
    """Return which groups have two places in one district exactly where the areas have."""
    alike = np.ones(len(rows), bool)
    # numbers in place of names: they are compared a hundred thousand times
    number = np.unique(np.concatenate([pool.districts for pool in pools]), return_inverse=True)[1]
    of = np.split(number, np.cumsum([len(pool.districts) for pool in pools])[:-1])
    for one in range(len(pools)):
        for two in range(one):
            same = of[one][rows[:, one]] == of[two][rows[:, two]]
            alike &= same == (districts[one] == districts[two])
    return alike
