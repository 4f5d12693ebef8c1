"""The counts kept beside the months: whatever files the months came in, they are the incidents', to the last one."""

from __future__ import annotations

import signal
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.model.cube import build_cube, panel
from analysis.model.vocabulary import CRIME_TYPES
from data.desk import Desk
from data.police_uk import kept_counts
from data.police_uk.kept_counts import COUNTS_FOLDER, read_kept
from data.police_uk.place_counts import COUNT_KEYS, joined, only_months
from data.store import open_store
from tests.engines.plain_engine import PlainEngine
from tests.made import forked

PROJECT = Path(__file__).parents[2]
MONTHS = ("2023-05", "2023-06", "2023-07", "2023-09")
PLACES = (
    ("E01012267", "Stockton-on-Tees 014F"),
    ("E01012267", "Stockton-on-Tees 025C"),
    ("E01012266", "Stockton-on-Tees 014E"),
    ("E01035197", "Stockton-on-Tees 025A"),
    ("E01012276", "Billingham 002E"),
    ("", ""),
)
TYPES = ("Anti-social behaviour", "Burglary", "Drugs")
LOOKUP = """LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM
E01012266,Stockton-on-Tees 014E,S,E01035197,Stockton-on-Tees 025A,E06000004,Stockton-on-Tees
E01012266,Stockton-on-Tees 014E,S,E01035198,Stockton-on-Tees 025B,E06000004,Stockton-on-Tees
E01012267,Stockton-on-Tees 014F,U,E01012267,Stockton-on-Tees 025C,E06000004,Stockton-on-Tees
"""


def rows(made, month, incidents, force="Cleveland Police"):
    """Rows of a month, one an incident: its place and crime type by number; a place without code has no name either."""
    found = []
    for place, kind in incidents:
        code, name = PLACES[place]
        place_and_type = {"LSOA code": code, "LSOA name": name, "Crime type": TYPES[kind]}
        found += made.rows(month, count=1, force=force, **place_and_type)
    return found


def from_incidents(store, force="cleveland"):
    """The panel of a force by way of its rows, as it was made before any counts were kept."""
    counts = store.count_by(force, COUNT_KEYS)
    located = counts.loc[counts["lsoa_code"].notna()]
    ground_of = store.crosswalk().ground_of
    grounds = located.assign(ground_code=[ground_of.get(code, code) for code in located["lsoa_code"]])
    partly, ground = store.partly(force), store.ground(force)["ground_code"]
    without = counts.loc[counts["lsoa_code"].isna()].groupby(["month", "crime_type"])["incidents"].sum()
    return panel(
        build_cube(grounds, ground, store.months(force), partly),
        partly=partly,
        unlocated=without.reset_index(),
    )


def assert_same(one, other):
    assert list(one.ground) == list(other.ground) and list(one.months) == list(other.months)
    np.testing.assert_array_equal(one.values, other.values)
    nothing = np.zeros(one.values.shape[1:])
    for_both = [nothing if each.unlocated is None else each.unlocated for each in (one, other)]
    np.testing.assert_array_equal(*for_both)


def kept(store, force="cleveland"):
    records = [r for r in store._records() if r.force == force and r.kind == "street"]
    return read_kept(store.path, force, records)


incidents = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), min_size=1, max_size=12)


