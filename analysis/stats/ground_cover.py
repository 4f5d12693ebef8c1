"""How much of an outline lies on which ground: the fewest units that hold most of it, and how sure a choice of them is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from analysis.model.proposed_area import Confidence, Cover, Held

MOST_OF_IT = 0.8
"""Share of the outline that the ground taken must hold: four fifths. What is left over are edges across a road."""

HALF = 0.5
"""A unit of which so much lies in the outline is taken whatever it holds of it."""

NEARLY_ALL = 0.9
"""Share of the outline in the ground taken from which the choice can be of high confidence."""

ENOUGH_OF_GROUND = 0.1
"""Share of the ground taken that must lie in the outline for medium confidence: where nine tenths lie outside, what is
recorded on the ground may be anybody's."""


def covers(
    codes: Sequence[str], inside: np.ndarray, areas: np.ndarray, outline_area: float
) -> tuple[Cover, ...]:
    """Return the units that an outline reaches into, the one that holds most of it first, ties by code.

    ``inside`` and ``areas`` are square metres: of each unit in the outline, and of each unit. Units without any are left out.
    """
    found = [
        Cover(code, float(part / outline_area), float(part / area), float(area))
        for code, part, area in zip(codes, inside, areas, strict=True)
        if part > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.of_outline, each.ground_code)))


def taken(units: Sequence[Cover]) -> tuple[str, ...]:
    """Return the codes of the ground that an outline stands for, in code order.

    In words: the fewest units that together hold four fifths of the outline (`MOST_OF_IT`), or all that it reaches into
    where they hold less; and any other of which at least half (`HALF`) lies in it.
    Null: none, it is a rule and not a test. A least share for each unit was dropped: a city's centre is spread over
    units of which none holds much.
    Not to be trusted where units are many times larger than the outline: `held` says so by its confidence.
    Reference: none; it is the cumulative rule by which LSOAs are often given to built-up areas.
    Worked number: an outline of 10 ha with 6 ha on A (20 ha), 3 ha on B (60 ha) and 1 ha on C (1.5 ha): A and B hold nine
    tenths, A alone six; C lies in it by two thirds. All three are taken.
    """
    codes, sum_of_shares = set(), 0.0
    for unit in sorted(units, key=lambda each: (-each.of_outline, each.ground_code)):
        # a thousand small differences of rounding do not make an eighth tenth
        if sum_of_shares < MOST_OF_IT - 1e-9 or unit.of_ground >= HALF:
            codes.add(unit.ground_code)
        sum_of_shares += unit.of_outline
    return tuple(sorted(codes))


def held(units: Sequence[Cover], chosen: Collection[str], added_area: float = 0.0) -> Held:
    """Return how far an outline and this choice of ground are the same, with the confidence in a word.

    ``added_area`` is that of chosen ground that the outline does not reach into. High: nine tenths of the outline lie on
    the ground, and half of the ground in the outline. Medium: four fifths, and a tenth. Low: all else.
    Worked number: A and B of `taken` hold 0.9 of the outline, which fills 9 of their 80 ha (0.11): medium.
    """
    own = [unit for unit in units if unit.ground_code in chosen]
    ground = sum(unit.area for unit in own) + added_area
    of_outline = float(sum(unit.of_outline for unit in own))
    of_ground = float(sum(unit.of_ground * unit.area for unit in own) / ground) if ground else 0.0
    confidence: Confidence = "low"
    if of_outline >= NEARLY_ALL - 1e-9 and of_ground >= HALF - 1e-9:
        confidence = "high"
    elif of_outline >= MOST_OF_IT - 1e-9 and of_ground >= ENOUGH_OF_GROUND - 1e-9:
        confidence = "medium"
    return Held(of_outline, of_ground, confidence)
