from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import Area
from analysis.model.cube import build_cube, panel
from analysis.model.errors import ContractError, PeriodError
from analysis.model.hours import elapsed, spread_over_hours
from analysis.model.period_pairs import before_and_after, same_months_before
from analysis.model.periods import Period, parse_month
from analysis.topics.patrols.measure import dosage
from tests.exhaustive import examples


def patrols(*rows: tuple) -> pd.DataFrame:
    """Each row: hotspot, start, end, officers, resident engagements, business engagements, activities."""
    columns = [
        "hotspot",
        "start",
        "end",
        "officers",
        "resident_engagements",
        "business_engagements",
        "activities",
    ]
    log = pd.DataFrame(rows, columns=columns)
    log["start"], log["end"] = pd.to_datetime(log["start"]), pd.to_datetime(log["end"])
    log["date"], log["note"] = log["start"].dt.normalize(), ""
    return log


LOG = patrols(
    ("Stockton", "2023-08-07 10:00", "2023-08-07 10:45", 2, 3, 1, "PSPO enforcement; Advice"),
    ("Stockton", "2023-08-07 23:30", "2023-08-08 00:30", 1, 0, 0, "Advice"),
    ("Thornaby", "2023-10-02 09:00", "2023-10-02 09:10", 3, 1, 2, ""),
)


def test_reviews_totals_follow_from_its_parts(shared):
    published = [
        ("Billingham Central", "373:26:00", 408, 141, 399, "Information Sharing with partners"),
        ("Thornaby Town Centre", "359:34:00", 356, 109, 325, "ASB warning letters issued"),
        ("Stockton Town Centre", "327:26:00", 302, 178, 89, "PSPO Enforcement ASB intervention"),
    ]
    text = (shared / "review.txt").read_text()
    for name, hours, *numbers, activity in published:
        assert f"{name}\t{hours}\t" + "\t".join(map(str, numbers)) + f"\t{activity}" in text
    parts = pd.DataFrame(
        [(name, dosage.seconds_of(hours), *rest) for name, hours, *rest in published],
        columns=list(dosage.PUBLISHED_COLUMNS),
    )
    total = dosage.with_totals(parts).iloc[-1]
    assert total["hotspot"] == "Totals"
    assert total["hours"] == "1060:26:00"
    assert total[["patrols", "resident_engagements", "business_engagements"]].tolist() == [1066, 428, 813]
    ratios = dosage.patrol_ratios(dosage.with_totals(parts)).iloc[-1]
    assert ratios["minutes_per_patrol"] == pytest.approx(63626 / 1066)
    assert ratios["engagements_per_patrol"] == pytest.approx(1241 / 1066)


def test_table_counts_patrol_and_officer_time_apart():
    table = dosage.patrol_table(LOG).set_index("hotspot")
    assert list(table.index) == ["Stockton", "Thornaby", "Totals"]
    assert table["hours"].tolist() == ["1:45:00", "0:10:00", "1:55:00"]
    assert table["officer_hours"].tolist() == ["2:30:00", "0:30:00", "3:00:00"]
    assert table["patrols"].tolist() == [2, 1, 3]
    assert table["activities"].tolist() == ["Advice; PSPO enforcement", "", ""]


def test_moments_with_a_zone_and_lists_of_activities_give_the_same_table():
    moments = LOG.assign(
        start=LOG["start"].dt.tz_localize("Europe/London"),
        end=LOG["end"].dt.tz_localize("Europe/London"),
        activities=[("PSPO enforcement", "Advice"), ("Advice",), ()],
    )
    pd.testing.assert_frame_equal(dosage.patrol_table(moments), dosage.patrol_table(LOG))
    pd.testing.assert_frame_equal(dosage.patrol_week(moments), dosage.patrol_week(LOG))
    held = Period.parse("2023-08:2023-10")
    pd.testing.assert_frame_equal(dosage.patrol_months(moments, held), dosage.patrol_months(LOG, held))


def test_patrol_without_number_of_officers_is_counted_and_said():
    log = LOG.assign(officers=[2, None, 3])
    total = dosage.patrol_table(log).iloc[-1]
    assert (total["hours"], total["officer_hours"], total["without_officers"]) == ("1:55:00", "2:00:00", 1)


def test_empty_log_has_totals_of_nothing():
    table = dosage.patrol_table(LOG.iloc[:0])
    assert table["hotspot"].tolist() == ["Totals"]
    assert table["hours"].tolist() == ["0:00:00"]
    assert dosage.patrol_ratios(table)["minutes_per_patrol"].isna().all()
    assert dosage.share_long_enough(LOG.iloc[:0])["share"].isna().all()


def test_share_of_patrols_of_a_quarter_of_an_hour():
    shares = dosage.share_long_enough(LOG).set_index("hotspot")["share"]
    assert shares.to_dict() == {"Stockton": 1.0, "Thornaby": 0.0, "Totals": pytest.approx(2 / 3)}


