"""Every centre of the country judged: how many stand out, where, and how each can be looked at."""

from analysis.topics.country.answer import OPENS_WITH, TYPES, answer, found, land_of, remarks
from analysis.topics.country.case import CountryCase

__all__ = ["OPENS_WITH", "TYPES", "CountryCase", "answer", "found", "land_of", "remarks"]
