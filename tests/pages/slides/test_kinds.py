"""Which charts a figure becomes: by the columns of its data, gaps as gaps, and none for a kind that PowerPoint has not."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from pages.pack.slides.kinds import native

NAN = float("nan")


def figure(data: pd.DataFrame) -> SimpleNamespace:
    return SimpleNamespace(data=data, alt="What it shows.")


def test_months_are_two_lines_with_a_gap_for_a_month_that_is_not_published():
    rows = [
        ("Thornaby", "Burglary", period, at, f"{name} {year}", count)
        for period, year, counts in (("2022", 2022, (3, NAN, 0)), ("2023", 2023, (1, 2, 4)))
        for at, (name, count) in enumerate(zip(("Jul", "Aug", "Sep"), counts, strict=True), start=1)
    ]
    columns = ["area", "crime_type", "period", "position", "month", "incidents"]
    [chart] = native(figure(pd.DataFrame(rows, columns=columns)))
    assert (chart.form, chart.title, chart.above, chart.categories) == (
        "lines",
        "Thornaby",
        "Burglary",
        ("Jul", "Aug", "Sep"),
    )
    assert [(each.name, each.values, each.dashed) for each in chart.series] == [
        ("2022", (3.0, None, 0.0), True),
        ("2023", (1.0, 2.0, 4.0), False),
    ]
    assert "Aug 2022" in chart.alt


def test_a_quarter_that_is_not_published_keeps_its_place_empty():
    rows = [
        ("Yarm", "Jul to Sep 2022", "2022-07", "Positive outcome", 2.0),
        ("Yarm", "Jan to Mar 2023", "2023-01", "No positive outcome", 5.0),
    ]
    [chart] = native(figure(pd.DataFrame(rows, columns=["area", "quarter", "first_month", "part", "crimes"])))
    assert chart.categories == ("Jul 22", "Oct 22", "Jan 23")
    assert {each.name: each.values for each in chart.series} == {
        "Positive outcome": (2.0, None, None),
        "No positive outcome": (None, None, 5.0),
    }


def test_sums_are_bars_from_their_first_day_to_their_last():
    rows = [
        ("£100, Patrols", "2023-10-01", "2024-03-31", "Money"),
        ("Patrols", "2023-08-01", "2024-06-30", "Patrols"),
    ]
    [chart] = native(figure(pd.DataFrame(rows, columns=["name", "first_day", "last_day", "kind"])))
    first, money, patrols = chart.series
    # 1 October 2023 is day 45200 of a spreadsheet; six months to the end of March 2024 have 183 days
    assert (first.values[0], money.values, patrols.values) == (45200.0, (183.0, None), (None, 335.0))


def test_a_survey_names_the_places_felt_unsafe_with_few_recorded():
    rows = [
        ("Underpass", 0.77, 884.0, "felt unsafe, lower half of incidents"),
        ("Park", NAN, 5.0, "hidden"),
        ("High street", 0.55, 1095.0, "felt unsafe, upper half of incidents"),
        ("Station", 0.3, 900.0, "felt safer, upper half of incidents"),
    ]
    [chart] = native(figure(pd.DataFrame(rows, columns=["place", "share", "incidents", "quadrant"])))
    points = {name: [place for *_, place in of] for name, _, of in chart.groups}
    assert points == {
        "Other places": ["High street", "Station"],
        "Felt unsafe, lower half of incidents": ["Underpass"],
    }


def test_a_figure_of_another_kind_has_no_chart_of_its_own():
    assert native(figure(pd.DataFrame({"area": ["a"], "ratio": [0.5], "low": [0.1], "high": [2.0]}))) == ()
    assert native(figure(pd.DataFrame(columns=["name", "first_day", "last_day", "kind"]))) == ()
