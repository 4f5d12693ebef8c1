"""The retail and perception tables: what is hidden, what is said, and sums a reader can do by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.errors import AnalysisError, NeedsInputError, PeriodError
from analysis.model.locations import UNNAMED
from analysis.model.periods import Period
from analysis.model.publishing import publish
from analysis.topics.night_time.measure.night_hours import hours_of_week
from analysis.topics.night_time.show.night_figures import safe_hours, safe_hours_figure
from analysis.topics.night_time.show.night_tables import places_table
from analysis.topics.perceptions.measure.perception import perceptions
from analysis.topics.perceptions.show.perception_table import perception_table, safe
from analysis.topics.retail.measure.repeat_points import point_label, repeat_points, shoplifting_outcomes
from analysis.topics.retail.show.open_tables import outcomes_table, points_table
from analysis.topics.retail.show.pareto_figure import pareto_data, pareto_figure
from analysis.topics.retail.show.register_tables import (
    districts_table,
    passed_table,
    repeat_table,
    top_table,
    value_table,
)
from tests.exhaustive import examples

NOW, BEFORE = Period.parse("2024-01:2024-06"), Period.parse("2023-01:2023-06")


def register(*shops: tuple[str, str, int], when: str = "2024-03-05") -> pd.DataFrame:
    """Return so many offences a (shop, district), £10 each, evidence passed for every second two days later."""
    rows = [
        {
            "date": pd.Timestamp(when),
            "shop": shop,
            "locality": "High Street",
            "district": district,
            "offence": "Shoplifting",
            "value": 10.0,
            "evidence_passed": at % 2 == 0,
            "evidence_passed_on": pd.Timestamp(when) + pd.Timedelta(days=2) if at % 2 == 0 else pd.NaT,
            "outcome": "",
        }
        for shop, district, times in shops
        for at in range(times)
    ]
    return pd.DataFrame(rows).astype({"evidence_passed": "boolean", "evidence_passed_on": "datetime64[us]"})


def words(table) -> str:
    return table.title + table.shown.to_csv() + " ".join(table.notes) + table.data.to_csv()


def test_a_shop_of_1_to_4_is_hidden_with_the_smallest_listed_beside_it_and_the_sums_stand():
    held = publish(register(("A", "Town", 8), ("B", "Town", 3), ("D", "Town", 20), ("C", "City", 9)))
    # 31 less the 20 of D leave 11 at shops that are not listed: A's 8 would leave 3
    assert held.shops[["shop", "offences"]].to_numpy().tolist() == [["C", 9], ["D", 20]]
    table = districts_table(held, NOW, threshold=6, source="")
    assert table.shown["All offences"].tolist() == ["9", "31"]
    assert table.shown["Share there"].tolist() == ["100%", "65%"]
    value = value_table(held, NOW, source="").shown
    assert value["Offences"].tolist() == ["9", "31", "40"]
    assert value["Value lost"].tolist() == ["£90", "£310", "£400"]


def test_evidence_of_1_to_4_is_hidden_with_what_would_give_it_away():
    # every second of each shop's offences is passed: 5 of 9 in City, where 4 are not
    passed = passed_table(publish(register(("A", "Town", 20), ("C", "City", 9))), NOW, source="")
    assert passed.shown.loc["Town"].tolist() == ["10", "10", "0", "50%", "2"]
    assert passed.shown.loc["City"].tolist() == ["hidden", "hidden", "0", "–", "2"]
    assert passed.shown.loc["Total", "Passed"] == "10 or more"
    assert passed.title == "Evidence passed to the police, by district"


@examples(25)
@given(
    st.lists(st.integers(1, 12), min_size=1, max_size=6), st.lists(st.integers(1, 12), min_size=1, max_size=6)
)
def test_no_table_shows_a_shop_or_district_with_1_to_4(town, city):
    shops = [(f"T{at}", "Town", n) for at, n in enumerate(town)] + [
        (f"C{at}", "City", n) for at, n in enumerate(city)
    ]
    held = publish(register(*shops))
    tables = [
        repeat_table(held, NOW, BEFORE, threshold=5, source=""),
        top_table(held, None, NOW, source=""),
        value_table(held, NOW, source=""),
        passed_table(held, NOW, source=""),
        districts_table(held, NOW, threshold=5, source=""),
    ]
    small = {f"{n}{more}" for n in (1, 2, 3, 4) for more in ("", " or more")}
    for table, columns in zip(
        tables,
        (
            ["Offences", "Period before"],
            ["Offences"],
            ["Offences"],
            ["Passed", "Not passed", "Not said"],
            ["All offences"],
        ),
        strict=True,
    ):
        assert not small & {cell for column in columns for cell in table.shown[column]}
    # what is left of a district after its listed shops is never a number of 1 to 4
    listed = held.shops.groupby("district")["offences"].sum()
    for row in held.districts.itertuples():
        assert row.offences - listed.get(row.district, 0) not in (1, 2, 3, 4)


def test_new_stayed_and_gone_are_counted_in_the_title_and_what_is_hidden_is_not_known():
    held = publish(
        pd.concat(
            [
                register(("A", "Town", 8), ("B", "Town", 7), ("E", "City", 20), ("F", "City", 9)),
                register(("E", "City", 20), ("F", "City", 3), ("G", "City", 5), when="2023-03-05"),
                register(("B", "Town", 6), ("C", "Town", 9), when="2023-03-05"),
            ]
        )
    )
    table = repeat_table(held, NOW, BEFORE, threshold=6, source="")
    assert table.title == (
        "4 shops are listed with 6 or more offences: 1 new, 2 stayed, 1 gone, 1 not known, since a quarter is hidden"
    )
    assert table.shown.loc["F"].tolist() == ["High Street", "City", "9", "hidden", "not known", "£90"]
    assert table.shown.loc["C", ["Offences", "Period before"]].tolist() == ["0", "9"]


def test_a_sum_with_a_hidden_quarter_is_so_much_or_more():
    held = publish(
        pd.concat(
            [
                register(("A", "Town", 12), ("B", "Town", 9)),
                register(("A", "Town", 12), ("B", "Town", 3), ("C", "Town", 4), when="2024-05-05"),
            ]
        )
    )
    table = repeat_table(held, NOW, BEFORE, threshold=6, source="").shown
    assert table["Offences"].to_dict() == {"A": "24", "B": "9 or more"}
    assert districts_table(held, NOW, threshold=6, source="").shown.loc["Town"].tolist() == [
        "2",
        "33 or more",
        "40",
        "82% or more",
    ]


def test_a_period_is_narrowed_to_its_whole_quarters_and_it_is_said():
    held = publish(register(("A", "Town", 12)))
    table = value_table(held, Period.parse("2023-12:2024-05"), source="")
    assert "Jan 2024 – Mar 2024" in table.subtitle
    assert "Whole quarters alone are counted: Jan 2024 – Mar 2024 of Dec 2023 – May 2024." in table.notes
    with pytest.raises(PeriodError, match="No whole quarter lies in Feb 2024 – May 2024"):
        value_table(held, Period.parse("2024-02:2024-05"), source="")


def versions(first: pd.DataFrame, second: pd.DataFrame):
    return publish(second, [publish(first, salt="s").states], "s")


def test_under_each_table_and_curve_stands_why_a_later_version_shows_less():
    first = register(("A", "Town", 20), ("B", "Town", 9), ("C", "Town", 3), ("D", "Town", 5))
    held = versions(first, pd.concat([first, register(("C", "Town", 5))], ignore_index=True))
    (said,) = {
        note
        for table in (
            repeat_table(held, NOW, BEFORE, threshold=5, source=""),
            districts_table(held, NOW, threshold=5, source=""),
            top_table(held, None, NOW, source=""),
            value_table(held, NOW, source=""),
            passed_table(held, NOW, source=""),
        )
        for note in table.notes
        if "earlier version" in note
    }
    assert said == (
        "Shown by an earlier version of the register too: Jan 2024 to Mar 2024. What it hid, what has changed by 1 to 4 since, and "
        "its values and days are hidden. The difference could give a small count away. A quarter that is given once, with its "
        "late entries in, need not hide more."
    )
    assert said in pareto_figure(held, NOW, "").caveat
    # the quarter of the other period is named where it is compared, and nowhere else
    assert said in repeat_table(held, BEFORE, NOW, threshold=5, source="").notes
    assert not any("earlier version" in note for note in value_table(held, BEFORE, source="").notes)


def test_a_quarter_withheld_beside_an_earlier_version_says_when_it_is_shown_again():
    first = register(("A", "Town", 20), ("B", "Town", 9))
    held = versions(first, pd.concat([first, register(("A", "Town", 2))], ignore_index=True))
    notes = value_table(held, NOW, source="").notes
    assert notes[-1] == (
        "Not shown at all, though an earlier version of the register showed it: Jan 2024 to Mar 2024. Too few offences have changed "
        "since, or are left: the difference could give a count of 1 to 4 away. It is shown again once 5 or more "
        "are in it and it differs from each earlier version by 5 or more, or not at all."
    )
    few = value_table(publish(register(("A", "Town", 3))), NOW, source="").notes
    assert few[-1] == (
        "Not shown at all: Jan 2024 to Mar 2024. Fewer than 5 offences are in the register there."
    )


def test_a_top_shop_without_a_plan_says_so_and_one_with_a_plan_has_its_contact():
    plans = pd.DataFrame(
        {
            "district": ["Town"],
            "shop": ["A"],
            "contact": ["Retail officer"],
            "plan_status": ["in place"],
            "review_date": [pd.Timestamp("2024-09-01")],
        }
    )
    table = top_table(publish(register(("A", "Town", 8), ("B", "Town", 6))), plans, NOW, source="")
    assert table.title == "1 of 2 top shops have a plan in place"
    assert table.shown.loc[("Town", "A")].tolist() == ["8", "£80", "Retail officer", "in place", "1 Sep 2024"]
    assert table.shown.loc[("Town", "B"), "Plan"] == "no plan held"


def test_the_curve_is_of_all_offences_and_has_the_shops_that_are_listed():
    held = publish(
        register(("A", "Town", 30), ("B", "Town", 10), ("C", "Town", 3), ("D", "Town", 4), ("E", "Town", 3))
    )
    assert pareto_data(held, NOW).to_numpy().tolist() == [[1, 30, True, 0.6], [2, 10, True, 0.8]]
    figure = pareto_figure(held, NOW, "")
    assert figure.title == "The top 2 shops have 80% of all offences in the register"
    assert "shops that are not listed" in figure.caveat
    figure.chart.to_dict()
    with pytest.raises(AnalysisError, match="No shop of the register may be listed"):
        pareto_figure(publish(register(("A", "Town", 4))), NOW, "")


def test_an_approximate_point_is_called_so_and_the_rest_is_counted():
    points = pd.DataFrame(
        {
            "location": ["On or near Park", None],
            "longitude": [-1.3, None],
            "latitude": [54.5, None],
            "incidents": [7, 2],
        }
    )
    table = points_table(repeat_points(points), {(-1.3, 54.5): "Town 001A"}, NOW)
    assert table.shown.iloc[0].tolist() == ["Approximate point on or near Park, Town 001A", "7"]
    assert any(
        "does not mean that station or shop" in note and "stands for many addresses" in note
        for note in table.notes
    )
    assert "2 recorded incidents have no point at all." in table.notes


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Petrol Station", "approximate point near a petrol station, Town 001A"),
        ("Park/Open Space", "approximate point near a park or open space, Town 001A"),
        ("Willow Court", "approximate point on or near Willow Court, Town 001A"),
        (UNNAMED, "approximate point without a name, Town 001A"),
    ],
)
def test_a_label_never_reads_as_if_one_business_were_meant(name, label):
    assert point_label(name, "Town 001A") == label


def test_neither_the_table_of_points_nor_its_file_has_a_bare_name():
    points = pd.DataFrame(
        {
            "location": ["On or near Petrol Station", "On or near "],
            "longitude": [-1.3, -1.2],
            "latitude": [54.5, 54.6],
            "incidents": [9, 8],
        }
    )
    table = points_table(repeat_points(points), {(-1.3, 54.5): "Town 001A"}, NOW)
    assert table.data["approximate_point"].tolist() == [
        "approximate point near a petrol station, Town 001A",
        "approximate point without a name, no location given",
    ]
    assert "Petrol Station" not in words(table)


def test_outcomes_of_unlike_releases_show_the_later_period_alone_with_the_reason():
    rows = pd.DataFrame(
        {
            "month": pd.PeriodIndex(["2023-02", "2024-02"], freq="M"),
            "outcome": ["Charged", "No suspect"],
            "incidents": [10, 12],
            "release": ["2023-06", "2024-06"],
        }
    )
    table = outcomes_table(shoplifting_outcomes(rows, BEFORE, NOW), BEFORE, NOW)
    assert list(table.shown.columns) == [NOW.label, "Share"]
    assert list(table.shown.index) == ["No suspect"]
    assert "different releases" in table.notes[0]
    assert "baseline" not in table.data


def survey(*places: tuple[str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(places, columns=["place", "respondents", "felt_unsafe"]).astype(
        "Int64", errors="ignore"
    )


def test_the_list_begins_with_felt_unsafe_and_few_incidents_and_hides_small_counts():
    answers = survey(("Path", 20, 15), ("Square", 40, 8), ("Lane", 9, 9), ("Gate", 30, 2))
    recorded = pd.DataFrame({"place": ["Path", "Square", "Lane", "Gate"], "incidents": [3, 90, 50, 4]})
    table = perception_table(safe(perceptions(answers, recorded)), "recorded incidents", "")
    assert table.shown.index[0] == ("felt unsafe, lower half of incidents", "Path")
    assert table.shown.loc[("hidden", "Lane")].tolist() == ["fewer than 10", "hidden", "–", "–", "hidden"]
    gate = table.shown.xs("Gate", level="Place").iloc[0]
    assert gate.tolist() == ["30", "hidden", "–", "–", "4"]
    assert table.data.loc[table.data["place"] == "Gate", ["felt_unsafe", "share"]].isna().all(axis=None)


def timed(**places: int) -> pd.DataFrame:
    names = [name for name, times in places.items() for _ in range(times)]
    at = pd.Series(pd.to_datetime(["2024-01-05 23:30"] * len(names))).dt.tz_localize("Europe/London")
    nothing = pd.Series(pd.NaT, index=at.index, dtype=at.dtype)
    return pd.DataFrame({"place": names, "date_time": at, "earliest": nothing, "latest": nothing})


def test_timed_incidents_of_few_are_hidden_with_what_would_give_them_away():
    shown = places_table(timed(Pub=3, Square=12, Park=9), "Jan 2024", "").shown
    assert shown["Incidents"].tolist() == ["hidden", "hidden", "12", "24"]
    assert shown.loc["All places"].tolist() == ["24", "100%"]
    with pytest.raises(NeedsInputError, match="Fewer than 5"):
        safe_hours_figure(
            hours_of_week(timed(Pub=3)), what="timed incidents", period="", source="", caveat=""
        )


def week(**hours: float) -> pd.DataFrame:
    """Return a week with so many incidents at these hours of Monday (``h23`` is 23:00) and none at any other."""
    table = pd.DataFrame([(d, h) for d in range(7) for h in range(24)], columns=["weekday", "hour"])
    counts = {int(name[1:]): float(n) for name, n in hours.items()}
    return table.assign(
        incidents=[counts.get(h, 0.0) if d == 0 else 0.0 for d, h in table.to_numpy().tolist()]
    )


def test_hours_of_few_incidents_are_hidden_and_shares_are_whole_per_cents():
    safe, night = safe_hours(week(h23=40, h22=3, h21=9, h20=4, h12=44))
    assert night == 0.56
    shares = safe.loc[safe["weekday"] == 0].set_index("hour")["share"]
    assert shares[[23, 21, 12, 3]].tolist() == [0.40, 0.09, 0.44, 0.0]
    assert shares[[22, 20]].isna().all()  # 7 at two hours
    # 3 at night are hidden, and the week is one total: 53 at noon would leave 3
    few, night = safe_hours(week(h23=3, h12=53))
    assert pd.isna(night)
    assert few.loc[few["share"].isna(), "hour"].tolist() == [12, 23]


def test_no_file_or_chart_of_an_offices_hours_has_a_count():
    figure = safe_hours_figure(
        hours_of_week(timed(Pub=12, Square=9)), what="timed incidents", period="", source="", caveat=""
    )
    assert list(figure.data.columns) == ["day", "hour", "share"]
    assert '"incidents"' not in figure.chart.to_json()


def test_a_median_of_the_survey_is_never_the_share_of_a_place_that_is_hidden():
    answers = survey(("Path", 20, 15), ("Square", 40, 8), ("Gate", 30, 4), ("Lane", 100, 97))
    recorded = pd.DataFrame({"place": ["Path", "Square", "Gate", "Lane"], "incidents": [3, 90, 50, 4]})
    told = safe(perceptions(answers, recorded))
    assert told.share_cut == (0.75 + 0.2) / 2
    places = told.table.set_index("place")
    assert places["small"].to_dict() == {"Path": False, "Square": False, "Gate": True, "Lane": True}
    assert places.loc[["Gate", "Lane"], "share"].isna().all()
    assert places.loc["Lane", "quadrant"] == "felt unsafe, lower half of incidents"
    # 4 of 12 would be above a median of 0.2 and 1 of 12 below: where it stands would tell
    told = safe(perceptions(survey(("Path", 50, 10), ("Gate", 12, 4)), recorded))
    assert told.table.set_index("place").loc["Gate", "quadrant"] == ""
