"""Where was shoplifting recorded, and at which shops again and again?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from analysis.drawing.answer import Answer, Made, answered, resting_on
from analysis.drawing.cards import Card, Cards, change_card
from analysis.drawing.evidence.sentences import short_sentence
from analysis.drawing.figure import Figure, Table
from analysis.drawing.line import CARD, two_years
from analysis.drawing.maps.bearings import Bearings, bearings
from analysis.drawing.maps.points import points_of
from analysis.drawing.maps.shown import Shown
from analysis.drawing.maps.wgs84 import to_metres
from analysis.drawing.monthly import monthly_figure
from analysis.model.areas import key_of, town_centres
from analysis.model.case import Case
from analysis.model.english import lower_first
from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.model.vocabulary import SHOPLIFTING, SMALL_COUNT
from analysis.records.given import Records
from analysis.stats.ground_counts import GroundCounts, ground_counts
from analysis.topics.retail.case import RetailCase
from analysis.topics.retail.measure.quarters import narrowed
from analysis.topics.retail.measure.register import localities, shop_counts, shops_to_show
from analysis.topics.retail.measure.repeat_points import repeat_points, shoplifting_outcomes
from analysis.topics.retail.measure.shoplifting import by_place, places, shoplifting_evidence
from analysis.topics.retail.show.open_tables import outcomes_table, points_table
from analysis.topics.retail.show.pareto_figure import pareto_figure
from analysis.topics.retail.show.quarter_notes import on_quarters
from analysis.topics.retail.show.register_tables import (
    districts_table,
    passed_table,
    repeat_table,
    top_table,
    value_table,
)
from analysis.topics.retail.show.retail_map import RegisterPlaces, locality_map, repeat_point_map
from analysis.topics.retail.show.shoplifting_table import shoplifting_table, shoplifting_title

THRESHOLDS = range(SMALL_COUNT, 31)
"""From how many offences a shop or point may be listed: under the first of them counts of a register are hidden."""

POINTS, REGISTER = "Open data: approximate points", "The register: localities"
"""What the map can show."""

PLANS_KEY = "retail_plans"
"""The review's own sentence on the plans of shops."""


def answer(case: Case) -> Answer:
    """Return recorded shoplifting of the chosen areas, the districts and the force: in words, as a table, by month."""
    own = shoplifting_evidence(case)
    return answered(
        case,
        {
            "cards": lambda: Cards(tuple(_card(case, row) for row in own)),
            "shoplifting": lambda: shoplifting_table(
                by_place(case), case.baseline, case.comparison, show_small=case.show_small
            ),
            "monthly": lambda: _monthly(case, own),
        },
        [(row.area, short_sentence(row)) for row in own],
    )


def shops(retail: RetailCase, threshold: int) -> Answer:
    """Return what the register says of shops with so many offences or more; without a register, what asks for it."""
    case, period = retail.case, retail.case.comparison
    register, plans, source = retail.register, retail.plans, retail.register.source
    parts: dict[str, Callable[[], Made]] = {
        "repeat": lambda: repeat_table(
            retail.published, period, case.baseline, threshold=threshold, source=source
        ),
        "districts": lambda: districts_table(retail.published, period, threshold=threshold, source=source),
        "top": lambda: top_table(
            retail.published, plans.table, period, source=_both_sources(retail), note=_on_plans(case)
        ),
        "value": lambda: value_table(retail.published, period, source=source),
        "passed": lambda: passed_table(retail.published, period, source=source),
        "spread": lambda: pareto_figure(retail.published, period, source),
    }
    # the sentence that asks for the register is said once, not in the place of each table
    return answered(case, parts if register.table is not None else {"repeat": parts["repeat"]})


def views(register: Records) -> tuple[str, ...]:
    """Return what the map can show: open data's points and, where there is a register, its localities."""
    return (POINTS,) if register.table is None else (POINTS, REGISTER)


