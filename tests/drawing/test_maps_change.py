"""The change map says what stands out in the areas under review and how many places do elsewhere."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.drawing.maps.change_map import OUT, change_map, with_verdicts
from analysis.drawing.maps.classes import FEW
from analysis.drawing.maps.shown import Name
from analysis.model.evidence import Evidence
from analysis.model.periods import Period, compared_months
from analysis.stats.ground_change import COLUMNS, GroundChange
from tests.made.made_maps import NAMES

NAN = float("nan")
MONTHS = compared_months(
    Period.parse("2022-07:2023-06"),
    Period.parse("2023-07:2024-06"),
    Period.parse("2022-07:2024-06").months,
    like_for_like=True,
)
FELL_MORE, ROSE_MORE = "fell more than similar places", "rose more than similar places"
AS_OTHERS = "much as similar places did"
FELL = ("G00", 200.0, 100.0, -50.0, 190.0, 120.0, 300.0, -2.9, 0.025, 40, FELL_MORE, True)
STEADY = ("G01", 100.0, 95.0, -5.0, 96.0, 60.0, 150.0, -0.1, 0.5, 40, AS_OTHERS, False)
FEW_ROW = ("G02", 12.0, 7.0, -41.7, NAN, NAN, NAN, NAN, NAN, 40, "too few to say", False)
NEW = ("G03", 0.0, 30.0, NAN, 4.0, 1.0, 12.0, 4.0, 0.0, 40, ROSE_MORE, True)
SMALL = ("G04", 20.0, 26.0, 30.0, 21.0, 11.0, 40.0, 0.7, 0.225, 40, AS_OTHERS, False)


def shown(*rows: tuple, subject=("G00", "G01"), **how):
    found = GroundChange(pd.DataFrame(rows, columns=list(COLUMNS)), "Shoplifting", MONTHS)
    return change_map(
        found, names=NAMES, periods="two years", subject=subject, subject_name="under review", **how
    )


ALL = (FELL, STEADY, FEW_ROW, NEW, SMALL)


def classes(drawn) -> dict[str, str]:
    table = drawn.ground.table
    return {
        code: drawn.ground.keys[at].label for code, at in zip(table["ground_code"], table["key"], strict=True)
    }


def test_ground_stands_in_the_class_of_its_change():
    assert classes(shown(*ALL)) == {
        "G00": "Fell by 50% or more", "G01": "Changed by less than 10%", "G02": FEW.label, "G03": FEW.label,
        "G04": "Rose by 25% to under 50%",
    }  # fmt: skip


def test_the_title_names_what_stands_out_under_review_and_nothing_else():
    assert (
        shown(*ALL).title
        == "Recorded shoplifting, each small area by itself: Ay fell more than similar places"
    )
    none = "Recorded shoplifting: the one small area under review that can be judged did not change otherwise than similar places"
    assert shown(STEADY, NEW).title == none


def test_it_is_said_of_which_ground_under_review_nothing_can_be_said():
    under = ("G00", "G01", "G02", "G04")
    assert (
        shown(*ALL, subject=under).title
        == "Recorded shoplifting, each small area by itself: Ay fell more than similar places"
    )
    assert "By itself Cee cannot be judged." in shown(*ALL, subject=under).caveat
    assert shown(STEADY, SMALL, FEW_ROW, subject=under).title == (
        "Recorded shoplifting: no single small area of the 2 under review that can be judged stands out"
    )
    assert (
        shown(FEW_ROW, subject=under).title
        == "Recorded shoplifting: no single small area under review can be judged"
    )


def test_others_that_stand_out_are_counted_among_those_that_can_be_judged():
    words = shown(*ALL).caveat
    assert "1 of the other 2 places that can be judged are told too" in words


def test_what_is_hatched_is_explained():
    words = shown(*ALL).caveat
    assert "fewer than 20 recorded in both periods together, or none in the first" in words
    assert "fewer than 50 were recorded in the first" in words


def test_what_stands_out_has_a_border_in_the_legend_and_what_does_not_has_none():
    drawn = shown(*ALL)
    (border,) = drawn.outlines
    assert border.key == OUT and border.ground == {"G00", "G03"}
    assert drawn.legend[-1] == ("Outlined", (OUT,))
    assert shown(STEADY).outlines == ()


@pytest.mark.parametrize(
    ("small", "text"),
    [
        (
            False,
            "20 to 26 recorded\nMuch as similar places did\nabout 21 expected; about 1 in 4 ended as high",
        ),
        (
            True,
            "20 to 26 recorded, +30%\nMuch as similar places did\nabout 21 expected; about 1 in 4 ended as high",
        ),
    ],
)
def test_a_percentage_on_a_small_base_is_written_only_when_asked_for(small, text):
    assert shown(SMALL, show_small=small).ground.table["text"].tolist() == [text]


def test_texts_say_counts_verdict_and_rank():
    texts = shown(FELL, FEW_ROW, NEW).ground.table["text"].tolist()
    assert (
        texts[0]
        == "200 to 100 recorded, −50%\nFell more than similar places\nabout 190 expected; about 1 in 40 ended as low"
    )
    assert texts[1] == "12 to 7 recorded\nToo few incidents to say (under 20)"
    assert (
        texts[2]
        == "0 to 30 recorded\nRose more than similar places\nabout 4 expected; none of 40 ended as high"
    )


def test_a_month_that_is_left_out_is_said():
    months = compared_months(
        Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06"),
        [m for m in Period.parse("2022-07:2024-06").months if m != pd.Period("2022-12")], like_for_like=True,
    )  # fmt: skip
    found = GroundChange(pd.DataFrame([STEADY], columns=list(COLUMNS)), "Shoplifting", months)
    drawn = change_map(found, names={}, periods="two years", subject=(), subject_name="under review")
    assert "Dec 2022 is not published here" in drawn.caveat and "11 months on each side" in drawn.subtitle
    assert drawn.ground.table["name"].tolist() == ["G01"]


def test_a_place_with_too_few_like_it_says_so_and_keeps_its_colour():
    lonely = ("G00", 274.0, 222.0, -19.0, NAN, NAN, NAN, NAN, NAN, 0, "too few to say", False)
    drawn = shown(lonely)
    assert classes(drawn) == {"G00": "Fell by 10% to under 25%"}
    assert drawn.ground.table["text"].tolist() == [
        "274 to 222 recorded, −19%\nNot judged: too few similar places (20 needed)"
    ]


def judged(area: str, before: float, after: float, change: float, verdict: str) -> Evidence:
    return Evidence(
        area=area,
        baseline_incidents=before,
        comparison_incidents=after,
        percent_change=change,
        verdict=verdict,
    )


def test_names_of_areas_say_how_they_changed_and_their_verdict():
    rows = (
        judged("Ay", 201, 88, -56.2, FELL_MORE),
        judged("Bee", 12, 4, -66.7, "too few to say"),
        judged("Cee", NAN, 30, NAN, "too few to say"),
        judged("Dee", 900, 860, -4.4, "too few to say"),
        judged("Ee", 90, 80, -11.1, ""),
    )
    names = (
        *(Name(each, 0, 0, first=True, above=12) for each in ("Ay", "Bee", "Cee", "Dee", "Ee", "Other")),
        Name("Bee", 9, 9),
    )
    said = with_verdicts(names, rows)
    assert [name.text for name in said] == [
        "Ay\n−56%: fell more than similar places",
        "Bee\n12 to 4: too few to say",  # a percentage on 12 says nothing
        "Cee",  # a month is not held
        "Dee\n−4%: too few similar places",
        "Ee\n−11%",  # without boundaries there is no verdict
        "Other",
        "Bee",  # a ward of that name is no area
    ]
    assert said[0].above > names[0].above and said[5] == names[5]
    assert with_verdicts(names, rows, show_small=True)[1].text == "Bee\n−67%: too few to say"


def test_two_that_cannot_be_judged_are_named_and_more_are_counted():
    rows = [(code, *FEW_ROW[1:]) for code in ("G02", "G04", "G05")]
    under = ("G00", "G02", "G04", "G05")
    assert "By themselves Cee and Ee cannot be judged." in shown(FELL, *rows[:2], subject=under).caveat
    assert (
        "3 small areas under review cannot be judged by themselves."
        in shown(FELL, *rows, subject=under).caveat
    )
    assert "cannot be judged" not in shown(FELL, STEADY).caveat


def test_the_numbers_have_no_percentage_on_a_small_base_unless_asked_and_colours_stay():
    hidden = shown(*ALL).data.set_index("ground_code")["percent_change"]
    assert hidden.dropna().to_dict() == {"G00": -50.0, "G01": -5.0}
    written_out = shown(*ALL, show_small=True)
    assert written_out.data.set_index("ground_code")["percent_change"]["G04"] == 30.0
    assert classes(written_out) == classes(shown(*ALL))
