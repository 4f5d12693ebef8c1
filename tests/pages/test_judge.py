"""Every centre judged: the same rows whether a page asks for one area, processes do forces side by side, or one does all."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from analysis.model.errors import RefusedError
from analysis.model.evidence import EVIDENCE_COLUMNS, to_frame
from analysis.model.vocabulary import CRIME_TYPES
from analysis.topics.change.measure import area_evidence
from analysis.topics.country.measure import EVIDENCE_TYPES, RULE, judge
from data.areas import read_areas
from data.desk import Desk
from data.engines import beside
from data.engines.beside import one_after_another
from data.engines.duckdb import DuckDBEngine
from data.judged import JUDGED_FILE, read_judged
from data.judging import Judging, judge_forces
from data.store import open_store
from pages.judge import judge_country
from pages.judge.__main__ import main
from tests.made.small_country import areas_file, made_store


@pytest.fixture(scope="module")
def made(made_once):
    """A country of three forces, six districts and two centres each, and Northern Ireland; its file of areas."""

    def make(folder):
        made_store(folder)
        areas_file(folder)

    return made_once("small-country", make)


@pytest.fixture
def country(made, tmp_path):
    """A copy of its store to judge in."""
    shutil.copytree(made / "store", tmp_path / "store")
    return open_store(tmp_path / "store")


@pytest.fixture(scope="module")
def judged(made, tmp_path_factory):
    """Its centres judged in processes: the store and the table kept."""
    folder = tmp_path_factory.mktemp("judged") / "store"
    shutil.copytree(made / "store", folder)
    store = open_store(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(beside, "FEW", 1)  # of so small a country they would not be begun
        done = judge_country(Desk(store), areas=made / "centres.toml")
    assert done.anew == store.forces() and done.rows == 12 * len(CRIME_TYPES)
    return store, read_judged(store.path)


def test_each_row_is_the_one_that_the_overview_has_of_the_same_area(made, judged):
    store, kept = judged
    desk = Desk(store)
    areas = desk.areas_of_file(read_areas(made / "centres.toml"), desk.forces())
    for force in ("made-01", "made-02"):
        _, area = areas[force][1]
        case = desk.case(replace(desk.default_selection(force), areas=()))
        rows = kept.table.loc[(kept.table["force"] == force) & (kept.table["area_key"] == area.key)]
        own = rows[list(EVIDENCE_COLUMNS)].reset_index(drop=True)
        plain = to_frame(area_evidence(case, area))
        pd.testing.assert_frame_equal(own, plain.astype(own.dtypes.to_dict()), check_exact=True)
        assert set(rows["verdict"]) & {"much as similar places did", "fell more than similar places"}
        assert rows["easting"].notna().all()
    assert "Oct 2023 is not published here" in " ".join(
        kept.table.loc[kept.table["force"] == "made-02", "months_note"]
    )


def test_processes_give_what_one_process_gives_one_force_after_another(made, judged, monkeypatch):
    store, kept = judged
    desk = Desk(store)
    further = desk.areas_of_file(read_areas(made / "centres.toml"), desk.forces())
    monkeypatch.setattr(
        DuckDBEngine, "each_force", lambda self, *asked: one_after_another(*asked, DuckDBEngine)
    )
    table = judge_forces(desk, Judging(judge, EVIDENCE_TYPES, RULE, further), desk.forces())
    own = kept.table.drop(columns=["easting", "northing"])
    pd.testing.assert_frame_equal(table, own.astype(table.dtypes.to_dict()), check_exact=True)


def test_a_force_without_an_lsoa_has_a_state_and_no_row(judged):
    _, kept = judged
    assert set(kept.states) == {"made-01", "made-02", "made-03", "northern-ireland"}
    assert set(kept.table["force"]) == {"made-01", "made-02", "made-03"}
    assert set(kept.table["rule"]) == {RULE} and set(kept.table["origin"]) == {"named"}


def test_a_damaged_month_is_named_whichever_force_it_is_of_and_what_was_judged_stays(
    judged, made, tmp_path, monkeypatch
):
    store, kept = judged
    shutil.copytree(store.path, tmp_path / "store")
    month = sorted((tmp_path / "store" / "street" / "made-02").glob("*.parquet"))[3]
    month.write_bytes(b"PAR1")
    held = Desk(open_store(tmp_path / "store"))
    monkeypatch.setattr(beside, "FEW", 1)  # whichever process finds it
    with pytest.raises(RefusedError, match=f"street/made-02/{month.name}: the data of this month .* damaged"):
        judge_country(held, again=True, areas=made / "centres.toml")
    pd.testing.assert_frame_equal(read_judged(held.store.path).table, kept.table)


def test_only_forces_of_which_something_changed_are_judged_again(judged, made, tmp_path):
    store, kept = judged
    shutil.copytree(store.path, tmp_path / "store")
    held = open_store(tmp_path / "store")
    assert judge_country(Desk(held), areas=made / "centres.toml").anew == ()
    month = sorted((made / "files" / "2024-06").glob("*made-03*"))[0]
    text = month.read_text().splitlines()
    changed = tmp_path / month.name
    changed.write_text("\n".join(text[:-5]) + "\n")
    assert held.import_police_uk(changed).ok
    desk = Desk(held)
    assert desk.country().older == ("made-03",)
    assert judge_country(desk, areas=made / "centres.toml").anew == ("made-03",)
    again = read_judged(held.path)
    same = kept.table["force"] != "made-03"
    pd.testing.assert_frame_equal(again.table.loc[same], kept.table.loc[same])
    assert not again.table.loc[~same].equals(kept.table.loc[~same])
    assert Desk(held).country().older == ()


def test_where_nobody_named_a_centre_the_first_suggestions_of_each_district_are_judged_as_such(country):
    desk = Desk(country)
    done = judge_country(desk)
    table = read_judged(country.path).table
    assert done.rows == len(table)
    # all thefts of the made country lie at one point, so no two are close at different ones: nothing is suggested
    assert table.empty and desk.country().waiting == ()


def test_a_damaged_table_is_a_sentence_and_can_be_deleted(country, capsys):
    (country.path / JUDGED_FILE).write_bytes(b"PAR1")
    assert main(["--store", str(country.path)]) == 1
    assert (
        "judged.parquet: the table of every centre judged in the store cannot be read"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--areas", "nowhere.toml"], "nowhere.toml: there is no such file"),
        (["--baseline", "2022-07:2023-06"], "One period alone cannot be compared"),
        (["--baseline", "x", "--comparison", "y"], "“x”"),
    ],
)
def test_a_slip_of_the_command_is_a_sentence(country, capsys, words, sentence):
    assert main(["--store", str(country.path), *words]) == 1
    assert sentence in capsys.readouterr().err
