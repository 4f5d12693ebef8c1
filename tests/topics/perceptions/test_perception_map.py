"""The perception map: places by quadrant, and nothing of a place that is hidden."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.model.errors import NeedsInputError
from analysis.topics.perceptions.measure.perception import QUADRANTS, perceptions
from analysis.topics.perceptions.show.perception_map import perception_map
from analysis.topics.perceptions.show.perception_table import safe
from tests.made.made_maps import NAMES, layers, made_counts

COUNTS = made_counts({"G00": [30], "G01": [10]})
SURVEY = pd.DataFrame(
    [
        ("Park", 40, 30),  # felt unsafe, few
        ("Square", 40, 28),  # felt unsafe, many
        ("Market", 40, 8),  # felt safer, many
        ("Library", 40, 3),  # felt safer, few; under five felt unsafe
        ("Alley", 9, 9),  # hidden
        ("Far", 40, 10),  # no ground that is known
    ],
    columns=["place", "respondents", "felt_unsafe"],
)
RECORDED = pd.DataFrame(
    {"place": ["Park", "Square", "Market", "Library", "Alley", "Row"], "incidents": [3, 90, 80, 4, 77, 41]}
)
WHERE = {name: (442_000.0 + 1_000 * at, 512_000.0) for at, name in enumerate(SURVEY["place"])}


def shown(survey=SURVEY, where=WHERE, **how):
    found = safe(perceptions(survey, RECORDED))
    words = {"what": "incidents of a year", "source": "Source: a survey."}
    return perception_map(found, where, recorded=COUNTS, names=NAMES, **words, **how)


def test_each_place_stands_in_its_quadrant_by_colour_and_shape():
    # a share that is hidden is in no median: with Row, two are above it and two below
    drawn = shown(
        pd.concat([SURVEY, SURVEY.iloc[[2]].assign(place="Row", felt_unsafe=9)], ignore_index=True), WHERE
    )
    table = drawn.marks.table.set_index("name")
    labels = {name: drawn.marks.keys[at].label.lower() for name, at in table["key"].items()}
    assert labels == dict(zip(("Park", "Square", "Market", "Library"), QUADRANTS, strict=True))
    assert len({(key.colour, key.mark) for key in drawn.marks.keys}) == 4


def test_a_hidden_place_is_drawn_nowhere():
    drawn = shown()
    everything = json.dumps(layers(drawn)) + drawn.data.to_csv() + drawn.title + drawn.alt
    assert "Alley" not in everything and 77 not in set(drawn.data["incidents"])
    assert "Not on the map: 2, with fewer than 10 respondents" in drawn.caveat


def test_a_share_of_under_five_is_not_written():
    text = shown().marks.table.set_index("name")["text"]
    assert text["Library"] == "4 recorded\nFelt safer, lower half of incidents"
    assert text["Park"] == "30 of 40 felt unsafe\n3 recorded\nFelt unsafe, lower half of incidents"
    assert (
        "3.0"
        not in shown().data.set_index("place").loc["Library", ["felt_unsafe", "share"]].astype(str).tolist()
    )


def test_the_title_answers_the_question_of_the_review_or_says_none():
    assert shown().title == "On the map: felt unsafe, yet recorded incidents in the lower half: Park"
    none = shown(where={name: at for name, at in WHERE.items() if name != "Park"})
    assert none.title == "On the map: no place felt unsafe with recorded incidents in the lower half"


def test_marks_are_all_of_one_size_since_respondents_measure_no_danger():
    assert set(shown().marks.table["size"]) == {22.0}


def test_names_stand_over_their_marks():
    assert [(name.text, name.first) for name in shown().names] == [
        ("Park", True), ("Square", True), ("Market", True), ("Library", True),
    ]  # fmt: skip
    assert all(name.above >= 22 / 2 for name in shown().names)


@pytest.mark.parametrize(("survey", "where"), [(SURVEY.iloc[4:5], WHERE), (SURVEY, {})])
def test_nothing_that_can_be_drawn_asks_for_the_ground(survey, where):
    with pytest.raises(NeedsInputError, match="Give the LSOA or the point of each place"):
        shown(survey, where)


def test_places_of_one_point_stand_side_by_side_and_others_where_they_are():
    drawn = shown(where=WHERE | {"Square": WHERE["Park"]}).marks.table.set_index("name")
    at = drawn["easting"]
    assert at["Park"] != at["Square"] and (at["Park"] + at["Square"]) / 2 == WHERE["Park"][0]
    assert at["Market"] == WHERE["Market"][0]
    assert "side by side" in shown(where=WHERE | {"Square": WHERE["Park"]}).caveat
    assert "side by side" not in shown().caveat


def test_ground_has_one_shade_and_tells_its_count_when_pointed_at():
    ground = shown().ground
    assert len(ground.keys) == 1 and set(ground.table["key"]) == {0}
    assert all("recorded" in text for text in ground.table["text"])


def test_a_simulated_survey_is_called_so_first():
    assert shown(simulated=True).title.startswith("Simulated survey: ")
    assert shown().title.startswith("On the map: ")
