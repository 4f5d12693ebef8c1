"""The numbers of the topic: sums with their days and places, and what an hour of patrol cost where that can be said."""

from analysis.topics.funding.measure.funding_timeline import (
    CostPerHour,
    Scope,
    cost_per_hour,
    funding_timeline,
    logged_seconds,
    places_of,
    programme_key,
    with_published,
)
from analysis.topics.funding.measure.sums import Sums, sums

__all__ = [
    "CostPerHour",
    "Scope",
    "Sums",
    "cost_per_hour",
    "funding_timeline",
    "logged_seconds",
    "places_of",
    "programme_key",
    "sums",
    "with_published",
]
