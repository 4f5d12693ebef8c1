"""The rule by which a month of a crime type is whole or not, on plain arrays of counts; `coverage` says it in values.

That a file is held does not say that it is whole: months have been published cut, thin, doubled, or whole but
for one crime type. Each month of a type is judged against what it ought to look like, in three ways.

*Formula in words.* A count is expected to be its type's ordinary month (the median of the nearest
`MOST_OTHERS` other months in which the type was recorded) times the level of its month, which is the median
of the ratios that the other types of that month have to their own ordinary months. For lows it is at least
the sum of the other types over the sum of their upper quartiles (no count taken as more than its quartile):
several small types cut together do not take the level down with them.

A count is **far below** under `BELOW_MEDIAN` of that, or under `BELOW_UPPER` of the same with
the upper quartile for the median; **far above** over `ABOVE_MEDIAN` of it, more than `ABOVE_HIGHEST` times
the highest other month, and more than `ABOVE_NEAREST` times the months about it. A whole file is judged by
the sum and by the middle of its types, which must agree, and by types that it lacks. **Made** counts are
known by round numbers that return more often than chance allows, a **doubled** file by its Crime IDs.

*Why these.* The median alone says that winter is a cut, for Cleveland's anti-social behaviour of January 2024
is half of it and true; but every type was low that month, and against them it was 0.56. The median also falls
where many months are cut, and the upper quartile does not until well over half are. Other months are the
nearest 36, as many as the archive holds at a time: over longer spans a trend would be taken for a cut.

*What it errs towards.* A true month that is flagged is left out and said to be; a cut month that is not is a
false change with nothing said. So every month cut to a third is to be found, and the bounds leave true months
what is left: little, for Cleveland's winter.

*When not to trust it.* One type cut by less than half, or a file by less than a third, is mostly not found. A
doubled type is found only where it passes its highest other month, and only with a year held. Where more than
half of a type's months are cut, cut ones begin to be missed and the highest whole one to look wrong. True
outliers (a festival, a lockdown, an operation against drugs) are flagged. `cut_table` and `false_table` count
all of this.

*Source.* Bounds: between the true extremes of Cleveland's files, January 2022 to June 2024, and the same
months cut to a third or doubled; the numbers stand with each. Kinds of damage: public audits of the archive.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

GAP_MEDIAN = 10
"""A type's median month from which none at all is a gap and not a zero.

With 10 expected, a true zero has a chance of 1 in 22,000 (Poisson)."""

JUDGED_MEDIAN = 50
"""A type's median month under which its counts are judged by nothing but a zero.

At 50 chance alone (Poisson, 95 in 100 months) moves a count by 28 per cent; at 35, as theft from the person
in Cleveland, true months reach from 0.54 to twice the median."""

FEWEST_OTHERS = 5
"""Other months from which a median and an upper quartile are worked out: with four it is one month."""

FEWEST_ABOVE = 11
"""Other months from which the highest of them says anything: with the month itself, a year of seasons."""

MOST_OTHERS = 36
"""The nearest other months that a month is judged against: what the archive holds at a time."""

LARGE_MEDIAN = 100
"""A type's median month under which a low must also be clear of chance, by `CLEAR` deviations (Poisson)."""

CLEAR = 2.0
"""Two deviations: one month in 40 lies lower by chance. Cleveland's bicycle theft (median 56) has 28."""

BELOW_MEDIAN = 0.53
"""Cleveland's true months of types of `LARGE_MEDIAN`, against median and level, go down to 0.564 (anti-social
behaviour, January 2024); cut to a third they reach 0.524 at most. Nearer the cuts: in none of the 300 runs of
6 to 29 of those months is a true one under 0.53, and 0.2 per cent of the months cut to a third are not."""

BELOW_UPPER = 0.44
"""The same against the upper quartile: true 0.525; cut to a third 0.483 at most, mostly under 0.4. The second
bound, for where many months are cut."""

ABOVE_MEDIAN = 1.43
"""A true month that passes its highest other by a tenth is at 1.40 (vehicle crime, October 2023); doubled
ones that do so begin at 1.47."""

ABOVE_HIGHEST = 1.1
"""How far the highest other month must be passed: true months pass it by up to 1.11, mostly by under 1.07."""

