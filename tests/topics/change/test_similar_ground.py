"""The ground that verdicts are read against: its districts by row of the panel."""

from __future__ import annotations

import pandas as pd

from analysis.topics.change.measure.similar_ground import districts_by_row
from tests.cases import case_of
from tests.made.places import made_panel


def test_ground_without_a_district_leaves_the_names_of_others_whole():
    panel = made_panel({"A": [1.0], "B": [1.0], "C": [1.0]})
    places = pd.DataFrame({"ground_code": ["C", "A"], "district_name": ["Stockton-on-Tees", "Hartlepool"]})
    assert districts_by_row(case_of(panel, places, {})).tolist() == ["Hartlepool", "", "Stockton-on-Tees"]
