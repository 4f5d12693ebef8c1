"""The made rows that every engine is asked about."""

from __future__ import annotations

import pytest

from data.police_uk.file_names import COLUMNS
from data.store import open_store
from tests.data.conftest import MadeFiles


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A store of two forces and three kinds: April is a gap, some rows have no LSOA, point, place, outcome or ID."""
    # a name that Spark would take for a pattern, a column or an escape
    folder = tmp_path_factory.mktemp("made") / "it's [a] {s}tore=é 100%20*"
    made = MadeFiles(folder / "files")
    asb = {
        "Crime ID": "", "Crime type": "Anti-social behaviour", "Last outcome category": "",
    }  # fmt: skip
    first = {"Crime ID": f"{1:064x}"}
    nowhere = {"LSOA code": "", "LSOA name": "", "Longitude": "", "Latitude": "", "Location": "On or near "}
    for month in ("2023-03", "2023-05"):
        rows = [
            *made.rows(month, count=2, **asb),  # identical: two incidents
            *made.rows(month, count=1, **asb, **nowhere),
            *made.rows(month, count=2, **first),  # one Crime ID twice
            *made.rows(month, count=1, **{"Location": "On or near Écluse", "LSOA code": "E01012266"}),
            *made.rows(month, count=1, **{"Location": "On or near Zion Street", "Crime type": "Drugs"}),
        ]
        made.street(month, rows)
    made.street("2023-03", made.rows("2023-03", force="Durham Police", count=4), slug="durham")
    outcomes = [row | {"Outcome type": "Local resolution"} for row in made.rows("2023-03")]
    columns = [column.source for column in COLUMNS["outcomes"]]
    made.file("2023-03-cleveland-outcomes.csv", made.text(outcomes, [*columns, "Month"]))
    search = {"Type": "Person search", "Date": "2023-03-31T23:30:00+00:00", "Latitude": "54.5"}
    flags = [{"Outcome linked to object of search": said} for said in ("True", "False", "")]
    sources = [column.source for column in COLUMNS["stop-and-search"]]
    made.file("2023-03-cleveland-stop-and-search.csv", made.text([search | flag for flag in flags], sources))
    assert open_store(folder / "store").import_police_uk(made.folder).ok
    return folder / "store"
