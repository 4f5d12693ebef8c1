import numpy as np
import pandas as pd
import pytest

from analysis.model.areas import Area, Yardsticks, rest_of
from analysis.model.errors import NeedsInputError, PeriodError
from analysis.model.periods import Period
from analysis.topics.calibration.measure import CALIBRATION_COLUMNS, calibration
from analysis.topics.change.measure import area_evidence
from tests.cases import case_of
from tests.made.evidence_world import BASELINE, force_places, review_areas
from tests.made.places import made_area, made_panel
from tests.made.real import TREATED, cleveland

# crime type: places, flagged as a fall, flagged either way, with 30 % planted, with 50 % planted (per cent)
MEASURED = {
    "Anti-social behaviour": (303, 1.7, 4.6, 9.2, 24.9),
    "Criminal damage and arson": (232, 1.7, 4.7, 9.5, 24.5),
    "Public order": (205, 2.0, 3.9, 10.4, 25.2),
    "Violence and sexual offences": (337, 3.6, 5.9, 25.6, 60.5),
    "Burglary": (157, 2.5, 4.5, 6.5, 15.2),
    "Shoplifting": (104, 1.0, 2.9, 1.1, 2.7),
    "Drugs": (60, 1.7, 3.3, 13.1, 26.7),
}


@pytest.fixture(scope="module")
def table(shared):
    panel, own = cleveland(shared)
    case = case_of(panel, force_places(own), review_areas(own))
    return calibration(case, repeats=40).set_index("crime_type")


@pytest.mark.parametrize("crime_type", MEASURED)
def test_the_real_places_are_flagged_as_often_as_measured(table, crime_type):
    places, fall, either, planted_30, planted_50 = MEASURED[crime_type]
    row = table.loc[crime_type]
    assert row.places == places
    assert row.fall_by_itself * 100 == pytest.approx(fall, abs=0.051)
    assert row.either_by_itself * 100 == pytest.approx(either, abs=0.051)
    # other seeds than those of the measurement, and fewer of them
    assert row.fall_30_planted * 100 == pytest.approx(planted_30, abs=1.0)
    assert row.fall_50_planted * 100 == pytest.approx(planted_50, abs=1.0)


def test_it_judges_a_place_as_the_evidence_of_that_place_does(shared):
    """Flags of the calibration are those of the call that the pages make, for every twelfth place."""
    panel, own = cleveland(shared)
    places = force_places(own)
    flagged, judged = 0, 0
    for unit in own.loc[~own["ground_code"].isin(TREATED)].iloc[::12].itertuples():
        whole = own.loc[own["district_name"] == unit.district_name, "ground_code"]
        district = Area("d", unit.district_name, "district", "cleveland", frozenset(whole) - TREATED)
        area = Area("u", unit.ground_name, "own", "cleveland", frozenset([unit.ground_code]))
        case = case_of(panel, places, review_areas(own))
        rows = area_evidence(case, area, against=Yardsticks(district, rest_of(district, [area])))
        row = next(row for row in rows if row.crime_type == "Violence and sexual offences")
        judged += row.plain_verdict != "too few to say"
        flagged += row.rirr_high < 1
        if row.rirr_high < 1:
            assert "than elsewhere" in row.plain_verdict
    assert judged >= 25 and flagged / judged < 0.15


def test_columns_and_seed():
    random = np.random.default_rng(2)
    panel = made_panel({f"P{n:02d}": random.poisson(30, 24).astype(float) for n in range(40)})
    places = pd.DataFrame(
        {"ground_code": list(panel.ground), "district_name": "D", "in_force": True, "joined": True}
    )
    areas = {"centre": made_area("P00")}
    one, again = (calibration(case_of(panel, places, areas), repeats=20) for _ in range(2))
    assert tuple(one.columns) == CALIBRATION_COLUMNS and list(one["crime_type"]) == ["Anti-social behaviour"]
    pd.testing.assert_frame_equal(one, again)
    row = one.iloc[0]
    assert row.places == 39 and row.either_by_itself < 0.2
    assert (
        row.fall_by_itself <= row.fall_30_planted <= row.fall_50_planted > 0.9
    )  # Poisson counts of 360 tell it
    every = {"centre": made_area(*panel.ground)}
    with pytest.raises(NeedsInputError):
        calibration(case_of(panel, places, every), repeats=20)


def test_periods_are_checked(shared):
    panel, own = cleveland(shared)
    with pytest.raises(PeriodError):
        calibration(
            case_of(panel, force_places(own), review_areas(own), periods=(BASELINE, Period.parse("2023-06")))
        )
