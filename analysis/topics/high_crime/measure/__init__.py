"""The numbers of the topic."""

from analysis.topics.high_crime.measure.emerging import emerging
from analysis.topics.high_crime.measure.places import (
    high_together,
    over_time,
    place_names,
    ranked,
    whole_period,
)
from analysis.topics.high_crime.measure.ranking import persistence, ranking

__all__ = [
    "emerging",
    "high_together",
    "over_time",
    "persistence",
    "place_names",
    "ranked",
    "ranking",
    "whole_period",
]