def where(retail: RetailCase, threshold: int, view: str) -> Answer:
    """Return the map: approximate points with so many incidents or more, or the localities of the register."""
    case = retail.case

    def make() -> Shown:
        recorded = _recorded(case)
        if view == POINTS:
            shown = repeat_point_map(
                _points(retail), recorded, bearings(case, case.chosen), threshold=threshold
            )
        else:
            shown = locality_map(_on_the_map(retail), recorded, _without_areas(bearings(case, case.chosen)))
        return resting_on(shown, case.comparison)

    return answered(case, {"map": make})


def approximate_points(retail: RetailCase, threshold: int) -> Answer:
    """Return the force's approximate points with so many incidents or more in the comparison period, as a table."""

    def make() -> Table:
        counted = retail.read_points()
        located = counted.loc[counted["lsoa_name"].notna() & counted["longitude"].notna()]
        # one point can carry two spellings of its LSOA's name over the change of vintage: the last by name stands
        named = located.sort_values("lsoa_name")
        at = zip(named["longitude"], named["latitude"], strict=True)
        lsoas = dict(zip(at, named["lsoa_name"], strict=True))
        table = points_table(repeat_points(counted, threshold=threshold), lsoas, retail.case.comparison)
        return resting_on(table, retail.case.comparison)

    return answered(retail.case, {"points": make})


def last_outcomes(retail: RetailCase) -> Answer:
    """Return the last outcomes of recorded shoplifting in both periods, or why they are not set beside each other."""
    before, after = retail.case.baseline, retail.case.comparison

    def outcomes() -> Table:
        table = outcomes_table(shoplifting_outcomes(retail.read_outcomes(), before, after), before, after)
        # each period's outcomes stand by themselves, over all its months
        return resting_on(table, Period(before.first, after.last))

    return answered(retail.case, {"outcomes": outcomes})


def _card(case: Case, row: Evidence) -> Card:
    lines = two_years(case, case.areas[row.area_key], SHOPLIFTING, CARD)
    return change_card(row, lines, show_small=case.show_small)


def _monthly(case: Case, own: tuple[Evidence, ...]) -> Figure:
    figure = monthly_figure(
        case.panel, places(case), (SHOPLIFTING,), case.baseline, case.comparison, case.breaks((SHOPLIFTING,))
    )
    return replace(figure, title=f"Month by month: {lower_first(shoplifting_title(own))}")


def _both_sources(retail: RetailCase) -> str:
    """Return the lines under the top shops; a force without a review has no slides to name where no plan is given."""
    plans = retail.plans
    named = plans.table is not None or retail.case.review is not None
    return " ".join([retail.register.source, *([plans.source] if named else [])])


def _on_plans(case: Case) -> str:
    return case.review.text(PLANS_KEY) if case.review else ""


def _recorded(case: Case) -> GroundCounts:
    return ground_counts(case.panel, case.own_ground, (SHOPLIFTING,), case.comparison)


def _points(retail: RetailCase) -> pd.DataFrame:
    case = retail.case
    return case.cell("shoplifting points", case.comparison, make=lambda: points_of(retail.read_points()))


def _on_the_map(retail: RetailCase) -> RegisterPlaces:
    register, period = retail.register, retail.case.comparison
    allowed = shops_to_show(register.needed, shop_counts(retail.published, period), period)
    easting, northing = to_metres(allowed["longitude"], allowed["latitude"])
    return RegisterPlaces(
        localities(retail.published, period),
        _named_points(retail.case),
        allowed.assign(easting=easting, northing=northing),
        register.source,
        narrowed(period).label,
        on_quarters(retail.published, period),
    )


def _without_areas(whole: Bearings) -> Bearings:
    # the names of localities take their place
    return replace(whole, labels=tuple(label for label in whole.labels if not label.first))


def _named_points(case: Case) -> dict[str, tuple[float, float]]:
    """Return a point in metres for each ward and town centre, by the key of its name; town centres first."""
    land, at = case.land, {}
    if land.wards is not None:
        inside = land.wards.geometry.representative_point()
        at = {
            key_of(str(name)): (float(point.x), float(point.y))
            for name, point in zip(land.wards["ward_name"], inside, strict=True)
        }
    for area in town_centres(case.filed_areas).values():
        middle = land.middle_of(area.ground)
        if middle is not None:
            at[key_of(area.name)] = middle
    return at
