"""The night-time economy: months in open data, hours in records that have them."""

from analysis.topics.night_time.answer import answer, by_night, funds, hours, paid_for, sums
from analysis.topics.night_time.measure import NIGHT_TIME_TYPES

__all__ = ["NIGHT_TIME_TYPES", "answer", "by_night", "funds", "hours", "paid_for", "sums"]
