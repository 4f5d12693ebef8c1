"""Single incidents: where, when, which."""

from analysis.topics.incidents.answer import (
    DENSITY,
    GROUND,
    POINTS,
    answer,
    by_ground,
    district_land,
    districts,
    force_of,
    where,
)
from analysis.topics.incidents.case import IncidentCase, IncidentQuestion
from analysis.topics.incidents.measure import place_names

__all__ = [
    "DENSITY",
    "GROUND",
    "POINTS",
    "IncidentCase",
    "IncidentQuestion",
    "answer",
    "by_ground",
    "district_land",
    "districts",
    "force_of",
    "place_names",
    "where",
]
