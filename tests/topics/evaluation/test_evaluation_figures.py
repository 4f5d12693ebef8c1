"""An interrupted series and similar places, as they are drawn."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from analysis.model.errors import AnalysisError
from analysis.model.periods import parse_month
from analysis.stats.interrupted_series import interrupted_series
from analysis.topics.change.measure.placebo import PlaceboDistribution
from analysis.topics.evaluation.show.evaluation_figures import interrupted_figure, placebo_figure


def test_an_interrupted_series_can_be_drawn_as_json_on_a_dark_ground():
    months = pd.period_range("2022-01", periods=24, freq="M")
    counts = pd.Series(np.arange(24) % 5 + 3.0, index=months)
    drawn = interrupted_figure(
        interrupted_series(counts, parse_month("2023-01")), "Made Centre", "Shoplifting"
    )
    assert json.dumps(drawn.chart.to_dict())


def test_no_similar_place_is_a_sentence_and_not_an_empty_picture():
    none = pd.DataFrame(columns=["place", "baseline_incidents", "comparison_incidents", "percent_change"])
    found = PlaceboDistribution("Town", "Shoplifting", -1.8, 0.1, 2.0, 0.0, "places", none)
    with pytest.raises(AnalysisError, match="No place of the force"):
        placebo_figure(found, "Town", "a against b")
