"""What is said, where a register's numbers stand, of the quarters that they are made of."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.model.periods import Period, month_label
from analysis.model.publishing import Published
from analysis.model.vocabulary import SMALL_COUNT
from analysis.topics.retail.measure.quarters import narrowed_note, quarters_of

_FEW = f"1 to {SMALL_COUNT - 1}"


def on_quarters(published: Published, period: Period, before: Period | None = None) -> tuple[str, ...]:
    """Return the notes under a table of a period, or of two: months left out, quarters not shown, and why less is.

    A quarter that an earlier version showed is told by what both showed alone, so that no note tells more than the tables.
    """
    wanted = {*quarters_of(period), *(quarters_of(before) if before is not None else ())}
    withheld, held_back = wanted & published.withheld, wanted & published.held_back
    gone, small, less = withheld & held_back, withheld - held_back, held_back - withheld
    return (
        *narrowed_note(period),
        *_said(
            "Not shown at all",
            small,
            f"Fewer than {SMALL_COUNT} offences are in the register there.",
        ),
        *_said(
            "Not shown at all, though an earlier version of the register showed it",
            gone,
            f"Too few offences have changed since, or are left: the difference could give a count of {_FEW} away. It is shown "
            f"again once {SMALL_COUNT} or more are in it and it differs from each earlier version by {SMALL_COUNT} or more, or not at all.",
        ),
        *_said(
            "Shown by an earlier version of the register too",
            less,
            f"What it hid, what has changed by {_FEW} since, and its values and days are hidden. The difference could give a small "
            "count away. A quarter that is given once, with its late entries in, need not hide more.",
        ),
    )


def _said(what: str, quarters: Iterable[pd.Period], why: str) -> tuple[str, ...]:
    named = [
        f"{month_label(each.asfreq('M', how='start'))} to {month_label(each.asfreq('M', how='end'))}"
        for each in sorted(quarters)
    ]
    return (f"{what}: {', '.join(named)}. {why}",) if named else ()