def test_patrol_over_midnight_falls_into_both_days():
    week = dosage.patrol_week(LOG).set_index(["weekday", "hour"])
    assert len(week) == 168
    assert week.loc[(0, 23), "minutes"] == 30  # 7 August 2023 was a Monday
    assert week.loc[(1, 0), "minutes"] == 30
    assert week.loc[(0, 10), "officer_minutes"] == 90
    assert week["minutes"].sum() == 115


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2024-03-31 00:30", "2024-03-31 02:30", 60),  # 01:00 to 02:00 does not exist
        ("2023-10-29 00:30", "2023-10-29 02:30", 180),  # 01:00 to 02:00 comes twice
        ("2023-10-29 01:45", "2023-10-29 01:15", 30),  # the end is the second 01:15
        ("2023-10-29 00:30", "2023-10-29 01:30", 60),
    ],
)
def test_lengths_are_elapsed_time_when_the_clocks_change(start, end, minutes):
    log = patrols(("Stockton", start, end, 1, 0, 0, ""))
    assert dosage.patrol_seconds(log)["seconds"].tolist() == [minutes * 60]
    assert dosage.patrol_week(log)["minutes"].sum() == minutes


def test_patrol_that_does_not_end_after_its_start_is_refused():
    with pytest.raises(ContractError, match="row 0"):
        dosage.patrol_seconds(patrols(("Stockton", "2023-08-07 10:00", "2023-08-07 10:00", 1, 0, 0, "")))


def test_month_without_patrol_is_named_for_its_hotspot():
    missing = dosage.months_without_patrol(LOG, Period.parse("2023-08:2023-10"))
    found = [(row.hotspot, str(row.month)) for row in missing.itertuples()]
    assert found == [
        ("Stockton", "2023-09"),
        ("Stockton", "2023-10"),
        ("Thornaby", "2023-08"),
        ("Thornaby", "2023-09"),
    ]


def test_dosage_is_zero_in_the_log_and_unknown_outside_it():
    month = parse_month("2023-07")
    counts = pd.DataFrame(
        {
            "ground_code": ["A", "B", "A"],
            "month": [month, month, month + 1],
            "crime_type": "Anti-social behaviour",
            "incidents": [4, 9, 2],
        }
    )
    held = panel(build_cube(counts, ["A", "B"], [month, month + 1, month + 2, month + 4]))
    series = dosage.dosage_and_asb(
        LOG.loc[LOG["hotspot"] == "Stockton"],
        held,
        Area("a", "A", "town centre", "cleveland", frozenset("A")),
        Area("b", "B", "rest", "cleveland", frozenset("B")),
        logged=Period.parse("2023-08:2023-10"),
    )
    assert series["patrol_hours"].fillna(-1).tolist() == [-1, 1.75, 0, 0, -1]
    assert series["incidents"].fillna(-1).tolist() == [4, 2, 0, -1, 0]  # October was not published
    assert series["comparator_incidents"].fillna(-1).tolist() == [9, 0, 0, -1, 0]


@pytest.mark.parametrize("text", ["373:26", "1:60:00", "-1:00:00", "", "1:00:00:00"])
def test_other_lengths_of_time_are_refused(text):
    with pytest.raises(ContractError):
        dosage.seconds_of(text)


@given(st.integers(0, 10**7))
def test_hours_as_text_round_trip(seconds):
    assert dosage.seconds_of(dosage.hours_text(seconds)) == seconds


moments = st.datetimes(pd.Timestamp("2023-01-01"), pd.Timestamp("2024-12-31"))


@examples(60)
@given(st.lists(st.tuples(moments, st.integers(1, 3000)), min_size=1, max_size=8))
def test_every_second_of_a_patrol_falls_into_one_hour(rows):
    start = pd.Series([row[0] for row in rows], dtype="datetime64[us]").dt.floor("s")
    stretches = elapsed(start, start + pd.to_timedelta([row[1] for row in rows], unit="m"))
    stretches = stretches.loc[stretches["seconds"] >= 0].reset_index(drop=True)
    hours = spread_over_hours(stretches)
    sums = hours.groupby("row")["seconds"].sum()
    assert sums.to_numpy() == pytest.approx(stretches["seconds"].to_numpy())
    assert hours["seconds"].between(0, 3600).all()


def test_patrolled_months_stand_against_the_same_months_a_year_before():
    pair = same_months_before(Period.parse("2023-08:2024-06"))
    assert str(pair.baseline) == "2022-08:2023-06"
    with pytest.raises(PeriodError, match="longer than a year"):
        same_months_before(Period.parse("2023-01:2024-06"))


def test_programme_is_compared_over_the_calendar_months_held_since_its_start():
    pair = before_and_after(parse_month("2023-10"), Period.parse("2022-07:2024-06"))
    assert pair.label == "Oct 2023 – Jun 2024 against Oct 2022 – Jun 2023"
    assert len(before_and_after(parse_month("2023-01"), Period.parse("2022-01:2024-06")).comparison) == 12
    with pytest.raises(PeriodError, match="Import the earlier months"):
        before_and_after(parse_month("2023-10"), Period.parse("2023-01:2024-06"))
    with pytest.raises(PeriodError, match="lies outside"):
        before_and_after(parse_month("2024-10"), Period.parse("2023-01:2024-06"))


@pytest.mark.parametrize(
    ("seconds", "said", "on_a_map"),
    [
        (373 * 3600 + 26 * 60, "373 hours 26 minutes", "373 h 26 min"),
        (1060 * 3600, "1,060 hours", "1,060 h"),
        (3660, "1 hour 1 minute", "1 h 1 min"),
        (59 * 60 + 40, "1 hour", "1 h"),
        (0, "0 hours", "0 h"),
        (float("nan"), "an unknown time", "unknown time"),
    ],
)
def test_a_length_of_time_in_a_sentence_is_words_and_shorter_on_a_map(seconds, said, on_a_map):
    assert (dosage.hours_words(seconds), dosage.hours_label(seconds)) == (said, on_a_map)
