from __future__ import annotations

import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cube import build_cube, panel
from analysis.errors import NeedsInputError
from analysis.measures.night_hours import hours_of_week, hours_vary, stop_search_hours
from analysis.measures.night_time import daily_rate, december_effect, indicators, month_pattern


def timed(*rows: tuple) -> pd.DataFrame:
    """Each row: moment, earliest, latest."""
    frame = pd.DataFrame(rows, columns=["date_time", "earliest", "latest"])
    return frame.apply(lambda column: pd.to_datetime(column).dt.tz_localize("Europe/London"))


def rates(first: str, values: list[float]) -> pd.Series:
    return pd.Series(values, index=pd.period_range(first, periods=len(values), freq="M"), dtype=float)


def test_incident_with_a_moment_falls_whole_into_its_hour():
    found = hours_of_week(timed(("2023-08-05 23:40", None, None)))  # a Saturday
    table = found.table.set_index(["weekday", "hour"])["incidents"]
    assert table[(5, 23)] == 1
    assert (found.used, found.exact, table.sum(), len(table)) == (1, 1, 1, 168)


def test_interval_gives_each_hour_its_share():
    found = hours_of_week(timed((None, "2023-08-05 22:30", "2023-08-06 00:30")))
    table = found.table.set_index(["weekday", "hour"])["incidents"]
    assert table[[(5, 22), (5, 23), (6, 0)]].tolist() == [0.25, 0.5, 0.25]
    assert found.exact == 0


def test_intervals_over_a_day_and_rows_without_time_are_counted_out():
    found = hours_of_week(
        timed(
            (None, "2023-08-05 22:00", "2023-08-06 22:00"),
            (None, "2023-08-05 22:00", "2023-08-06 22:01"),
            (None, "2023-08-05 22:00", None),
            (None, "2023-08-05 22:00", "2023-08-05 21:00"),
        )
    )
    assert (found.used, found.too_long, found.without_time) == (1, 1, 2)


def test_night_the_clocks_go_back_has_two_hours_from_one_o_clock():
    # 00:00 to 03:00 on the wall is four hours: two of them are labelled 1
    found = hours_of_week(timed((None, "2023-10-29 00:00", "2023-10-29 03:00")))
    table = found.table.set_index(["weekday", "hour"])["incidents"]
    assert table[[(6, 0), (6, 1), (6, 2)]].tolist() == [0.25, 0.5, 0.25]


moments = st.datetimes(pd.Timestamp("2023-01-01"), pd.Timestamp("2024-12-31"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(moments, st.integers(0, 3000)), max_size=8))
def test_every_incident_weighs_one(rows):
    earliest = pd.Series(pd.to_datetime([row[0] for row in rows])).dt.tz_localize("UTC")
    latest = earliest + pd.to_timedelta([row[1] for row in rows], unit="m")
    frame = pd.DataFrame(
        {"date_time": earliest.where(earliest.isna()), "earliest": earliest, "latest": latest}
    )
    found = hours_of_week(frame)
    assert found.table["incidents"].sum() == pytest.approx(found.used)
    assert found.used + found.too_long + found.without_time == len(rows)
    assert found.too_long == sum(minutes > 24 * 60 for _, minutes in rows)


def test_times_that_are_all_midnight_in_london_do_not_vary():
    midnight = pd.Series(pd.to_datetime(["2023-07-31 23:00+00:00", "2024-01-31 00:00+00:00"] * 20, utc=True))
    assert not hours_vary(midnight)
    assert not hours_vary(midnight.iloc[:0])
    spread = pd.Series(pd.date_range("2023-08-01", periods=40, freq="7h", tz="UTC"))
    assert hours_vary(spread)
    assert stop_search_hours(spread, force_name="Essex Police").used == 40


def test_clevelands_stop_and_search_is_refused(shared):
    with zipfile.ZipFile(shared / "real" / "cleveland-2022-07-to-2024-06.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith("stop-and-search.csv")]
        times = pd.concat([pd.read_csv(archive.open(name), usecols=["Date"])["Date"] for name in names])
    assert len(times) > 1000
    with pytest.raises(NeedsInputError, match="dates only"):
        stop_search_hours(
            pd.to_datetime(times, utc=True).reset_index(drop=True), force_name="Cleveland Police"
        )


def test_indicators_keep_a_gap_and_the_rate_is_by_day():
    month = pd.Period("2024-02", "M")
    counts = pd.DataFrame(
        {
            "ground_code": "A",
            "month": [month, month, month + 2, month + 2],
            "crime_type": ["Robbery", "Drugs"] * 2,
            "incidents": [29, 58, 1, 2],
        }
    )
    held = panel(build_cube(counts, ["A"], [month, month + 2]))
    table = indicators(held, ["A"], ["Robbery", "Drugs"])
    assert table["incidents"].fillna(-1).tolist() == [29, -1, 1, 58, -1, 2]
    assert daily_rate(held, ["A"], ["Robbery", "Drugs"]).fillna(-1).tolist() == [3, -1, 0.1]


def test_month_pattern_of_a_flat_year_is_a_hundred():
    pattern = month_pattern(rates("2023-01", [2.0] * 12))
    assert pattern["index"].tolist() == [100] * 12
    pattern = month_pattern(rates("2023-01", [1.0] * 11 + [13.0])).set_index("calendar_month")
    assert pattern.loc[12, "index"] == pytest.approx(650)  # the mean of the twelve is 2
    short = month_pattern(rates("2023-01", [2.0, np.nan, 4.0]))
    assert short["months"].tolist() == [1, 0, 1, *[0] * 9]
    assert short["index"].isna().sum() == 10


def test_december_of_twice_the_rate_is_found_with_no_spread_elsewhere():
    values = [2.0 if month % 12 == 11 else 1.0 for month in range(36)]
    effect = december_effect(rates("2021-01", values))
    assert effect.ratio == pytest.approx(2)
    assert (effect.low, effect.high) == (pytest.approx(2), pytest.approx(2))
    assert (effect.decembers, effect.ordinary_months) == (2, 27)


def test_december_like_other_months_keeps_one_in_its_interval():
    draw = np.random.default_rng(7)
    inside = 0
    for _ in range(200):
        effect = december_effect(rates("2020-01", draw.poisson(60, 48) / 30))
        inside += effect.low <= 1 <= effect.high
    assert 178 <= inside <= 200  # about 95 % of 200, a little under for shared neighbours


def test_december_without_its_neighbours_or_history_is_refused_with_the_reason():
    assert "No December" in december_effect(rates("2023-01", [1.0] * 12)).reason
    assert "too few" in december_effect(rates("2023-08", [1.0] * 8)).reason
    assert "no incident" in december_effect(rates("2022-01", [0.0] * 36)).reason
