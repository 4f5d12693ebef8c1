"""The first verdict's rule, vectorised: RIRR against the rest of the district, phi of similar places, 95 %.

z = (ln((a / b) / (A / B))) / sqrt(phi (1/a + 1/b + 1/A + 1/B)); half an incident is added to a and b where one
is 0. Similar places have between half and twice the n = a + b and share no ground; phi is their mean
(a - n pi)² / (n pi (1 - pi)), at least 1, pi the pooled share of the comparison over all units. It stands
beside the second verdict as the second opinion, and here so that both are counted over the same places.

Null: the place changed as the rest of its district did. When not to trust it: after a bad year, and for sets
(later years showed 7.6 % false alarms). References: Wilson 2022; Braga and Weisburd 2022; Marchant on phi.

Worked number: 40 places of 50 and 50, one of 50 and 25 in a district of 1,000 and 1,000 beside it: phi is 1,
z = ln(0.5) / sqrt(1/25 + 1/50 + 2/1000) = -2.78.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from analysis.stats.arrays import Bools, Floats, Ints, Words
from analysis.stats.thresholds import sharing

FEWEST_INCIDENTS = 20
FEWEST_SIMILAR = 20
HALF = 0.5
REACH = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, eq=False)
class PlainRule:
    """What the rule says of each place: ``judged``, ``phi``, and z of any comparison totals."""

    judged: Bools
    phi: Floats
    before: Floats
    rest_before: Floats
    rest_after: Floats

    def z(self, comparison: Floats) -> Floats:
        """Return z of comparison totals, … x places, phi and similar places staying as recorded."""
        half = np.where(np.minimum(comparison, self.before) == 0, HALF, 0.0)
        after, before = comparison + half, self.before + half
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log(after / before) - np.log(self.rest_after / self.rest_before)
            error = np.sqrt(self.phi * (1 / after + 1 / before + 1 / self.rest_after + 1 / self.rest_before))
            return np.nan_to_num(log / error, nan=0.0, posinf=0.0, neginf=0.0)

    def told(self, comparison: Floats) -> Floats:
        """Return -1 where the rule tells a fall, 1 where it tells a rise, else 0."""
        z = self.z(comparison)
        return np.asarray(np.where(np.abs(z) > REACH, np.sign(z), 0.0))


def plain_rule(
    before: Floats,
    after: Floats,
    districts: Words,
    members: Ints,
    shared: csr_matrix | None = None,
) -> PlainRule:
    """Return the rule for sets of units (``members``: a row a set; single places have one column).

    ``before`` and ``after`` are totals of the units, ``districts`` theirs. A set's rest is the ground outside
    it in all districts that it touches. Judged: n of 20 or more and 20 similar places. ``shared`` is the sets'
    `sharing`, where it is at hand.
    """
    names, number = np.unique(districts, return_inverse=True)
    sums_before, sums_after = np.bincount(number, before), np.bincount(number, after)
    touched = np.zeros((len(members), len(names)))
    for column in members.T:
        touched[np.arange(len(members)), number[column]] = 1
    b, a = before[members].sum(axis=1), after[members].sum(axis=1)
    share = after.sum() / max(float(before.sum() + after.sum()), 1.0)
    phi, similar = _phi(a + b, a, float(share), sharing(members) if shared is None else shared)
    judged = (a + b >= FEWEST_INCIDENTS) & (similar >= FEWEST_SIMILAR)
    return PlainRule(judged, phi, b, touched @ sums_before - b, touched @ sums_after - a)


def _phi(n: Floats, a: Floats, share: float, shared: csr_matrix) -> tuple[Floats, Floats]:
    """Return phi of each place's similar places and their number, those that share its ground left out."""
    squares = (a - n * share) ** 2 / np.where(n > 0, n * share * (1 - share), 1)
    order = np.argsort(n, kind="stable")
    running = np.concatenate([[0.0], np.cumsum(squares[order])])
    first = np.searchsorted(n[order], np.maximum(n / 2, 1e-9), side="left")
    last = np.searchsorted(n[order], 2 * n, side="right")
    total, count = running[last] - running[first], (last - first).astype(float)
    # what shares ground with each, set by set: the place itself among it
    own, other = np.repeat(np.arange(len(n)), np.diff(shared.indptr)), shared.indices
    n_own, n_other = n[own], n[other]
    inside = (n_other >= n_own / 2) & (n_other <= 2 * n_own) & (n_other > 0)
    own = own[inside]
    total -= np.bincount(own, squares[other[inside]], len(n))
    count -= np.bincount(own, minlength=len(n))
    return np.maximum(total / np.maximum(count, 1), 1.0), count
