"""The index and several areas as one, on the real months; what is said after an end date inside them."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.model.areas import Area
from analysis.model.periods import Period, parse_month
from analysis.topics import change, patrols
from analysis.topics.change.measure import all_together, chosen_after, index_evidence
from analysis.topics.change.measure.taken_together import INDEX_NAME, INDEX_TYPES
from data.desk import Desk


@pytest.fixture(scope="module")
def case(real_store):
    desk = Desk(real_store)
    return desk.case(desk.default_selection("cleveland"))


def test_the_index_adds_up_its_three_types_and_is_judged_as_one_is(case):
    rows = index_evidence(case)
    assert [row.crime_type for row in rows] == [INDEX_NAME] * 3
    for area, row in zip(case.chosen, rows, strict=True):
        single = [each for each in change.measure.area_evidence(case, area) if each.crime_type in INDEX_TYPES]
        assert row.baseline_incidents == sum(each.baseline_incidents for each in single)
        assert row.comparison_incidents == sum(each.comparison_incidents for each in single)
        assert row.verdict == "much as similar places did"
    assert chosen_after(case)
    part = change.answer(case)["index"]
    assert any("chosen after them" in note for note in part.notes)


def test_areas_taken_together_add_up_and_have_their_own_rank(case):
    found = {each.crime_type: each for each in all_together(case)}
    assert list(found)[:2] == [INDEX_NAME, "Anti-social behaviour"]
    asb = found["Anti-social behaviour"]
    assert (asb.baseline, asb.comparison, len(asb.areas)) == (988, 779, 3)
    assert asb.found.p == pytest.approx(0.116, abs=0.02) and asb.verdict == "much as similar places did"
    assert found["Drugs"].verdict == "too few to say" and found["Drugs"].reason
    assert all_together(case.asking(areas=("thornaby-town-centre",))) == ()


def test_areas_of_untreated_ground_are_taken_together_without_it(case):
    codes = sorted(case.own_ground - case.treated)
    own = {
        f"u{at}": Area(f"u{at}", f"Unit {at}", "own", "cleveland", frozenset([codes[at]]))
        for at in (3, 40, 200)
    }
    asked = case.asking(areas=tuple(own))
    asked = type(asked)(**{**vars(asked), "areas": {**case.areas, **own}})
    found = {each.crime_type: each for each in all_together(asked)}["Violence and sexual offences"]
    assert found.found is not None and np.isfinite(found.found.p)


def test_the_title_of_the_page_says_which_months_are_held_against_which(case):
    latest = "Jul 2023 – Jun 2024, the latest months held, against Jul 2022 – Jun 2023, a year before."
    assert change.answer(case)["periods"].text == f"{latest} These are the review’s own years."
    halves = case.asking(baseline=Period.parse("2022-07:2022-11"), comparison=Period.parse("2023-07:2023-11"))
    assert (
        change.answer(halves)["periods"].text
        == "Jul 2023 – Nov 2023, against Jul 2022 – Nov 2022, a year before."
    )


def test_after_an_end_date_inside_the_months_held_the_same_design_answers(real_store, case):
    desk = Desk(real_store)
    asked = desk.patrols(case, desk.no_records("patrol-log"))
    assert patrols.first_end(asked) in patrols.ends(asked)
    after = patrols.after_end(asked, "Dec 2023")
    assert (
        "Jan 2024 – Jun 2024 against the same months a year before, Jan 2023 – Jun 2023"
        in after["ended"].text
    )
    assert "chosen after these years" in after["ended"].text
    told = {name: words for name, words in after.leads}
    assert "Recorded disorder (index) fell from 214 to 68" in told["Thornaby Town Centre"]
    assert "untreated places a rise in anti-social behaviour" in after["ended alarms"].text
    shown = after["ended evidence"].shown
    assert list(shown.index.get_level_values(1)) == [INDEX_NAME, "Anti-social behaviour"] * 3
    assert patrols.after_end(asked, "").parts == {}


def test_without_a_month_after_the_end_there_is_none_to_choose(case):
    from analysis.topics.patrols.measure.after_end import end_months, months_after

    assert parse_month("2024-06") not in end_months(case)
    with pytest.raises(Exception, match="No month after Jun 2024 is held"):
        months_after(case, parse_month("2024-06"))
