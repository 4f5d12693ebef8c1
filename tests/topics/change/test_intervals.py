"""Each change against what was expected of it, alone and taken together."""

from __future__ import annotations

import json
import math

from analysis.model.periods import Period
from analysis.stats.together import Together
from analysis.topics.change.measure.taken_together import TakenTogether
from analysis.topics.change.show.intervals import interval_data, interval_figure
from analysis.topics.change.show.together_table import CHOSEN_AFTER, together_table
from tests.made.evidence_rows import evidence

BEFORE, AFTER = Period.parse("2022-07:2023-06"), Period.parse("2023-07:2024-06")


def test_areas_taken_together_are_told_against_groups_and_the_index_says_when_it_was_fixed():
    rows = [
        TakenTogether("Disorder (index)", ("A", "B"), 700.0, 500.0, "fell more than similar places", Together(-1.4, 0.02, 0.01, 4000)),
        TakenTogether("Burglary", ("A",), 30.0, 20.0, "too few to say", None, "Fewer than 2 of the areas can be judged."),
    ]  # fmt: skip
    table = together_table(rows, BEFORE, AFTER, True)
    assert table.title == "Taken together, disorder (index) fell more than similar places"
    assert table.shown["Similar groups that moved as far"].tolist() == ["about 1 in 100", "–"]
    assert CHOSEN_AFTER in table.notes and "Burglary: Fewer than 2 of the areas can be judged." in table.notes
    assert CHOSEN_AFTER not in together_table(rows, BEFORE, AFTER, False).notes
    assert together_table((), BEFORE, AFTER, True).title == "One area is chosen, so none is taken together"


def test_the_figure_of_ranges_leaves_out_rows_without_a_verdict_and_keeps_the_numbers():
    frame = evidence(
        {"verdict": "too few to say"},
        {"ordinary_high": math.inf},
        {"verdict": "rose more than similar places"},
    )
    data = interval_data(frame)
    assert len(data) == 2 and data["ratio"].tolist() == [90 / 64] * 2
    assert data["high"].iloc[0] == math.inf  # cut at the edge of the drawing alone
    figure = interval_figure(frame, "some months")
    assert (
        figure.title
        == "Recorded against expected: 1 of 2 changes judged is told from what similar places did; 1 cannot be judged "
        "(too few incidents or similar places)"
    )
    assert interval_figure(frame[1:2], "").title.endswith(
        "of 1 change judged, none is told from what similar places did"
    )
    assert interval_figure(frame[:1], "").title.endswith("no change could be judged against similar places")
    assert json.dumps(figure.chart.to_dict())
