"""What does the Neighbourhood Policing Guarantee count in these town centres?"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from analysis.drawing.answer import Answer, Made, answered, resting_on
from analysis.drawing.figure import Figure, Table
from analysis.topics.guarantee.case import GuaranteeCase
from analysis.topics.guarantee.measure import TownCentreQuarters, town_centre_quarters
from analysis.topics.guarantee.say import leads
from analysis.topics.guarantee.show.quarter_figure import quarter_figure
from analysis.topics.guarantee.show.quarter_tables import by_type_table, volume_table


def answer(asked: GuaranteeCase) -> Answer:
    """Return the Guarantee's town-centre crimes that open data have, by quarter: in words, as bars, and as tables."""
    case = asked.case

    @cache
    def counts() -> TownCentreQuarters:
        return town_centre_quarters(asked)

    def bars() -> Figure:
        return resting_on(quarter_figure(counts()), counts().span)

    def volume() -> Table:
        return resting_on(volume_table(counts(), show_small=case.show_small), counts().span)

    def by_type() -> Table:
        return resting_on(by_type_table(counts(), show_small=case.show_small), counts().span)

    parts: dict[str, Callable[[], Made]] = {"quarters": bars, "volume": volume, "by_type": by_type}
    return answered(case, parts, lambda: leads(counts()))
