"""The certificate of a part is over the months that the part rests on, whatever months its page has."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.drawing.answer import Answer, resting_on
from analysis.drawing.figure import Table
from analysis.model.areas import Area
from analysis.model.periods import Period
from analysis.topics import night_time
from analysis.topics.coverage import certificate, certified
from tests.cases import YEARS, case_of
from tests.made.places import made_panel

MONTH = Period.parse("2024-02:2024-02")
PAIR = Period.parse("2022-10:2022-12"), Period.parse("2023-10:2023-12")


@pytest.fixture
def case():
    # March 2023 is a gap
    panel = made_panel({"A": [5.0] * 8 + [float("nan")] + [5.0] * 15})
    places = pd.DataFrame({"ground_code": ["A"], "district_name": "Made", "in_force": True, "joined": True})
    return case_of(panel, places, {"a": Area("a", "A", "town centre", "made", frozenset("A"))}, periods=YEARS)


def table(*periods: Period) -> Table:
    shown = Table("T", "S", pd.DataFrame({"n": ["1"]}), pd.DataFrame({"n": [1]}))
    return resting_on(shown, *periods) if periods else shown


def test_a_part_with_months_of_its_own_has_its_own_certificate_and_the_others_that_of_the_page(case):
    made = certified(
        Answer((), {"page": table(), "month": table(MONTH), "pair": table(*PAIR), "span": table(case.span)}),
        case,
    )
    lines = {name: made.certificate_of(name).line for name in made.parts}
    page = (
        "Jul 2022 – Jun 2023, 11 of 12 months (Mar 2023 not published). Jul 2023 – Jun 2024, 11 of 12 months"
    )
    assert lines["page"].startswith(f"How whole the data are: {page}")
    assert made.certificate_of("page") is made.certificate
    assert lines["month"].startswith("How whole the data are: Feb 2024, 1 of 1 month. ")
    assert lines["pair"].startswith(
        "How whole the data are: Oct 2022 – Dec 2022, 3 of 3 months. Oct 2023 – Dec 2023, 3 of 3 months. "
    )
    assert lines["span"].startswith(
        "How whole the data are: Jul 2022 – Jun 2024, 23 of 24 months (Mar 2023 not"
    )
    assert made.certificate_of("month").table.title == "How whole the data are: 1 month is used"


def test_two_periods_set_against_each_other_are_those_given_and_not_the_pages(case):
    assert certificate(case, *YEARS).line == certificate(case).line
    assert certificate(case, *PAIR).line != certificate(case).line


def test_what_rests_on_every_month_held_says_so_beside_what_rests_on_two_years(case):
    made = certified(night_time.answer(case.asking(baseline=PAIR[0], comparison=PAIR[1])), case)
    assert made["pattern"].rests_on == made["december"].rests_on == (case.span,)
    assert "Jul 2022 – Jun 2024" in made.certificate_of("pattern").line
