"""A verdict that is another word after a revision is named with both; one that cannot be compared is not counted."""

from __future__ import annotations

from analysis.model.evidence import Evidence
from analysis.model.periods import Period
from analysis.topics.change.measure import revised_verdicts

YEARS = (Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06"))
FELL, SAME = "fell more than similar places", "much as similar places did"


def row(verdict: str, area: str = "thornaby", crime_type: str = "Burglary") -> Evidence:
    return Evidence(area_key=area, area=area.capitalize(), crime_type=crime_type, verdict=verdict)


def test_a_verdict_that_changed_is_named_with_both_words_and_its_periods():
    told = revised_verdicts(
        [row(FELL), row(SAME, crime_type="Drugs")], [row(SAME), row(SAME, crime_type="Drugs")], YEARS
    )
    assert (told.compared, len(told.changes)) == (2, 1)
    assert str(told.changes[0]) == (
        f"Thornaby burglary, Jul 2023 – Jun 2024 against Jul 2022 – Jun 2023: “{FELL}” became “{SAME}”."
    )
    assert told.periods == ("Jul 2023 – Jun 2024 against Jul 2022 – Jun 2023",)


def test_rows_that_only_one_side_has_and_rows_without_a_verdict_are_not_compared():
    told = revised_verdicts([row(SAME), row("", "yarm")], [row("", "yarm"), row(SAME, "norton")], YEARS)
    assert (told.compared, told.changes) == (0, ())


def test_a_verdict_that_came_or_went_changed_from_or_to_none():
    [came] = revised_verdicts([row("")], [row(SAME)], YEARS).changes
    [gone] = revised_verdicts([row(SAME)], [row("")], YEARS).changes
    assert (came.before, came.after, gone.after) == ("no verdict", SAME, "no verdict")
