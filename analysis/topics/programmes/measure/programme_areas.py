"""Which ground a programme had, and the months before and after it began."""

from __future__ import annotations

import pandas as pd

from analysis.model.errors import AreaError, NeedsInputError
from analysis.model.period_pairs import PeriodPair, before_and_after
from analysis.model.periods import parse_month
from analysis.topics.funding.measure import programme_key
from analysis.topics.programmes.case import ProgrammeArea, ProgrammeCase


def programme_areas(asked: ProgrammeCase, key: str) -> tuple[ProgrammeArea, ...]:
    """Return the areas of a programme, in the order of the files. Raises AreaError where none is named."""
    name = asked.case.programme(key).name
    named = tuple(each for each in asked.areas if programme_key(each.programme) == programme_key(name))
    if not named:
        raise AreaError(
            f"No area of {name} is named for this force. Name its LSOAs in an areas.toml in the folder of the store."
        )
    return named


def before_and_after_start(asked: ProgrammeCase, key: str) -> PeriodPair:
    """Return the months from a programme's start on, a year of them at most, and the same months the year before.

    It starts in the month that the review says, else on the first day of its earliest sum in the office's records.
    Raises NeedsInputError where neither is held, PeriodError where the months round the start are not.
    """
    return before_and_after(_start(asked, key), asked.case.span)


def _start(asked: ProgrammeCase, key: str) -> pd.Period:
    programme = asked.case.programme(key)
    if programme.first_month:
        return parse_month(programme.first_month)
    grants = asked.grants.table if asked.grants else None
    if grants is not None:
        wanted = programme_key(programme.name)
        own = [programme_key(name) == wanted for name in grants["programme"]]
        days = grants.loc[own, "first_day"].dropna()
        if len(days):
            return days.min().to_period("M")
    raise NeedsInputError(
        f"The month in which {programme.name} began is not known. Give its sum, with its first day, in the funding records."
    )
