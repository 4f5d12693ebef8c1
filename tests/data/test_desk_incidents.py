"""Incidents by month and type, asked once for all types of the months."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.topics.incidents.case import IncidentQuestion
from data.desk import Desk
from data.engines.port import RowsWanted


@pytest.mark.parametrize("crime_types", [("Burglary", "Drugs"), ("Shoplifting",), ()])
def test_the_months_of_some_types_are_those_that_the_rows_have(real_store, crime_types):
    desk = Desk(real_store)
    case = desk.case(desk.default_selection("cleveland"))
    period = case.comparison
    counted = desk.incidents(case, IncidentQuestion("cleveland", period, crime_types)).rows.by_month()
    wanted = RowsWanted(period=period, crime_types=crime_types)
    pd.testing.assert_frame_equal(counted, real_store.count_by("cleveland", ("month", "crime_type"), wanted))
