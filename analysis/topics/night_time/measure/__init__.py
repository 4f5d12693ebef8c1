"""The numbers of the topic: how the months of a year differ, and records by weekday and hour."""

from analysis.topics.night_time.measure.night_hours import (
    LONGEST_HOURS,
    HoursOfWeek,
    hours_of_week,
    hours_vary,
    stop_search_hours,
)
from analysis.topics.night_time.measure.night_months import (
    NIGHT_TIME_TYPES,
    DecemberEffect,
    daily_rate,
    december_effect,
    indicators,
    month_pattern,
)

__all__ = [
    "LONGEST_HOURS",
    "NIGHT_TIME_TYPES",
    "DecemberEffect",
    "HoursOfWeek",
    "daily_rate",
    "december_effect",
    "hours_of_week",
    "hours_vary",
    "indicators",
    "month_pattern",
    "stop_search_hours",
]
