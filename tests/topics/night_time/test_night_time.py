from __future__ import annotations

import zipfile

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model import formats
from analysis.model.cube import build_cube, panel
from analysis.model.errors import NeedsInputError
from analysis.topics.night_time.measure.night_hours import hours_of_week, hours_vary, stop_search_hours
from analysis.topics.night_time.measure.night_months import (
    DecemberEffect,
    daily_rate,
    december_effect,
    indicators,
    month_pattern,
)
from analysis.topics.night_time.show.night_tables import december_table
from tests.exhaustive import examples


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


@examples(60)
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


def a_year_and_a_half(december: int, *, ordinary: int = 300, gap: bool = True) -> pd.Series:
    """Months of so many incidents a day's worth from July 2022 to June 2024; December 2022 a gap, 2023 as given."""
    months = pd.period_range("2022-07", "2024-06", freq="M")
    # other months wobble a little, or nothing would be out of the ordinary
    counts = pd.Series([ordinary + (at % 3 - 1) * 6.0 for at in range(24)], index=months)
    counts["2023-12"] = december
    if gap:
        counts["2022-12"] = np.nan
    return counts / np.asarray(months.days_in_month)


def test_december_says_which_way_it_stood_on_which_counts_and_which_months_are_gaps():
    effect = december_effect(a_year_and_a_half(150))
    assert effect.direction == "lower"
    assert (effect.recorded, effect.beside) == (150, 594)  # 300 in November and 294 in January
    assert effect.judged == (pd.Period("2023-12"),)
    assert effect.not_judged == effect.not_held == (pd.Period("2022-12"),)
    assert effect.percent == pytest.approx(-50, abs=3)
    assert december_effect(a_year_and_a_half(600)).direction == "higher"
    assert december_effect(a_year_and_a_half(300)).direction == ""


def test_an_interval_that_ends_at_1_has_no_direction():
    assert DecemberEffect(1.2, 1.0, 1.5, 1, 16).direction == ""
    assert DecemberEffect(0.8, 0.7, 1.0, 1, 16).direction == ""
    assert DecemberEffect(np.nan, np.nan, np.nan, 0, 16, "None held.").direction == ""


def test_the_title_says_where_december_was_higher_where_lower_by_how_much_and_what_is_not_held():
    effects = {
        "A": december_effect(a_year_and_a_half(600)),
        "B": december_effect(a_year_and_a_half(150)),
        "C": december_effect(a_year_and_a_half(300)),
        "D": december_effect(a_year_and_a_half(60, ordinary=20)),
    }
    percents = {name: formats.percent(effect.percent) for name, effect in effects.items()}
    table = december_table(effects, "")
    assert table.title == (
        f"December 2023 was higher than the months beside it in A ({percents['A']} a day) and D (60 recorded, about 17 a month "
        f"beside it). It was lower than the months beside it in B ({percents['B']} a day). It did not stand out in C. "
        "December 2022 is not held"
    )
    assert any("Not held: Dec 2022." in note for note in table.notes)
    assert table.shown.loc["D", ["December", "November and January"]].tolist() == ["60", "34"]


def test_a_december_without_a_direction_is_said_not_to_stand_out_and_no_gap_is_invented():
    effects = {"A": december_effect(a_year_and_a_half(300, gap=False))}
    table = december_table(effects, "")
    assert table.title == "December did not stand out from the months beside it"
    assert not any("Not held" in note or "Not judged" in note for note in table.notes)


def test_a_december_at_the_end_of_the_months_held_is_not_judged_and_said():
    rate = a_year_and_a_half(300)[:"2023-12"]
    table = december_table({"A": december_effect(rate)}, "")
    assert table.title == "A December effect cannot be told from the months held"
    assert any("November or January beside it is not held: Dec 2023" in note for note in table.notes)
    assert table.shown.loc["A", "December"] == "–"


def test_december_without_its_neighbours_or_history_is_refused_with_the_reason():
    assert "No December" in december_effect(rates("2023-01", [1.0] * 12)).reason
    assert "too few" in december_effect(rates("2023-08", [1.0] * 8)).reason
    assert "no incident" in december_effect(rates("2022-01", [0.0] * 36)).reason
