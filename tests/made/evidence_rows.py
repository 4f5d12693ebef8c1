"""Rows of the evidence as the measures give them, for tests of what is drawn of them."""

from __future__ import annotations

import math

from analysis.model.evidence import Evidence


def row(**changes) -> dict:
    """One row of the evidence, as the measures give it."""
    return {
        "area": "Made Centre",
        "lsoa": "001A",
        "district": "Town",
        "crime_type": "Shoplifting",
        "baseline_incidents": 60.0,
        "comparison_incidents": 90.0,
        "change": 30.0,
        "percent_change": 50.0,
        "district_percent_change": -5.4,
        "rest_percent_change": -9.0,
        "rest_baseline_incidents": 1700.0,
        "small_base": False,
        "months_compared": 11,
        "baseline_months": 11,
        "comparison_months": 11,
        "months_note": "Dec 2022 is not published here",
        "reason": "",
        "rirr": 1.65,
        "rirr_low": 0.5,
        "rirr_high": 5.4,
        "phi": 14.2,
        "similar_places": 37,
        "similar_units": 37,
        "as_much": 12.0,
        "as_much_relative": 9.0,
        "rank_is_relative": False,
        "smallest_tellable_fall": math.nan,
        "plain_verdict": "no clear change",
        "yardstick": "places of Town outside the areas under review",
        "places_behind": 120,
        "expected": 64.0,
        "by_course": 55.0,
        "ordinary_low": 25.2,
        "ordinary_high": 150.2,
        "z": 0.9,
        "as_far": 0.21,
        "told_at_most": 25.0,
        "history_months": 11,
        "verdict": "much as similar places did",
    } | changes


def evidence(*rows: dict) -> tuple[Evidence, ...]:
    return tuple(Evidence(**row(**changes)) for changes in rows)
