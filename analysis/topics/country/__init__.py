"""Every centre of the country judged: how many stand out, where, and how each can be looked at."""

from analysis.topics.country.answer import OPENS_WITH, answer, found, land_of, remarks, types_of
from analysis.topics.country.case import CountryCase

__all__ = ["OPENS_WITH", "CountryCase", "answer", "found", "land_of", "remarks", "types_of"]
