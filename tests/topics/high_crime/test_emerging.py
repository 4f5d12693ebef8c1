from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, NeedsInputError, PeriodError
from analysis.model.periods import Period
from analysis.topics.high_crime.measure.emerging import EMERGING_CLASSES, classify, emerging
from tests.made.places import grid, made_panel
from tests.made.real import cleveland, touching

MONTHS = 10


def class_of(*high: int, z: float = 0.0, p: float = 1.0, months: int = MONTHS) -> str:
    row = np.isin(np.arange(1, months + 1), high)[None, :]
    return classify(row, np.array([z]), np.array([p]))[0]


ALL, FIRST_NINE = range(1, 11), range(1, 10)


@pytest.mark.parametrize(
    ("high", "wanted"),
    [
        ((), "never"),
        ((10,), "new"),
        ((8, 9, 10), "consecutive"),
        ((9, 10), "consecutive"),
        ((3, 9, 10), "sporadic"),
        ((3, 10), "sporadic"),
        (FIRST_NINE, "historical"),
        (range(2, 11), "persistent"),
        (ALL, "persistent"),
        ((1, 2, 4, 5, 6, 7, 8, 9, 10), "persistent"),
        (range(3, 11), "consecutive"),
        (range(1, 9), "past"),
        ((5,), "past"),
    ],
)
def test_each_rule_by_hand(high, wanted):
    assert class_of(*high) == wanted


def test_the_trend_tells_intensifying_from_diminishing_only_where_it_can_be_told():
    assert class_of(*ALL, z=2.5, p=0.01) == "intensifying"
    assert class_of(*ALL, z=-2.5, p=0.01) == "diminishing"
    assert class_of(*ALL, z=2.5, p=0.05) == "persistent"
    assert class_of(*FIRST_NINE, z=-2.5, p=0.01) == "historical"
    assert class_of(8, 9, 10, z=2.5, p=0.01) == "consecutive"


@given(st.lists(st.booleans(), min_size=10, max_size=36), st.floats(-4, 4), st.floats(0, 1))
def test_every_history_has_one_class_and_the_last_month_decides_who_is_high_now(history, z, p):
    row = np.array(history)[None, :]
    got = classify(row, np.array([z]), np.array([p]))[0]
    assert got in EMERGING_CLASSES
    now = {"new", "consecutive", "intensifying", "persistent", "diminishing", "sporadic"}
    assert (got in now) == history[-1]
    assert (got == "never") == (not any(history))


def made_world(months: int = 12):
    near = grid(7, 7)
    counts = {code: [1.0] * months for code in near.neighbours}
    for code in ("G000000", "G000001", "G001000", "G001001"):
        counts[code] = [1.0] * (months - 1) + [40.0]
    for code in ("G006006", "G006005", "G005006", "G005005"):
        counts[code] = [40.0] * months
    return near, counts


def test_a_cluster_that_appears_in_the_last_month_is_new_and_one_always_there_is_high_throughout():
    near, counts = made_world()
    panel = made_panel(counts)
    got = emerging(panel, "Anti-social behaviour", panel.span, contiguity=near).table.set_index("ground_code")
    assert got.loc["G000000", "emerging"] == "new"
    assert got.loc["G006006", "emerging"] in {"persistent", "diminishing"}
    assert got.loc["G003003", "emerging"] == "never"
    assert got.loc["G000000", "last_high"] == panel.months[-1]
    assert got.loc["G006006", "months_high"] == 12
    assert list(got["emerging"].cat.codes) == sorted(got["emerging"].cat.codes)


def test_a_gap_is_passed_over_and_not_read_as_a_month_without_crime():
    near, counts = made_world(13)
    for row in counts.values():
        row[5] = np.nan
    panel = made_panel(counts)
    got = emerging(panel, "Anti-social behaviour", panel.span, contiguity=near)
    assert len(got.months) == 12
    assert got.table.set_index("ground_code").loc["G006006", "months_high"] == 12


def test_too_few_months_no_boundaries_and_months_not_held_are_refused():
    near, counts = made_world(9)
    panel = made_panel(counts)
    with pytest.raises(AnalysisError, match="at least 10"):
        emerging(panel, "Anti-social behaviour", panel.span, contiguity=near)
    with pytest.raises(NeedsInputError, match="import-geography"):
        emerging(panel, "Anti-social behaviour", panel.span, contiguity=None)
    with pytest.raises(PeriodError, match="outside the months held"):
        emerging(panel, "Anti-social behaviour", Period.parse("2022-01:2023-03"), contiguity=near)


def test_the_real_force_has_its_town_centre_high_in_most_months_and_a_class_for_every_unit(shared):
    panel, places = cleveland(shared)
    period = Period.parse("2022-07:2024-06")
    own = set(places["ground_code"])
    got = emerging(panel, "Anti-social behaviour", period, contiguity=touching(shared), ground=own)
    assert len(got.table) == 351
    assert len(got.months) == 23
    assert got.left_out == ()
    high = got.table.set_index("ground_code")["months_high"]
    assert high["E01012266"] >= 12  # Stockton High Street
    assert (high == 0).mean() > 0.5