NEAREST = 4
"""Months to either side, or as near, that a peak is told from: two of them may be spoilt too."""

ABOVE_NEAREST = 1.3
"""How far the median of the nearest must be passed. A true peak comes and goes over months, a doubled month
stands alone: of 269 true months of made forces that pass the two bounds above, three in five are under this,
and none of Cleveland's doubled ones (from 1.33)."""

MOST_ABOVE = 0.25
"""At most this share of a type's months are far above: where more are, the others are low."""

FILE_BELOW_MEDIAN = 0.65
"""A file's sum over its types against their medians. Cleveland's lowest true month is 0.80; a sum over types
varies less than one type, and no other sum is there to say that it is winter."""

FILE_BELOW_UPPER = 0.6
"""The same against the upper quartiles: true 0.76."""

FILE_BELOW_FEW = 0.25
"""With fewer than `FEWEST_OTHERS` other files: no season makes a quarter of a month, and one is enough."""

BROKEN_OFF = 3
"""Types ordinarily recorded and absent from which a file is taken to break off, so that none in it is whole.

A force that stops publishing one type (Greater Manchester, anti-social behaviour) lacks one."""

FEWEST_TYPES = 3
"""Other types from which a median of their ratios is taken; with fewer, only the ratio of their sums."""

ROUND = 100
"""Counts that are multiples of this, and not under it, are round."""

CHANCE = 1e-4
"""Chance under which round numbers that return are not chance: 14 types in 43 forces give 0.1 of them."""

FEWEST_RETURNS = 3
"""Months with a round number from which it is "again and again"."""


@dataclass(frozen=True, eq=False)
class Judged:
    """Arrays of month x type, or of month: what `judge` found."""

    values: Floats
    median: Floats
    upper: Floats
    highest: Floats
    others: Floats
    judged: Flags
    never: Flags
    absent: Flags
    below: Flags
    above: Flags
    made: Flags
    level: Floats
    file_judged: Flags
    file_below: Flags
    file_above: Flags

    @property
    def broken_off(self) -> Flags:
        """Which months lack so many types that the file must have been broken off."""
        return np.asarray(self.absent.sum(axis=1) >= BROKEN_OFF)

    @property
    def partly(self) -> Flags:
        """Partly published but for what Crime IDs say."""
        whole = self.file_below | self.file_above | self.broken_off
        return np.asarray((self.below | self.above | self.made | whole[:, None]) & ~self.gap)

    @property
    def gap(self) -> Flags:
        """Which counts are none: not held, never recorded, or missing where the type is ordinarily recorded."""
        return np.asarray(np.isnan(self.values) | self.absent | self.never)


def judge(values: Floats, ordinals: npt.NDArray[np.int64]) -> Judged:
    """Return what the rule finds in counts of month x type (NaN where no file is held), the months by their ordinals."""
    near = nearest(ordinals)
    recorded = np.where(values > 0, values, np.nan)
    never = np.broadcast_to(np.isnan(recorded).all(axis=0), values.shape)
    ordered = np.sort(recorded[near], axis=1)  # NaN last
    median, upper = _quantile(ordered, 0.5), _quantile(ordered, 0.75)
    absent = (values == 0) & (median >= GAP_MEDIAN)
    # a month that lacks the type, or the file, is no month of it
    present = np.where(absent | np.isnan(median), np.nan, values)
    known = (~np.isnan(ordered)).sum(axis=1)
    judged = (known >= FEWEST_OTHERS) & (median >= JUDGED_MEDIAN) & ~np.isnan(present)
    typical, pooled = _typical(present, median), _pooled(present, upper)
    others = np.where(np.isnan(typical), pooled, typical)
    high = judged & (known >= FEWEST_ABOVE) & (present > ABOVE_MEDIAN * median * others)
    highest = _highest(recorded, near, high)
    about = _nearest_median(recorded[near])
    above = high & (present > ABOVE_HIGHEST * highest) & (present > ABOVE_NEAREST * about)
    others = np.where(above, others, np.fmax(typical, pooled))
    judged &= others > 0
    # what chance may have taken from a small type's month is given back before it is called low
    least = present + np.where(median < LARGE_MEDIAN, CLEAR * np.sqrt(present), 0.0)
    below = judged & ((least < BELOW_MEDIAN * median * others) | (least < BELOW_UPPER * upper * others))
    level, file_below, file_above, file_judged = _files(present, median, upper, near)
    return Judged(
        values, median, upper, highest, others, judged, never, absent, below, above,
        _made(recorded), level, file_judged, file_below, file_above,
    )  # fmt: skip


