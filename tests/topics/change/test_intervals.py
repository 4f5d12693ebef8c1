"""Ratios with their intervals, each alone and taken together."""

from __future__ import annotations

import json
import math

import pytest

from analysis.model.periods import Period
from analysis.topics.change.show.intervals import LIMITS, interval_data, interval_figure
from analysis.topics.change.show.pooled_table import pooled_rows, pooled_table
from tests.made.evidence_rows import evidence

BEFORE, AFTER = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")


def test_two_areas_are_not_pooled_and_three_are():
    rows = [{"area": name, "rirr": 0.5, "rirr_low": 0.4, "rirr_high": 0.625} for name in "ABC"]
    assert pooled_rows(evidence(*rows[:2])).empty
    assert "Fewer than three areas" in pooled_table(evidence(*rows[:2]), BEFORE, AFTER).title
    found = pooled_rows(evidence(*rows)).iloc[0]
    assert (found["ratio"], found["areas"], found["tau"]) == (pytest.approx(0.5), 3, 0)
    assert (
        pooled_table(evidence(*rows), BEFORE, AFTER).title
        == "Taken together, Shoplifting changed differently from the rest"
    )


def test_the_interval_figure_leaves_out_rows_without_a_ratio_and_cuts_at_its_edge():
    frame = evidence(
        {"rirr": math.nan}, {"rirr_low": 0.001, "rirr_high": 99.0}, {"verdict": "rose more than elsewhere"}
    )
    data = interval_data(frame)
    assert len(data) == 2
    assert (data["low_drawn"].iloc[0], data["high_drawn"].iloc[0]) == LIMITS
    assert data["rirr_high"].iloc[0] == 99.0  # the number itself is kept for the table
    figure = interval_figure(frame, "some months")
    assert figure.title == "1 of 2 changes stand out from ordinary variation"
    assert json.dumps(figure.chart.to_dict())
