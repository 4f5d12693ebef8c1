"""Verdicts of the same rows before and after months were revised: which are another word now."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.model.revision import NOT_GIVEN, RevisedVerdict, RevisedVerdicts


def revised_verdicts(
    before: Iterable[Evidence], after: Iterable[Evidence], periods: tuple[Period, Period]
) -> RevisedVerdicts:
    """Return how many verdicts were compared and which changed, by area and crime type, in the order of ``after``.

    Both are of the same two periods. A row that only one of them has is not compared, nor one that has no verdict in
    either (an input is not held); one that has a verdict in one of them only changed from or to `NOT_GIVEN`.
    """
    baseline, comparison = (period.label for period in periods)
    was = {(row.area_key, row.crime_type): row for row in before}
    number, changes = 0, []
    for row in after:
        old = was.get((row.area_key, row.crime_type))
        if old is None or not (old.verdict or row.verdict):
            continue
        number += 1
        if old.verdict != row.verdict:
            words = (old.verdict or NOT_GIVEN, row.verdict or NOT_GIVEN)
            changes.append(RevisedVerdict(row.area, row.crime_type, baseline, comparison, *words))
    return RevisedVerdicts(number, tuple(changes), (f"{comparison} against {baseline}",))
