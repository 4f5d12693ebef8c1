"""The measured figures of the calibration's METHOD.md: made by a command, in the form in which they stand there."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analysis.model.cube import Panel
from analysis.model.errors import AnalysisError, NeedsInputError
from analysis.model.vocabulary import CRIME_TYPES
from analysis.stats.verdict_calibration import CalibrationRow
from analysis.topics.calibration.blocks import blocks
from analysis.topics.calibration.measure import Calibration
from analysis.topics.calibration.show.method_blocks import filled, verdict_block
from tests.cases import case_of
from tests.conftest import PROJECT
from tests.made.places import grid, made_area

METHOD = (PROJECT / "analysis" / "topics" / "calibration" / "METHOD.md").read_text(encoding="utf-8")
RARE = ("Bicycle theft", "Possession of weapons", "Theft from the person")
"""The crime types of which no place of Cleveland has enough to be judged."""


def made_case():
    """Ninety-nine places, thirty months without December 2022, and all crime types but the rare ones."""
    ground = grid(9, 11)
    rng = np.random.default_rng(3)
    level = np.array([0.0 if crime_type in RARE else 6.0 for crime_type in CRIME_TYPES])
    values = rng.poisson(level, (len(ground.neighbours), 30, len(CRIME_TYPES))).astype(float)
    values[:, 11] = np.nan
    values[:, :, level == 0] = np.nan
    codes = pd.Index(sorted(ground.neighbours), dtype="str")
    panel = Panel(codes, pd.period_range("2022-01", periods=30, freq="M"), values)
    places = pd.DataFrame(
        {
            "ground_code": codes,
            "district_name": ["North", "South"] * 49 + ["North"],
            "in_force": True,
            "joined": True,
        }
    )
    return case_of(panel, places, {"centre": made_area(codes[0])}, contiguity=ground)


def form(block: str) -> str:
    """What a block says without its figures."""
    return re.sub(r"\d+(\.\d+)?(?=[ %,)*\n/|]|$)", "0", block).replace("–", "0")


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return blocks(made_case(), repeats=1, repeats_of_designs=1)


def test_the_file_has_the_blocks_that_the_command_writes_in_the_same_form(made):
    assert form(filled(METHOD, made)) == form(METHOD)
    assert made["designs"].count("(98)") == 7  # the made figures, and not those of the file


def test_a_row_of_the_verdicts_table_by_hand():
    def row(design: str, scope: str, **shares: float) -> CalibrationRow:
        given = {"false_fell": 1.0, "false_rose": 2.3, "told_30": 13.14, "told_50": 26.66} | shares
        return CalibrationRow(
            design, scope, "Drugs", 60, given["false_fell"], given["false_rose"], None, None, given["told_30"], given["told_50"]
        )  # fmt: skip

    rows = (row("plain", "places"), row("verdict", "places", told_30=20.0), row("together", "triples"))
    assert verdict_block(Calibration("", "", 0, rows)).splitlines()[-1] == (
        "| Drugs | 60 | 3.3, 13.1, 26.7 | 3.3, 20.0, 26.7 | – | 3.3, 13.1, 26.7 |"
    )


def test_a_text_is_filled_between_its_markers_and_nowhere_else():
    text = "before\n<!-- generated: one -->\nold\n<!-- generated: end of one -->\nafter\n"
    assert filled(text, {"one": "new"}) == text.replace("old", "new")
    assert filled(filled(text, {"one": "new"}), {"one": "old"}) == text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("no marker", "The blocks marked are none; those made are one"),
        ("<!-- generated: other -->\n<!-- generated: end of other -->", "The blocks marked are other"),
        ("<!-- generated: one -->\nold\n", "The block one has no end"),
    ],
)
def test_a_text_whose_markers_do_not_fit_is_refused(text, says):
    with pytest.raises(AnalysisError, match=says):
        filled(text, {"one": "new"})


def test_without_boundaries_it_is_said_which_import_they_want():
    with pytest.raises(NeedsInputError, match="import-geography"):
        blocks(replace(made_case(), contiguity=None))
