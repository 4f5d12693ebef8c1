"""Month by month: a gap is drawn as one, and the axis begins at zero."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.drawing.monthly import break_marks, monthly_data, monthly_figure
from analysis.model.areas import Area
from analysis.model.breaks import Break
from analysis.model.cube import build_cube, panel
from analysis.model.periods import Period, parse_month

BEFORE, AFTER = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")


def world():
    months = [m for m in Period.parse("2022-07:2024-06").months if str(m) != "2022-12"]
    frame = pd.DataFrame(
        [("E01000001", m, t, n) for n, m in enumerate(months, 20) for t in ("Shoplifting", "Robbery")],
        columns=["ground_code", "month", "crime_type", "incidents"],
    )
    area = Area("made", "Made Centre", "town centre", "made", frozenset({"E01000001"}))
    return panel(build_cube(frame, ["E01000001"], months)), area


def test_a_gap_in_the_monthly_figure_is_missing_and_never_zero():
    counts, area = world()
    data = monthly_data(counts, [area], ["Shoplifting"], BEFORE, AFTER)
    assert len(data) == 24
    gap = data.loc[data["month"] == "Dec 2022", "incidents"]
    assert gap.isna().all()
    assert not (data["incidents"] == 0).any()
    figure = monthly_figure(counts, [area], ["Shoplifting"], BEFORE, AFTER, ())
    assert "Not published: Dec 2022; the line is broken there." in figure.caveat


@pytest.mark.parametrize("places", [1, 3])
def test_the_monthly_chart_starts_at_zero_and_breaks_its_line_at_a_gap(places):
    counts, area = world()
    areas = [Area(f"a{i}", f"Place {i}", "town centre", "made", area.ground) for i in range(places)]
    spec = json.dumps(
        monthly_figure(counts, areas, ["Shoplifting", "Robbery"], BEFORE, AFTER, ()).chart.to_dict()
    )
    assert '"zero": true' in spec
    assert "break-paths" in spec


def test_breaks_are_marked_in_the_period_they_fall_in():
    marks = break_marks(
        [
            Break(parse_month("2023-06"), "Small areas redrawn", "", "", "data"),
            Break(parse_month("2023-08"), "Patrols begin", "", "", "programme"),
            Break(parse_month("2025-01"), "Later", "", "", "data"),
        ],
        BEFORE,
        AFTER,
    )
    assert marks[["position", "label"]].to_numpy().tolist() == [
        [12, "Small areas redrawn"],
        [2, "Patrols begin"],
    ]
    assert marks["period"].tolist() == [BEFORE.label, AFTER.label]
