"""What telling a fall would take, as a table."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.english import counted
from analysis.stats.planner import LIKELY, MOST_TOGETHER, SPANS
from analysis.topics.evaluation.measure.planned import Plan, Plans


def plan_table(found: Plans, area: str, crime_type: str) -> Table:
    """Return with what chance each fall would be told, and the months and places from which it is likely told."""
    plans = found.plans
    shown = pd.DataFrame(
        {
            "Looked at": [each.what for each in plans],
            "Fall": [formats.share(each.fall) for each in plans],
            f"Chance of telling it with {counted(found.months, 'month')}": [
                formats.share(each.chance) for each in plans
            ],
            "Months until it is likely told": [
                f"more than {SPANS[-1]}" if each.months is None else formats.number(each.months)
                for each in plans
            ],
            f"Places together, {counted(found.months, 'month')}": [
                f"more than {MOST_TOGETHER}" if each.places is None else formats.number(each.places)
                for each in plans
            ],
        }
    ).set_index(["Looked at", "Fall"])
    return Table(
        title=_title(plans, found.months),
        subtitle=f"{crime_type} in places like {area}, with {formats.number(found.monthly, 1)} expected a month; likely told is a "
        f"chance of {formats.share(LIKELY)}. {SOURCE}",
        shown=shown,
        data=pd.DataFrame([vars(each) for each in plans]),
        notes=(
            "The chances are those of similar places outside the areas under review, each moved by such a fall. Planted in the counts of "
            "Cleveland’s months, such falls were told as often to within five points; of rare types in three places, less closely.",
            "Where ordinary variation from year to year is large, waiting does not help: more places do.",
            "The months to come are taken to be like those compared.",
        ),
    )


def _title(plans: tuple[Plan, ...], months: int) -> str:
    alone = [each for each in plans if each.what == plans[0].what and each.chance >= LIKELY]
    span = counted(months, "month")
    if not alone:
        most = max(plans, key=lambda each: each.fall if each.what == plans[0].what else 0)
        return (
            f"With {span} in one such place even a fall to {formats.share(1 - most.fall)} of what is expected would be noticed "
            f"{formats.number(100 * most.chance)} times in 100"
        )
    least = min(alone, key=lambda each: each.fall)
    return f"With {span} in one such place a fall of {formats.share(least.fall)} or more is likely told"
