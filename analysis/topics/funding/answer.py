"""What was granted, for when and where?"""

from __future__ import annotations

from collections.abc import Callable

from analysis.drawing.answer import Answer, Made, answered
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.topics.funding.case import FundingCase
from analysis.topics.funding.measure import Sums, sums
from analysis.topics.funding.say import in_short
from analysis.topics.funding.show.funding_figure import funding_figure, funding_table


def answer(asked: FundingCase, names: tuple[str, ...], beside: tuple[tuple[str, Period], ...] = ()) -> Answer:
    """Return the sums of these programmes over their days, and as a table; ``beside`` adds spans of other things by name.

    The office's records come first, the review's sums for the programmes that those do not name. Where no sum is had
    the figure is the sentence that says so, and there is no table.
    """

    def granted() -> Sums:
        return sums(asked.case, asked.records, names)

    def figure() -> Made:
        return funding_figure(granted().table, granted().source, beside=dict(beside))

    parts: dict[str, Callable[[], Made]] = {"figure": figure}
    try:
        granted()
    except AnalysisError:
        return answered(asked.case, parts)
    return answered(asked.case, parts | {"table": lambda: funding_table(granted().table, granted().source)})


def granted_in_short(asked: FundingCase, names: tuple[str, ...]) -> Answer:
    """Return the same sums as a sentence, for the head of a page whose table stands in a fold; no part without a sum."""
    try:
        granted = sums(asked.case, asked.records, names)
    except AnalysisError:
        return answered(asked.case, {})
    return answered(asked.case, {"in short": lambda: in_short(granted.table)})
