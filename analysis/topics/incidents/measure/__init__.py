"""The numbers of the topic."""

from analysis.topics.incidents.measure.wanted import (
    counts_by_ground,
    counts_by_month,
    outside_ground,
    place_names,
    wanted_ground,
)

__all__ = ["counts_by_ground", "counts_by_month", "outside_ground", "place_names", "wanted_ground"]