def nearest(ordinals: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """Return for each month the places of its nearest other months; of two as near, the earlier is nearer."""
    distance = np.abs(ordinals[:, None] - ordinals[None, :]) * 2 + (ordinals[None, :] > ordinals[:, None])
    np.fill_diagonal(distance, np.iinfo(np.int64).max)
    return np.argsort(distance, axis=1, kind="stable")[:, : max(0, min(MOST_OTHERS, len(ordinals) - 1))]


def _quantile(ordered: Floats, share: float) -> Floats:
    """Return a quantile along axis 1 of what is sorted along it with NaN last; NaN where nothing is known.

    Linear between neighbours, as numpy's; numpy's own for NaN is a hundred times slower on arrays so small.
    """
    n, width = ordered.shape[0], ordered.shape[1]
    if not width:
        return np.full((n, *ordered.shape[2:]), np.nan)
    known = (~np.isnan(ordered)).sum(axis=1, keepdims=True)
    place = share * np.maximum(known - 1, 0)
    low = np.floor(place).astype(np.intp)
    high = np.minimum(low + 1, np.maximum(known - 1, 0))
    below, over = np.take_along_axis(ordered, low, 1), np.take_along_axis(ordered, high, 1)
    return np.asarray((below + (place - low) * (over - below)).squeeze(axis=1))


def _ratios(present: Floats, median: Floats) -> Floats:
    """Return each count's ratio to its type's ordinary month; NaN for types that are not judged."""
    ratios: Floats = np.full(present.shape, np.nan)
    np.divide(present, median, out=ratios, where=~np.isnan(present) & (median >= JUDGED_MEDIAN))
    return ratios


def _typical(present: Floats, median: Floats) -> Floats:
    """Return for each cell the median ratio of the month's other types; NaN where they are too few."""
    ratios = _ratios(present, median)
    return np.column_stack([_middle(np.delete(ratios, at, axis=1)) for at in range(present.shape[1])])


def _middle(ratios: Floats) -> Floats:
    enough = (~np.isnan(ratios)).sum(axis=1) >= FEWEST_TYPES
    return np.asarray(np.where(enough, _quantile(np.sort(ratios, axis=1), 0.5), np.nan))


def _pooled(present: Floats, upper: Floats) -> Floats:
    """Return for each cell the sum of the month's other types over that of their upper quartiles.

    No count is taken as more than its quartile: a large type doubled, or whole where most of its months are
    cut, must not make a month look so high that true winter lows beside it look cut. So it is 1 at most, a
    little less in an ordinary month. NaN where the other types are too few to say.
    """
    known = ~np.isnan(present)
    counted, ordinary = np.where(known, np.minimum(present, upper), 0.0), np.where(known, upper, 0.0)
    rest = ordinary.sum(axis=1, keepdims=True) - ordinary
    pooled: Floats = np.full(present.shape, np.nan)
    taken = counted.sum(axis=1, keepdims=True) - counted
    np.divide(taken, rest, out=pooled, where=rest >= JUDGED_MEDIAN)
    return pooled


def _nearest_median(others: Floats) -> Floats:
    """Return the median of the nearest months recorded, of those in order of nearness along axis 1."""
    known = ~np.isnan(others)
    return _quantile(
        np.sort(np.where(known & (known.cumsum(axis=1) <= NEAREST), others, np.nan), axis=1), 0.5
    )


def _highest(recorded: Floats, near: npt.NDArray[np.intp], high: Flags) -> Floats:
    """Return for each cell the highest other month, those that are themselves high left out.

    Else two doubled months would vouch for each other. Where more than `MOST_ABOVE` of a type's months are
    high, none is left out.
    """
    months_held = (~np.isnan(recorded)).sum(axis=0)
    few = high.sum(axis=0) <= MOST_ABOVE * months_held
    plain = np.where(high & few, np.nan, recorded)
    if not near.shape[1]:
        return np.full(recorded.shape, np.nan)
    top = np.fmax.reduce(plain[near], axis=1)
    return np.asarray(top)


def _files(
    present: Floats, median: Floats, upper: Floats, near: npt.NDArray[np.intp]
) -> tuple[Floats, Flags, Flags, Flags]:
    """Return each file's level, and whether it is far below, far above, and judged on enough other files.

    The level is the ratio of sums. The median ratio of the types must say the same, where there are enough of
    them: one large type cut or doubled is found by itself and does not spoil the file.
    """
    level, against_upper = _ratio_of_sums(present, median), _ratio_of_sums(present, upper)
    middle, middle_upper = _middle(_ratios(present, median)), _middle(_ratios(present, upper))
    has_file = np.asarray((~np.isnan(present)).any(axis=1))
    others = has_file[near].sum(axis=1)
    enough = np.asarray((others >= FEWEST_OTHERS) & ~np.isnan(level))
    most, most_upper = np.fmax(level, middle), np.fmax(against_upper, middle_upper)
    low = (most < FILE_BELOW_MEDIAN) | (most_upper < FILE_BELOW_UPPER)
    below = np.asarray(np.where(enough, low, (others > 0) & (most < FILE_BELOW_FEW)), dtype=np.bool_)
    high = np.asarray(enough & (np.fmin(level, middle) > ABOVE_MEDIAN))
    highest = _highest(level.reshape(-1, 1), near, high.reshape(-1, 1)).reshape(-1)
    above = np.asarray(high & (level > ABOVE_HIGHEST * highest))
    return level, below, above, enough


def _ratio_of_sums(present: Floats, ordinary: Floats) -> Floats:
    known = ~np.isnan(present)
    expected = np.where(known, ordinary, 0.0).sum(axis=1)
    total = np.where(known, present, 0.0).sum(axis=1)
    return np.asarray(np.where(expected >= JUDGED_MEDIAN, total / np.maximum(expected, 1.0), np.nan))


def _made(recorded: Floats) -> Flags:
    """Return the cells of round numbers that return more often than chance allows, type by type.

    Flagged are one round number in k of n months, and round numbers of any kind in k of n (those inside the
    range of the others, and those outside it, each by themselves), where that many or more have a chance
    under `CHANCE` (binomial). One month is one given number with the density of a normal distribution at its
    middle, its spread from the quartiles and no less than a Poisson count's; it is a multiple of `ROUND` one
    time in `ROUND`, or with that density where it is greater. Types of small or few counts are left out.
    """
    made = np.zeros(recorded.shape, dtype=np.bool_)
    for column in range(recorded.shape[1]):
        series = recorded[:, column]
        seen = series[~np.isnan(series)]
        if len(seen) > FEWEST_OTHERS and np.median(seen) >= JUDGED_MEDIAN:
            made[:, column] = _returns(series, seen)
    return made


def _returns(series: Floats, seen: Floats) -> Flags:
    made = np.zeros(series.shape, dtype=np.bool_)
    rounds = _is_round(series)
    if rounds.sum() < FEWEST_RETURNS:
        return made
    # a tenth of a second to import, for what is seldom asked; scipy.stats, which has it too, takes half a second
    from scipy.special import bdtrc

    low, middle, high = np.quantile(seen, (0.25, 0.5, 0.75))
    spread = max((high - low) / 1.349, np.sqrt(middle))  # 1.349: quartiles of the normal distribution, in sd
    one = min(1.0, 0.3989 / spread)  # the normal density at its middle
    plain = seen[~_is_round(seen)]
    # apart: a true month that happens to be round must not be taken along by made ones far below it
    inside = (series >= plain.min()) & (series <= plain.max()) if len(plain) else rounds
    groups = [(rounds & (series == number), one) for number in np.unique(series[rounds])]
    groups += [(rounds & side, max(one, 1 / ROUND)) for side in (inside, ~inside)]
    for group, chance in groups:
        times = int(group.sum())
        # bdtrc: so many times or more
        if times >= FEWEST_RETURNS and bdtrc(times - 1, len(seen), chance) < CHANCE:
            made |= group
    return made


def _is_round(numbers: Floats) -> Flags:
    return np.asarray((numbers >= ROUND) & (numbers % ROUND == 0))
