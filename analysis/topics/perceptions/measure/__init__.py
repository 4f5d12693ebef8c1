"""The numbers of the topic: places by how unsafe they felt and how much was recorded on their ground."""

from analysis.topics.perceptions.measure.perceived_places import place_ground, recorded_on
from analysis.topics.perceptions.measure.perception import (
    FEWEST_RESPONDENTS,
    QUADRANTS,
    Perceptions,
    in_quadrants,
    perceptions,
)

__all__ = [
    "FEWEST_RESPONDENTS",
    "QUADRANTS",
    "Perceptions",
    "in_quadrants",
    "perceptions",
    "place_ground",
    "recorded_on",
]
