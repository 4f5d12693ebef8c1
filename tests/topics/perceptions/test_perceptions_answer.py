"""The answer on perceptions: its parts with a survey, and one sentence without."""

from __future__ import annotations

import pandas as pd

from analysis.drawing.answer import Unanswered
from analysis.drawing.figure import Table
from analysis.model.areas import Area
from analysis.model.cube import build_cube, panel
from analysis.model.ground import Crosswalk
from analysis.records.given import Records
from analysis.topics import perceptions
from analysis.topics.perceptions.case import PerceptionsCase
from data.records import record_kind
from tests.cases import case_of

MONTHS = list(pd.period_range("2022-07", "2024-06", freq="M"))
CROSSWALK = Crosswalk({"E01000001": "A", "E01000002": "B"}, pd.DataFrame(), True)


def asked(table: pd.DataFrame | None, read_crosswalk=lambda: CROSSWALK, case=None) -> PerceptionsCase:
    survey = Records(record_kind("perception-survey"), "given", table, "Source: a survey.", "1")
    return PerceptionsCase(case or made_case(), survey, read_crosswalk, lambda: None)


def made_case():
    rows = [(unit, month, "Robbery", count) for unit, count in (("A", 1), ("B", 5)) for month in MONTHS]
    counts = pd.DataFrame(rows, columns=["ground_code", "month", "crime_type", "incidents"])
    areas = {"square": Area("square", "Square", "own", "made", frozenset({"A"}))}
    ground = pd.DataFrame({"ground_code": ["A", "B"], "in_force": True})
    held = panel(build_cube(counts, ["A", "B"], MONTHS))
    return case_of(held, ground, areas, crime_types=("Robbery",))


def survey() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "place": ["Park", "Market"],
            "lsoa": ["E01000001", "E01000002"],
            "longitude": float("nan"),
            "latitude": float("nan"),
            "respondents": [40, 40],
            "felt_unsafe": [30, 10],
        }
    )


def test_places_stand_beside_what_was_recorded_on_their_ground_in_the_comparison_period():
    answer = perceptions.answer(asked(survey()))
    table = answer["table"]
    assert isinstance(table, Table)
    assert dict(zip(table.data["place"], table.data["incidents"], strict=True)) == {"Park": 12, "Market": 60}
    assert "crime types chosen, Jul 2023 – Jun 2024" in table.subtitle
    assert not isinstance(answer["figure"], Unanswered)


def test_a_map_that_cannot_be_drawn_leaves_table_and_figure_standing():
    assert isinstance(perceptions.answer(asked(survey()))["map"], Unanswered)  # no outlines are at hand


def test_without_a_survey_the_sentence_that_asks_for_one_is_the_only_part():
    answer = perceptions.answer(asked(None))
    assert list(answer.parts) == ["asks"]
    assert "“Perception survey”" in answer["asks"].sentence


def test_the_ground_of_the_places_is_worked_out_once_for_all_crime_types():
    case, read = made_case(), []

    def crosswalk():
        read.append(1)
        return CROSSWALK

    perceptions.answer(asked(survey(), crosswalk, case))
    perceptions.answer(asked(survey(), crosswalk, case.asking(crime_types=("Drugs", "Robbery"))))
    assert len(read) == 1
