"""How whole the months held are: counted at import, compared with what is held, worked out from the counts."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from analysis.model.cube import panel
from analysis.model.partly import Partly
from data.police_uk.file_checks import FEWER, MORE
from data.store import Store
from tests.topics.change.test_locations import ASB


def rows(made, month: str, count: int, *, own_ids: bool = True, **changed: str) -> list[dict]:
    table = made.rows(month, count=count, **changed)
    return [row | {"Crime ID": f"{at + 1:064x}"} for at, row in enumerate(table)] if own_ids else table


def record(store: Store, month: str = "2023-07") -> dict:
    return json.loads((store.path / "street" / "cleveland" / f"{month}.json").read_text())


# what the importer counts, and compares


def test_crime_ids_are_counted_and_those_that_repeat_are_named(store, made):
    seven = [*rows(made, "2023-07", 5), *rows(made, "2023-07", 2)]
    report = store.import_police_uk(made.street("2023-07", seven))
    assert (record(store)["rows_with_id"], record(store)["rows_repeating_id"]) == (7, 2)
    assert (
        "2 rows of 7 with a Crime ID bear one that an earlier row of the file has (000000000000…"
        in report.remarks[0]
    )


def test_asb_has_no_crime_id_and_equal_rows_of_it_are_never_said_to_repeat(store, made):
    asb = made.rows("2023-07", count=6, **{"Crime ID": "", "Crime type": "Anti-social behaviour"})
    report = store.import_police_uk(made.street("2023-07", asb))
    assert report.remarks == ()
    assert (record(store)["rows_with_id"], record(store)["rows_repeating_id"]) == (0, 0)
    assert store.manifest()["rows_kept"].tolist() == [6]


def test_a_record_of_before_is_read_and_counted_by_the_next_import(store, made):
    file = made.street("2023-07", rows(made, "2023-07", 4))
    store.import_police_uk(file)
    old = {
        name: value
        for name, value in record(store).items()
        if not name.startswith(("rows_with_id", "rows_rep", "revised"))
    }
    (store.path / "street" / "cleveland" / "2023-07.json").write_text(json.dumps(old))
    (store.path / ".state").unlink(missing_ok=True)
    assert store.month_files("cleveland")[0].rows_repeating_id is None
    assert store.import_police_uk(file).ok
    assert record(store)["rows_repeating_id"] == 0


@pytest.mark.parametrize(
    ("count", "taken"),
    [
        (200, True),
        (int(200 * FEWER), True),
        (int(200 * FEWER) - 1, False),
        (int(200 * MORE), True),
        (251, False),
    ],
)
def test_a_revision_is_taken_and_far_fewer_or_far_more_rows_are_not(store, made, count, taken):
    assert store.import_police_uk(made.street("2023-07", rows(made, "2023-07", 200))).ok
    again = rows(made, "2023-07", count, Location="On or near Church Road")
    report = store.import_police_uk(made.street("2023-07", again, folder="again"), release="2025-01")
    assert report.ok is taken
    assert store.manifest()["rows_kept"].tolist() == [count if taken else 200]
    if not taken:
        assert f"the file has {count} rows where 200 are held" in report.refused[0]
        assert store.import_police_uk(made.street("2023-07", again, folder="again"), replace=True).ok
        assert record(store)["revised_rows"] == 200


def test_a_stub_that_is_held_is_replaced_by_the_whole_month(store, made):
    store.import_police_uk(made.street("2023-07", rows(made, "2023-07", 14)))
    assert store.import_police_uk(made.street("2023-07", rows(made, "2023-07", 900), folder="again")).ok


# what the store works out of it


@pytest.fixture
def year(store, made) -> Store:
    """Fourteen months of six types, burglary about 300 and the others 120; burglary of March 2023 is cut to 60."""
    dice = np.random.default_rng(3)
    for at, month in enumerate(map(str, pd.period_range("2022-07", periods=14, freq="M"))):
        burglaries = 60 if month == "2023-03" else 290 + int(dice.integers(0, 23))
        robberies = 113 + int(dice.integers(0, 17)) + at % 3
        others = ("Robbery", "Drugs", "Shoplifting", "Public order", "Vehicle crime")
        every = [
            row
            for name, count in (("Burglary", burglaries), *((name, robberies) for name in others))
            for row in rows(made, month, count, **{"Crime type": name})
        ]
        made.street(month, [row | {"Crime ID": f"{n + 1:064x}"} for n, row in enumerate(every)])
    store.import_police_uk(made.folder)
    return store


def test_a_cut_month_of_a_type_is_a_hole_in_the_cube_and_named_by_the_panel(year):
    named = year.partly("cleveland")
    march = pd.Period("2023-03", "M")
    assert set(named) == {(march, "Burglary")}
    cell = named[march, "Burglary"]
    assert isinstance(cell, Partly)
    assert cell.recorded == 60
    assert 280 < cell.ordinary < 330
    held = panel(year.cube(), partly=named)
    assert np.isnan(held.series(["E01012267"], "Burglary")[march])
    assert held.series(["E01012267"], "Robbery")[march] > 100
    assert march not in held.held("Burglary")
    assert held.partly_of("Burglary") == (cell,)
    assert held.partly_of(ASB) == ()


def test_the_import_says_which_months_it_took_are_far_off(year, made):
    again = made.street("2023-03", rows(made, "2023-03", 55), folder="again")
    said = " ".join(year.import_police_uk(again, replace=True).remarks)
    assert "Burglary of Mar 2023 is only partly published (55 recorded where about" in said


def test_months_and_status_name_the_cut_month(year):
    from data.store.status import read_status, status_text

    held = read_status(year)["holdings"][0]
    assert held["partly_published"] == ["2023-03"]
    assert "partly published" in status_text(read_status(year))


def test_no_month_of_the_real_files_is_flagged(real_store):
    assert real_store.partly("cleveland") == {}
    # winter is true: half of its median month
    january = real_store.wholeness("cleveland").cell(pd.Period("2024-01", "M"), ASB)
    assert january.count == 766
    assert january.count / january.median < 0.6
