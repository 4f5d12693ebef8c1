"""Whether rows without a location could have made the change of an area.

A row without an LSOA is counted in its force and in no area. Where more rows of one period lack it than of
the other, areas "fall" that did not. The located counts cannot say where the others happened; they can be
worked again for where they might have, and a verdict that does not come out the same is not given.

*Formula in words.* In each period the area has its share of the located rows of the ground that the unlocated
belong to. **Spread**: the unlocated of both periods lie as the located do. **Hard**: of the rows in question
the area gets `HARD` times its share in one period and none in the other, both ways round; the rest of the
ground gets what is left. The rows in question are, by default, those by which the periods differ: the share
that both periods lack is lost at the same places in the same way as far as anyone knows, and is spread; the
share that one lacks beyond the other is lost in a way that has changed, so it may lie anywhere. With
``whole=True`` they are all unlocated rows.

*Why not all.* `kept_table` counts it. With all rows in question, a steady 12 % takes nearly every verdict
that says "as elsewhere" or "no clear change" and half of those that say more, though nothing differs between
the periods. With the difference in question they stand, but for those near the line; with 5 against 20 %
those are lost that the difference could make, and only a change too large for it stands.

*When not to trust it.* A steady share whose places changed (a street whose rows were located and now are not,
another the other way) is not seen. More than `HARD` times the area's share is not looked at.

*Worked number.* 100 of an area to 80, of 1,000 located in each period, none and 250 unlocated: the share is 0
and 0.2; spread 100 to 100; hard 100 to 140, or 100 to 80.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

import numpy as np
import pandas as pd

Pair = tuple[float, float]
"""A count in the baseline and in the comparison."""

Case = Literal["recorded", "spread", "more before", "more after"]
"""How the unlocated are placed: nowhere, as the located, or the hard case with the area's in one of the
periods."""

HARD = 3.0
"""How many times its share the area gets in the hard case: where a force loses the location of a quarter of
its rows, that is nearly all of the area's. Public cases had more rows lost on town ground than elsewhere."""

Word = TypeVar("Word")


@dataclass(frozen=True)
class Counts:
    """Incidents of one crime type, baseline and comparison: of the area and of its comparator.

    The two have no ground in common.
    """

    area: Pair
    rest: Pair


@dataclass(frozen=True)
class Ground:
    """Rows of one crime type, baseline and comparison, of the force (or district) that area and rest lie in.

    ``located`` have an LSOA and include those of area and rest; ``unlocated`` have none.
    """

    located: Pair
    unlocated: Pair

    @property
    def share(self) -> Pair:
        """Share of rows without a location in each period, 0 to 1; NaN where there is no row."""
        return (_share(self.located[0], self.unlocated[0]), _share(self.located[1], self.unlocated[1]))


@dataclass(frozen=True)
class Unlocated:
    """The counts of an area, worked again for where the rows without a location might lie.

    ``share`` is that without a location in each period. ``counts`` are those of each case, "recorded" first;
    they are not whole numbers.
    """

    share: Pair
    counts: tuple[tuple[Case, Counts], ...]

    def of(self, case: Case) -> Counts:
        """Return the counts of one case."""
        return dict(self.counts)[case]


def unlocated(counts: Counts, ground: Ground, *, whole: bool = False) -> Unlocated:
    """Return the counts of an area for each case of where the rows without a location lie.

    With ``whole`` the hard case is of all rows without a location, else of those by which the periods differ.
    A period in which nothing is unlocated keeps its counts. Where the ground has no located row but unlocated
    ones, the area's share is unknown, and its counts are NaN in every case but the first: no verdict survives
    that. Raises ValueError for a count below zero or not finite, and where area and rest have more than the
    ground.
    """
    _check(counts, ground)
    placed = [_Period(counts.area[p], counts.rest[p], ground.located[p], ground.unlocated[p]) for p in (0, 1)]
    steady = 0.0 if whole else min(period.share for period in placed)
    before, after = placed

    def case(of_before: float, of_after: float) -> Counts:
        first, second = before.placed(steady, of_before), after.placed(steady, of_after)
        return Counts((first[0], second[0]), (first[1], second[1]))

    return Unlocated(
        ground.share,
        (
            ("recorded", counts),
            ("spread", case(1.0, 1.0)),
            ("more before", case(HARD, 0.0)),
            ("more after", case(0.0, HARD)),
        ),
    )


def survives(worked: Unlocated, verdict: Callable[[Counts], Word]) -> bool:
    """Return whether a verdict on the recorded counts is the same in every other case.

    ``verdict`` gives its word for counts that need not be whole. False where a count is NaN, without asking
    it.
    """
    said = verdict(worked.of("recorded"))
    return all(_known(counts) and verdict(counts) == said for _, counts in worked.counts[1:])


def kept_table(
    made: Mapping[str, Sequence[tuple[Counts, Ground]]],
    verdict: Callable[[Counts], str],
    *,
    whole: bool = False,
) -> pd.DataFrame:
    """Return how many verdicts stand: one row for each name of ``made`` and word that ``verdict`` gave there.

    Columns: ``made``, ``verdict``, ``given`` (areas with that word on the recorded counts), ``kept`` (share
    of them whose word survives, 0 to 1). In the order of ``made``, then by word. Errors as `unlocated`.
    """
    rows = [
        {
            "made": name,
            "verdict": verdict(counts),
            "kept": survives(unlocated(counts, ground, whole=whole), verdict),
        }
        for name, pairs in made.items()
        for counts, ground in pairs
    ]
    table = pd.DataFrame(rows, columns=["made", "verdict", "kept"])
    table["kept"] = table["kept"].astype(float)
    grouped = (
        table.groupby(["made", "verdict"], sort=True)["kept"].agg(given="size", kept="mean").reset_index()
    )
    place = {name: at for at, name in enumerate(made)}
    return grouped.sort_values("made", key=lambda names: names.map(place), kind="stable", ignore_index=True)


@dataclass(frozen=True)
class _Period:
    area: float
    rest: float
    located: float
    unlocated: float

    @property
    def share(self) -> float:
        rows = self.located + self.unlocated
        return self.unlocated / rows if rows else 0.0

    def placed(self, steady: float, times: float) -> Pair:
        """Return area and rest with the steady share spread and the area given ``times`` its share beyond
        it."""
        if not self.unlocated:
            return self.area, self.rest
        if not self.located:
            return float("nan"), float("nan")
        beyond = max(0.0, self.unlocated - steady * (self.located + self.unlocated))
        spread = (self.unlocated - beyond) / self.located
        own = min(beyond, times * beyond * self.area / self.located)
        elsewhere = self.located - self.area
        others = (beyond - own) * self.rest / elsewhere if elsewhere else 0.0
        return self.area * (1 + spread) + own, self.rest * (1 + spread) + others


def _share(located: float, unplaced: float) -> float:
    rows = located + unplaced
    return unplaced / rows if rows else float("nan")


def _known(counts: Counts) -> bool:
    return bool(np.isfinite((*counts.area, *counts.rest)).all())


def _check(counts: Counts, ground: Ground) -> None:
    each = np.array([counts.area, counts.rest, ground.located, ground.unlocated], dtype=np.float64)
    if not np.isfinite(each).all() or (each < 0).any():
        raise ValueError("a count is below zero or not finite")
    if (each[0] + each[1] > each[2]).any():
        raise ValueError("area and rest have more rows than are located on the ground they lie in")
