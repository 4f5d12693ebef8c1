"""The numbers of the topic: recorded and positive by place, quarter and crime type, and which quarters are comparable."""

from analysis.topics.guarantee.measure.categories import KNOWN, POSITIVE
from analysis.topics.guarantee.measure.editions import Edition, editions
from analysis.topics.guarantee.measure.town_centre_quarters import (
    ALL,
    COLUMNS,
    NOT_COMPARABLE,
    NOT_PUBLISHED,
    SETTLED,
    SETTLED_AFTER,
    STILL_COMING,
    TownCentreQuarters,
    town_centre_quarters,
)

__all__ = [
    "ALL",
    "COLUMNS",
    "KNOWN",
    "NOT_COMPARABLE",
    "NOT_PUBLISHED",
    "POSITIVE",
    "SETTLED",
    "SETTLED_AFTER",
    "STILL_COMING",
    "Edition",
    "TownCentreQuarters",
    "editions",
    "town_centre_quarters",
]
