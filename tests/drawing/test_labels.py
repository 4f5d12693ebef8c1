"""Names on a chart: none covers another or a mark, none leaves the chart, and what has no room is counted."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.drawing.labels import LONGEST, MARK, place_labels, text_width
from analysis.topics.perceptions.measure.perception import perceptions
from analysis.topics.perceptions.show.perception_table import safe
from analysis.topics.perceptions.show.quadrant_figure import (
    HEIGHT,
    MOST_NAMED,
    WIDTH,
    perception_figure,
    perception_labels,
)
from tests.exhaustive import examples

names = st.text(min_size=1, max_size=60)
spots = st.tuples(st.floats(0, WIDTH), st.floats(0, HEIGHT))


@examples(200)
@given(st.lists(st.tuples(spots, names), max_size=40))
def test_no_name_covers_another_or_a_mark_or_leaves_the_chart_whatever_the_data(drawn):
    marks, texts = [mark for mark, _ in drawn], [name for _, name in drawn]
    placed = place_labels(marks, texts, width=WIDTH, height=HEIGHT)
    assert len(placed) == len(drawn)
    boxes = [box for box in placed if box is not None]
    for box in boxes:
        assert box.left >= 0 and box.top >= 0 and box.right <= WIDTH and box.bottom <= HEIGHT
        assert not any(box.meets(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks)
    for one, other in combinations(boxes, 2):
        assert not one.meets(other.left, other.top, other.right, other.bottom)
    for (mark, name), box in zip(drawn, placed, strict=True):
        if box is not None:
            assert box.width == text_width(name) <= LONGEST
            # a name stands by its own mark
            assert box.left - 20 <= mark[0] <= box.right + 20 and box.top - 20 <= mark[1] <= box.bottom + 20


@settings(deadline=None)
@given(spots)
def test_a_mark_that_stands_alone_always_has_its_name(mark):
    assert place_labels([mark], ["Example Town Centre"], width=WIDTH, height=HEIGHT)[0] is not None


def test_of_two_places_on_one_spot_each_has_its_name():
    placed = place_labels(
        [(280, 170), (280, 170)], ["Market Place", "High Street"], width=WIDTH, height=HEIGHT
    )
    assert None not in placed


def test_a_name_keeps_off_a_line_where_another_place_is_free():
    upright = (300.0, 0.0, 300.0, float(HEIGHT))
    box = place_labels([(280, 170)], ["Market"], width=WIDTH, height=HEIGHT, lines=[upright])[0]
    assert box is not None and box.right < 280


def test_a_long_name_is_cut_and_no_wider_than_the_chart():
    assert text_width("x" * 500) == LONGEST
    assert text_width("High Street") < 100


def survey_of(count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """So many places that all felt unsafe, on one spot of the chart but for every second."""
    places = [f"A place with a name, number {at}" for at in range(count)]
    unsafe = [20 + at % 2 for at in range(count)]
    answers = pd.DataFrame({"place": places, "respondents": 40, "felt_unsafe": unsafe})
    return answers, pd.DataFrame({"place": places, "incidents": [5.0 + at % 2 for at in range(count)]})


def test_names_without_room_are_counted_and_a_long_list_is_cut_in_the_title():
    found = safe(perceptions(*survey_of(30)))
    figure = perception_figure(found, "recorded incidents", "")
    bare = 30 - len(perception_labels(found.table, cuts=(found.share_cut, found.incidents_cut)))
    assert bare > 0
    assert f"Drawn without a name, for want of room: {bare}" in figure.caveat
    drawn = figure.chart.to_dict()
    assert (drawn["width"], drawn["height"], drawn["autosize"]["type"]) == (WIDTH, HEIGHT, "pad")
    one = perception_figure(safe(perceptions(*survey_of(1))), "recorded incidents", "")
    assert "for want of room" not in one.caveat
    answers, recorded = survey_of(30)
    recorded["incidents"] = [9.0 - at % 2 * 8 for at in range(30)]
    title = perception_figure(safe(perceptions(answers, recorded)), "recorded incidents", "").title
    assert title.endswith(f"and {15 - MOST_NAMED} more")