@given(
    months=st.lists(incidents, min_size=4, max_size=4),
    other=incidents,
    split=st.lists(st.integers(0, 2), min_size=5, max_size=5),
    lookup=st.integers(0, 3),
)
@settings(
    max_examples=5,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_split_of_months_and_forces_over_imports_gives_the_counts_of_the_incidents(
    made, tmp_path_factory, months, other, split, lookup
):
    folder = tmp_path_factory.mktemp("split")
    store = open_store(folder / "store")
    made.folder = folder / "files"
    files = [made.street(m, rows(made, m, each)) for m, each in zip(MONTHS, months, strict=True)]
    files.append(
        made.street(
            "2023-06", rows(made, "2023-06", other, "Durham Constabulary"), slug="durham", folder="durham"
        )
    )
    (folder / "lookup.csv").write_text(LOOKUP)
    for turn in range(3):
        if lookup == turn:
            store.import_lookup(folder / "lookup.csv")
        part = [file for file, at in zip(files, split, strict=True) if at == turn]
        if part:
            assert store.import_police_uk(*part).ok
    for force in store.forces():
        held = kept(store, force)
        assert held is not None and list(held.months) == list(store.months(force))
        pd.testing.assert_frame_equal(held.table(*COUNT_KEYS), store.count_by(force, COUNT_KEYS))
        for keys in (("month", "crime_type"), ("lsoa_code", "lsoa_name"), ("month", "lsoa_code")):
            pd.testing.assert_frame_equal(held.table(*keys), store.count_by(force, keys))
        if not store.ground(force).empty:
            assert_same(store.panel(force), from_incidents(store, force))


@pytest.fixture
def held(made, store):
    """A store of three months of five rows each, their counts kept."""
    for month in MONTHS[:3]:
        made.street(month, rows(made, month, [(0, 1), (0, 1), (1, 0), (2, 0), (5, 1)]))
    assert store.import_police_uk(made.folder).ok
    return store


def test_a_page_reads_no_incident_where_all_months_are_kept(held):
    for file in held.path.glob("street/*/*.parquet"):
        file.write_bytes(b"no rows at all")
    reader = open_store(held.path)
    assert np.nansum(reader.panel("cleveland").values) == 12
    assert reader.panel("cleveland").unlocated.sum() == 3
    assert reader.ground("cleveland")["ground_code"].tolist() and reader.coverage("cleveland").shape[0] == 3
    assert reader.vintages("cleveland")["vintage"].tolist()


def flipped(content: bytes) -> bytes:
    spoiled = bytearray(content)
    for at in range(20, min(len(spoiled), 400), 7):
        spoiled[at] ^= 0xFF
    return bytes(spoiled)


@pytest.mark.parametrize(
    "damage", [lambda _: b"", lambda content: content[: len(content) // 2], flipped, lambda _: None]
)
def test_counts_that_are_damaged_or_gone_are_counted_anew_and_written_by_the_next_import(held, made, damage):
    file = held.path / COUNTS_FOLDER / "cleveland.parquet"
    whole, spoiled = file.read_bytes(), damage(file.read_bytes())
    if spoiled is None:
        file.unlink()
    else:
        file.write_bytes(spoiled)
    reader = open_store(held.path)
    assert_same(reader.panel("cleveland"), from_incidents(reader))
    assert (file.read_bytes() if file.exists() else None) == spoiled  # reading writes nothing
    assert held.import_police_uk(made.folder).ok
    assert file.read_bytes() == whole


def test_counts_of_another_version_are_not_read(held, made, monkeypatch):
    monkeypatch.setattr(kept_counts, "VERSION", "of another day")
    assert kept(held) is None
    assert np.nansum(open_store(held.path).panel("cleveland").values) == 12
    held.import_police_uk(made.folder)
    assert kept(held) is not None


def test_counts_that_do_not_add_up_to_the_record_are_not_read(held, monkeypatch):
    right = kept(held)
    monkeypatch.setattr(kept_counts, "_read", lambda *_: right)
    assert kept(held) is not None
    values = right.values.copy()
    values[0, 0, 0] += 1
    monkeypatch.setattr(kept_counts, "_read", lambda *_: replace(right, values=values))
    assert kept(held) is None


def test_a_letter_that_changed_at_the_foot_of_the_file_is_found(held, made):
    file = held.path / COUNTS_FOLDER / "cleveland.parquet"
    whole = file.read_bytes()
    at = whole.rindex(b"Burglary")  # the name of a crime type, in what says how the counts are to be read
    file.write_bytes(whole[:at] + b"b" + whole[at + 1 :])
    assert kept(held) is None
    reader = open_store(held.path)
    assert_same(reader.panel("cleveland"), from_incidents(reader))
    assert held.import_police_uk(made.folder).ok
    assert file.read_bytes() == whole


def test_only_a_month_that_changed_is_counted_again(held, made, monkeypatch):
    counted = []
    real = kept_counts.counts_of

    def watched(root, force, records, count):
        return real(
            root, force, records, lambda these: counted.append([r.month for r in these]) or count(these)
        )

    monkeypatch.setattr(kept_counts, "counts_of", watched)
    made.street("2023-06", rows(made, "2023-06", [(0, 1)] * 6))
    made.street("2023-09", rows(made, "2023-09", [(3, 2)]))
    assert held.import_police_uk(made.folder).ok
    assert counted == [["2023-06", "2023-09"]]
    assert_same(held.panel("cleveland"), from_incidents(held))


DYING = """
import os, signal, sys
from data.police_uk import kept_counts
from data.store import open_store
kept_counts.move_into_place = lambda *given: os.kill(os.getpid(), signal.SIGKILL)
open_store(sys.argv[1]).import_police_uk(sys.argv[2])
"""
DYING_LATER = DYING.replace("kept_counts.move_into_place", "coming.sweep").replace(
    "import kept_counts", "import coming"
)


@pytest.mark.parametrize(("dying", "months"), [(DYING, 3), (DYING_LATER, 4)])
def test_a_kill_while_counts_are_renewed_or_moved_leaves_whole_ones(held, made, dying, months):
    before = kept(held).values.sum()
    made.street("2023-09", rows(made, "2023-09", [(3, 2), (5, 0)]))
    done = forked.python(dying, held.path, made.folder)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(open_store(held.path).months("cleveland")) == months
    assert kept(held).values.sum() == before + 2 * (months - 3)
    assert held.import_police_uk(made.folder).ok
    assert kept(held).values.sum() == before + 2 and not (held.path / ".coming").exists()
    assert_same(held.panel("cleveland"), from_incidents(held))


def test_opening_one_force_opens_no_file_of_another(held, made):
    other = rows(made, "2023-06", [(4, 0), (0, 2)], "Durham Constabulary")
    assert held.import_police_uk(made.street("2023-06", other, slug="durham")).ok
    for file in (*held.path.glob("street/durham/*"), held.path / COUNTS_FOLDER / "durham.parquet"):
        file.write_bytes(b"{")
    desk = Desk(open_store(held.path))
    case = desk.case(desk.default_selection("cleveland"))
    assert desk.forces() == ("cleveland", "durham") and len(case.panel.months) == 3
    assert "3 months held" in desk.held_line("cleveland")


def test_another_engine_counts_months_that_are_not_kept(held, made):
    (held.path / COUNTS_FOLDER / "cleveland.parquet").unlink()
    reader = open_store(held.path)
    reader._engine = PlainEngine()
    assert_same(reader.panel("cleveland"), from_incidents(held))


def test_parts_are_joined_and_taken_apart_again(held):
    whole = kept(held)
    parts = [only_months(whole, {month}) for month in whole.months]
    again = joined(parts[::-1])
    pd.testing.assert_frame_equal(again.table(*COUNT_KEYS), whole.table(*COUNT_KEYS))
    with pytest.raises(ValueError, match="stands in two parts"):
        joined([whole, parts[0]])


def test_the_real_months_have_the_panel_of_their_incidents(shared, store):
    store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip")
    assert kept(store) is not None
    assert_same(store.panel("cleveland"), from_incidents(store))
    assert set(kept(store).crime_types) == set(CRIME_TYPES)
