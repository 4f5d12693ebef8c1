"""The verdicts of a force before and after an update, both by the way that every page has them: desk, case, evidence."""

from __future__ import annotations

from dataclasses import replace

from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.model.revision import RevisedVerdicts
from analysis.model.selection import Selection
from analysis.topics.change.measure import board_evidence, revised_verdicts
from data.desk import Desk
from data.store import Store


def judge(before: Store, after: Store, force: str) -> RevisedVerdicts:
    """Return how the verdicts of the board changed: all areas and crime types that it opens with, at the same periods.

    The periods are those that pages opened with before the update, and those of the force's published review. Patrolled
    ground is that of the records held now, in both, so that months alone make a difference.
    """
    was, now = Desk(before, office=after), Desk(after)
    try:
        opened, opens = was.default_selection(force), now.default_selection(force)
    except AnalysisError as problem:
        return RevisedVerdicts(note=str(problem))
    chosen = replace(
        opened,
        areas=tuple(key for key in opens.areas if key in opened.areas),
        proposed=tuple(key for key in opens.proposed if key in opened.proposed),
    )
    verdicts = RevisedVerdicts()
    for baseline, comparison in _pairs(was, opened):
        verdicts = verdicts.joined(
            _compared(was, now, replace(chosen, baseline=baseline, comparison=comparison))
        )
    return verdicts


def _pairs(was: Desk, opened: Selection) -> list[tuple[Period, Period]]:
    """Return the periods that verdicts were shown of, each pair once; those of a review where its months are held."""
    pairs = [(opened.baseline, opened.comparison)]
    review = was.review(opened.force)
    span = was.span(opened.force)
    if review is not None and review.baseline.first in span and review.comparison.last in span:
        pairs.append((review.baseline, review.comparison))
    return list(dict.fromkeys(pairs))


def _compared(was: Desk, now: Desk, chosen: Selection) -> RevisedVerdicts:
    try:
        before, after = board_evidence(was.case(chosen)), board_evidence(now.case(chosen))
    except AnalysisError as problem:
        return RevisedVerdicts(note=str(problem))
    verdicts = revised_verdicts(before, after, (chosen.baseline, chosen.comparison))
    if not verdicts.compared and after:  # an input is not held, and each row says which
        return replace(verdicts, note=f"No verdict to compare. {after[0].reason}".rstrip())
    return verdicts
