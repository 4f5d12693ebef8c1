"""Months of before May 2013, Northern Ireland and the railway police: held as published, counted as what they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analysis.model.vocabulary import CRIME_TYPES, OLD_CRIME_TYPES, PUBLISHED_SINCE

AT = {name: number for number, name in enumerate(CRIME_TYPES)}


def month(made, name, **by_type):
    """A month of Cleveland with so many rows of each crime type, their names with low lines for blanks."""
    kinds = [kind.replace("_", " ") for kind, count in by_type.items() for _ in range(count)]
    rows = [made.rows(name, count=1, **{"Crime type": kind})[0] for kind in kinds]
    return made.street(name, rows)


def test_old_types_stay_their_own_and_no_figure_of_todays_types_has_them(made, store):
    report = store.import_police_uk(
        month(made, "2013-04", Violent_crime=3, Public_disorder_and_weapons=2, Burglary=1, Other_theft=4),
        month(made, "2013-05", Violence_and_sexual_offences=5, Burglary=2, Other_theft=1),
    )
    assert report.ok and report.rows_kept == 18 and not report.rows_refused
    assert any("Until April 2013" in remark for remark in report.remarks)
    kinds = store.count_by(
        "cleveland",
        ["crime_type"],
    ).set_index("crime_type")["incidents"]
    assert kinds[list(OLD_CRIME_TYPES)].tolist() == [3, 2]
    held = store.panel("cleveland")
    by_month = held.values.sum(axis=0)
    assert by_month[:, AT["Burglary"]].tolist() == [1, 2]
    for kind, then in (("Violence and sexual offences", 5), ("Other theft", 1)):
        assert np.isnan(by_month[0, AT[kind]]) and by_month[1, AT[kind]] == then
    assert np.nansum(held.values[:, :, : len(CRIME_TYPES)]) == 1 + 5 + 2 + 1
    assert not store.partly("cleveland")


def test_a_month_of_todays_types_refuses_the_old(made, store):
    report = store.import_police_uk(month(made, "2013-05", Violent_crime=1, Burglary=2))
    assert report.rows_kept == 2 and report.rows_refused == {"an unknown crime type": 1}


@pytest.mark.parametrize("kind", sorted(PUBLISHED_SINCE))
def test_a_type_is_missing_and_not_zero_before_its_first_month(made, store, kind):
    since = pd.Period(PUBLISHED_SINCE[kind], freq="M")
    files = [month(made, str(each), **{kind.replace(" ", "_"): 2}, Burglary=1) for each in (since - 1, since)]
    assert store.import_police_uk(*files).ok
    by_month = store.panel("cleveland").values.sum(axis=0)[:, AT[kind]]
    assert np.isnan(by_month[0]) and by_month[1] == 2


def test_rows_without_an_lsoa_and_without_an_id_are_counted_and_kept(made, store):
    bare = {"LSOA code": "", "LSOA name": "", "Longitude": "", "Latitude": ""}
    north = made.rows("2023-07", force="Police Service of Northern Ireland", **bare)
    rail = made.rows("2023-07", force="British Transport Police")
    for row in rail:
        row["Crime ID"] = ""
    files = [made.street("2023-07", north, slug="northern-ireland"), made.street("2023-07", rail, slug="btp")]
    assert store.import_police_uk(*files).rows_kept == 6
    assert store.unlocated("northern-ireland")["incidents"].sum() == 3
    assert store.place_counts("northern-ireland").values.sum() == 3
    assert store.panel("btp").values.sum(axis=(0, 1))[AT["Burglary"]] == 3
    assert store.manifest("btp")["rows_kept"].tolist() == [3]
