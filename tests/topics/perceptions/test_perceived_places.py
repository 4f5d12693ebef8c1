"""The ground of a survey's places: a district is found by its name in the files, whatever the office calls it."""

from __future__ import annotations

import pandas as pd

from analysis.model.areas import Area
from analysis.model.ground import LOOKUP_COLUMNS, build_crosswalk
from analysis.model.naming import checked_naming, renamed
from analysis.topics.perceptions.measure.perceived_places import place_ground

CROSSWALK = build_crosswalk(
    pd.DataFrame(
        [("E01000001", "Ay 001A", "U", "E01000001", "Ay 001A", "E07000001", "Ay")],
        columns=list(LOOKUP_COLUMNS),
    )
)
AREAS = {"ay": Area("ay", "Ay", "district", "made", frozenset({"E01000001"}), district="ay")}
SURVEY = pd.DataFrame(
    {"place": ["Ay", "The Borough"], "lsoa": "", "longitude": float("nan"), "latitude": float("nan")}
)


def test_a_name_of_the_offices_finds_no_other_ground_than_before():
    called = renamed(AREAS, checked_naming("", "", {"Ay": "The Borough"}))
    before = place_ground(SURVEY, crosswalk=CROSSWALK, areas=AREAS.values())
    assert called["ay"].name == "The Borough"
    assert place_ground(SURVEY, crosswalk=CROSSWALK, areas=called.values()) == before == {"Ay": {"E01000001"}}
