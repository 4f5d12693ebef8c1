"""The high-crime map: which class Gi* and the emerging classes give each unit, and what the title counts."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.drawing.maps.palette import EMERGING, HIGH_LOW
from analysis.stats.gi_star import GiStar
from analysis.topics.high_crime.measure.emerging import EMERGING_CLASSES, Emerging
from analysis.topics.high_crime.show.high_crime_map import emerging_map, gi_star_map
from tests.made.made_maps import CODES, NAMES

NAN = float("nan")


def gi(rows: list[tuple[float, float]], left_out=()) -> GiStar:
    """A table of z and p after control."""
    table = pd.DataFrame(rows, columns=["gi_star", "discovery"])
    table.insert(0, "ground_code", [f"G{n:02d}" for n in range(len(rows))])
    table["incidents"] = 7.0
    table["high"] = (table["discovery"] <= 0.05) & (table["gi_star"] > 0)
    table["low"] = (table["discovery"] <= 0.05) & (table["gi_star"] < 0)
    return GiStar(table, tuple(left_out))


def gi_map(found: GiStar):
    return gi_star_map(found, crime_type="Burglary", when="a year", names=NAMES)


@pytest.mark.parametrize(
    ("z", "p", "label"),
    [
        (4.0, 0.01, "High (1 in 100)"),
        (3.0, 0.010001, "High (1 in 20)"),
        (3.0, 0.05, "High (1 in 20)"),
        (2.0, 0.050001, "High (1 in 10)"),
        (2.0, 0.10, "High (1 in 10)"),
        (2.0, 0.100001, "Not marked"),
        (-2.0, 0.100001, "Not marked"),
        (-2.0, 0.10, "Low (1 in 10)"),
        (-3.0, 0.05, "Low (1 in 20)"),
        (-4.0, 0.001, "Low (1 in 100)"),
        (NAN, 1.0, "Not marked"),
    ],
)
def test_ground_stands_in_the_class_of_its_level(z, p, label):
    ground = gi_map(gi([(z, p)])).ground
    assert ground.keys[ground.table["key"].iloc[0]].label == label


def test_the_legend_has_the_seven_colours_in_their_order():
    assert [key.colour for key in gi_map(gi([(1.0, 1.0)])).ground.keys] == list(HIGH_LOW)


def test_the_title_counts_what_is_high_at_the_level_of_the_table_below():
    found = gi([(4.0, 0.001), (3.0, 0.04), (2.0, 0.09), (-4.0, 0.001), (0.1, 0.9)])
    assert gi_map(found).title == "2 of 5 places lie high with their neighbours, burglary"


def test_none_that_is_high_is_said():
    assert gi_map(gi([(0.1, 0.9)])).title.startswith("0 of 1 places")


def test_a_text_says_count_and_class_and_what_is_left_out_is_counted():
    drawn = gi_map(gi([(3.96, 0.001)], left_out=["X"]))
    assert drawn.ground.table["text"].tolist() == ["7 recorded\nGi* 4.0: high (1 in 100)"]
    assert drawn.caveat.endswith("Not judged, for want of a boundary: 1 place.")
    assert "not a place designated for patrol" in drawn.caveat


def emerged(classes: list[str]) -> Emerging:
    table = pd.DataFrame(
        {
            "ground_code": list(reversed(CODES[: len(classes)])),
            "emerging": pd.Categorical(classes, categories=list(EMERGING_CLASSES)),
            "months_high": range(len(classes)),
            "last_high": pd.PeriodIndex(["2024-06"] * len(classes), freq="M"),
            "gi_star_last": 1.0,
            "trend_z": 0.0,
            "trend_p": 1.0,
        }
    )
    return Emerging(table, tuple(pd.period_range("2022-07", periods=24, freq="M")), ())


def emerging_of(classes: list[str]):
    return emerging_map(emerged(classes), crime_type="Burglary", when="two years", names=NAMES)


def test_each_class_has_its_colour_and_its_words():
    assert tuple(EMERGING) == EMERGING_CLASSES and len(set(EMERGING.values())) == 9
    drawn = emerging_of(["new", "never", "past"])
    table = drawn.ground.table
    assert table["ground_code"].tolist() == list(CODES[:3])  # sorted, whatever the order of the table
    assert [drawn.ground.keys[at].label for at in table["key"]] == ["Past", "Never", "New"]
    assert [drawn.ground.keys[at].colour for at in table["key"]] == [
        EMERGING[c] for c in ("past", "never", "new")
    ]
    assert table["text"].tolist()[0] == "Past\nHigh in 2 of 24 months"


def test_the_title_counts_the_classes_whose_last_month_was_high():
    drawn = emerging_of(["new", "persistent", "sporadic", "past", "historical", "never"])
    assert drawn.title == "3 of 6 places were high in the last month, burglary"
    assert emerging_of(["never"]).title.startswith("0 of 1 places")


def test_the_numbers_behind_it_are_plain():
    data = emerging_of(["new", "past"]).data
    assert data["last_high"].tolist() == ["2024-06"] * 2 and data["emerging"].dtype != "category"
    assert not np.isnan(data["months_high"]).any()
