"""A chart on a phone: its panels under each other, no plot wider than the page, and all else as it was."""

from __future__ import annotations

import json

from pages.frame.device import PLOT_WIDTH, narrow

LINE = {"layer": [{"mark": "line", "encoding": {"x": {"field": "month"}}}], "width": 178, "height": 41}


def test_panels_of_one_thing_stand_in_one_column():
    drawn = narrow({"facet": {"field": "crime_type"}, "columns": 2, "spec": LINE})
    assert drawn["columns"] == 1
    assert drawn["spec"]["width"] == PLOT_WIDTH
    assert drawn["spec"]["height"] == 41


def test_panels_by_two_things_stand_under_each_other_one_inside_the_other():
    rows = {"row": {"field": "crime_type", "sort": ["b", "a"]}, "column": {"field": "area"}}
    resolve = {"scale": {"y": "independent"}}
    drawn = narrow({"facet": rows, "spec": LINE, "resolve": resolve})
    assert drawn["facet"] == {"field": "crime_type", "sort": ["b", "a"]}
    inner = drawn["spec"]
    assert inner["facet"] == {"field": "area"}
    assert (drawn["columns"], inner["columns"]) == (1, 1)
    assert inner["resolve"] == drawn["resolve"] == resolve
    assert inner["spec"]["width"] == PLOT_WIDTH


def test_charts_beside_each_other_stand_under_each_other():
    drawn = narrow({"hconcat": [{"mark": "bar", "width": 500}, {"mark": "bar", "width": 90}]})
    assert [each["width"] for each in drawn["vconcat"]] == [PLOT_WIDTH, 90]


def test_a_long_title_of_an_axis_is_broken_and_none_of_its_words_lost():
    words = "How far from what was expected (fewer recorded on the left, more on the right)"
    drawn = narrow({"mark": "bar", "encoding": {"x": {"field": "far", "axis": {"title": words}}}})
    assert " ".join(drawn["encoding"]["x"]["axis"]["title"]) == words


def test_the_keys_of_a_legend_in_columns_stand_under_each_other():
    drawn = narrow(
        {"mark": "bar", "encoding": {"color": {"field": "kind", "legend": {"columns": 2, "title": None}}}}
    )
    assert drawn["encoding"]["color"]["legend"] == {"columns": 1, "title": None}


def test_data_and_what_is_narrow_already_stay_as_they_were():
    chart = {
        "mark": "bar",
        "width": 200,
        "data": {"width": 900},
        "encoding": {"x": {"field": "width", "title": "Width"}},
    }
    before = json.dumps(chart)
    assert narrow(chart) == chart
    assert json.dumps(chart) == before
