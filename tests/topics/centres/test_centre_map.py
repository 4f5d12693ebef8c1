"""The map of a proposal: each unit in the class of its share, and what an analyst took outlined."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.drawing.maps.bearings import Bearings, outlined
from analysis.model.areas import Area
from analysis.model.proposed_area import Cover, Held, ProposedArea
from analysis.topics.centres.measure import Candidate
from analysis.topics.centres.show.centre_map import centre_map, suggested_map

UNITS = (Cover("A", 0.7, 0.5, 1e6), Cover("B", 0.2, 0.1, 1e6), Cover("C", 0.1, 0.099, 1e6))
PROPOSED = ProposedArea("1", "Yarm", "Town Centre", "made.gpkg", UNITS, ("A", "B"), Held(0.9, 0.3, "medium"))
NAMES = {"A": "Market ward (001A)", "B": "Harbour ward (001B)", "D": "Hill ward (001D)"}


def area(*codes: str) -> Area:
    return Area("own-yarm", "Yarm", "own", "made", frozenset(codes))


def bearings(*codes: str, near: str = "") -> Bearings:
    return Bearings(NAMES, outlined((area(*codes),)), focus=frozenset(near))


@pytest.mark.parametrize(
    ("code", "label"),
    [("A", "half or more"), ("B", "a tenth to under a half"), ("C", "under a tenth"), ("D", "not in the centre")],
)  # fmt: skip
def test_ground_stands_in_the_class_of_its_share(code, label):
    ground = centre_map(PROPOSED, area("A", "D"), bearings("A", "D")).ground
    row = ground.table.set_index("ground_code").loc[code]
    assert ground.keys[row["key"]].label == label


def test_what_is_taken_is_outlined_and_said():
    shown = centre_map(PROPOSED, area("A", "D"), bearings("A", "D"))
    assert [outline.ground for outline in shown.outlines] == [frozenset({"A", "D"})]
    assert shown.title == "Yarm would take Market ward (001A) and Hill ward (001D)"
    assert shown.data["taken"].tolist() == [True, False, False, True]
    text = dict(zip(shown.ground.table["ground_code"], shown.ground.table["text"], strict=True))
    assert text["B"] == "10% of it is centre\n20% of the centre lies here\nnot taken"


def test_ground_beside_a_centre_is_on_its_map_so_that_it_can_be_added():
    shown = centre_map(PROPOSED, area("A"), bearings("A", near="AD"))
    row = shown.ground.table.set_index("ground_code").loc["D"]
    assert (shown.ground.keys[row["key"]].label, row["text"].splitlines()[-1]) == (
        "not in the centre",
        "not taken",
    )


def test_a_suggestion_is_called_one_on_its_map_and_shades_ground_by_thefts():
    chosen = Candidate("suggestion-1", "Market", "Suggestion 1: Market", ("A",), "low", True)
    taken = Area("suggestion-1", "Market", "own", "made", frozenset("A"))
    thefts = pd.Series([40, 3, 0], index=["A", "B", "D"])
    shown = suggested_map(chosen, taken, thefts, bearings("A"), "Jul 2022 – Jun 2024")
    assert shown.title == "Suggestion: Market would take Market ward (001A)"
    labels = [shown.ground.keys[key].label for key in shown.ground.table["key"]]
    assert labels[0].endswith("or more") and labels[2] == "0"
    assert shown.ground.table["text"].tolist()[1] == "3 thefts recorded\nnot taken"
    assert "no outline of a centre" in shown.caveat and "Confidence low" in shown.caveat
    assert [outline.ground for outline in shown.outlines] == [frozenset({"A"})]


def test_nothing_chosen_is_said_on_the_map():
    assert centre_map(PROPOSED, area(), bearings()).title == "Yarm would take no ground"
