"""The map of a proposal: each unit in the class of its share, and what an analyst took outlined."""

from __future__ import annotations

import pytest

from analysis.model.areas import Area
from analysis.model.proposed_area import Cover, Held, ProposedArea
from analysis.topics.centres.show.centre_map import centre_map

UNITS = (Cover("A", 0.7, 0.5, 1e6), Cover("B", 0.2, 0.1, 1e6), Cover("C", 0.1, 0.099, 1e6))
PROPOSED = ProposedArea("1", "Yarm", "Town Centre", "made.gpkg", UNITS, ("A", "B"), Held(0.9, 0.3, "medium"))
NAMES = {"A": "Market ward (001A)", "B": "Harbour ward (001B)", "D": "Hill ward (001D)"}


def area(*codes: str) -> Area:
    return Area("own-yarm", "Yarm", "own", "made", frozenset(codes))


@pytest.mark.parametrize(
    ("code", "label"),
    [("A", "half or more"), ("B", "a tenth to under a half"), ("C", "under a tenth"), ("D", "not in the centre")],
)  # fmt: skip
def test_ground_stands_in_the_class_of_its_share(code, label):
    ground = centre_map(PROPOSED, area("A", "D"), NAMES).ground
    row = ground.table.set_index("ground_code").loc[code]
    assert ground.keys[row["key"]].label == label


def test_what_is_taken_is_outlined_and_said():
    shown = centre_map(PROPOSED, area("A", "D"), NAMES)
    assert [outline.ground for outline in shown.outlines] == [frozenset({"A", "D"})]
    assert shown.title == "Yarm would take Market ward (001A) and Hill ward (001D)"
    assert shown.data["taken"].tolist() == [True, False, False, True]
    text = dict(zip(shown.ground.table["ground_code"], shown.ground.table["text"], strict=True))
    assert text["B"] == "10% of it is centre\n20% of the centre lies here\nnot taken"
