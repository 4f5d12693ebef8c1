"""Proposed centres: where they stand, and that nothing of the named ones changes by them."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest

from analysis.model.errors import RefusedError
from analysis.model.evidence import to_frame
from analysis.model.own_area import own_area
from analysis.model.periods import Period
from analysis.model.selection import Selection
from analysis.model.vocabulary import CRIME_TYPES
from analysis.topics import change, published
from analysis.topics.change.measure import board_evidence, evidence
from data.areas import read_areas
from data.areas.area_files import PROJECT_AREAS
from data.desk import Desk
from data.permitted import command_line, remove_own_area, save_own_area
from data.records.known_places import known_places
from data.store import open_store
from data.store.kept_areas import kept_areas
from tests.cases import YEARS

NAMED = ("billingham-town-centre", "thornaby-town-centre", "stockton-town-centre")
PROPOSED = {
    "norton-town-centre": ("E01012260", "medium"),
    "yarm-town-centre": ("E01012299", "medium"),
    "ingleby-barwick-town-centre": ("E01033474", "low"),
}


@pytest.fixture
def without_proposals(monkeypatch, tmp_path):
    """Return a function that gives the desk of a store as the project's file would have it without any proposal."""

    def make(store) -> Desk:
        text = PROJECT_AREAS.read_text(encoding="utf-8")
        cut = re.sub(
            r"\[areas\.[a-z-]+\]\n(?:(?!\n\[).)*?kind = \"proposed centre\".*?(?=\n\n|\Z)",
            "",
            text,
            flags=re.S,
        )
        assert cut.count("[areas.") == text.count("[areas.") - text.count('kind = "proposed centre"')
        file = tmp_path / "areas.toml"
        file.write_text(cut, encoding="utf-8")
        for room in ("data.store.store", "data.geography.geography_importer"):
            monkeypatch.setattr(f"{room}.read_areas", partial(read_areas, file))
        return Desk(open_store(store.path))

    return make  # fmt: skip


def test_the_three_other_centres_of_stockton_are_proposed_with_their_confidence(real_store):
    proposed = Desk(real_store).proposed_centres("cleveland")
    assert {key: (*area.ground, area.confidence) for key, area in proposed.items()} == PROPOSED
    assert not any(area.treated for area in proposed.values())
    assert {area.kind for area in proposed.values()} == {"proposed centre"}


def test_a_proposal_is_no_area_no_choice_and_no_name_that_a_record_can_bear(real_store):
    desk = Desk(real_store)
    case = desk.case(desk.default_selection("cleveland"))
    for known in (desk.areas("cleveland"), desk.menu_areas("cleveland"), case.areas):
        assert not set(PROPOSED) & set(known)
    assert desk.default_selection("cleveland").areas == NAMED
    assert not [name for name in known_places(real_store.path) if name.startswith(("Norton", "Yarm"))]


@pytest.fixture(scope="module")
def longer_store(real_store, shared, tmp_path_factory):
    """The real store with the six months before the review's years, which verdicts look at."""
    folder = tmp_path_factory.mktemp("longer") / "store"
    shutil.copytree(real_store.path, folder)
    store = open_store(folder)
    assert store.import_police_uk(shared / "real" / "cleveland-2022-01-to-2022-06.zip").ok
    return store


@pytest.mark.parametrize("store_name", ["real_store", "longer_store", "bare_store"])
@pytest.mark.parametrize(
    "periods", [YEARS, (Period.parse("2023-01:2023-06"), Period.parse("2024-01:2024-06"))]
)
def test_no_figure_or_verdict_of_the_three_is_another_with_proposals_than_without(
    store_name, periods, request, without_proposals
):
    store = request.getfixturevalue(store_name)
    desk = Desk(store)
    with_them = desk.case(
        Selection(
            "cleveland", NAMED, CRIME_TYPES, *periods, proposed=tuple(desk.proposed_centres("cleveland"))
        )
    )
    rows = to_frame(evidence(with_them))
    places, panel, treated = with_them.places.copy(), with_them.panel, with_them.treated
    before = without_proposals(store)
    without = before.case(Selection("cleveland", NAMED, CRIME_TYPES, *periods))
    assert not before.proposed_centres("cleveland")
    pd.testing.assert_frame_equal(rows, to_frame(evidence(without)), check_exact=True)
    assert len(rows) == 42
    pd.testing.assert_frame_equal(places, without.places)
    assert panel.ground.tolist() == without.panel.ground.tolist()
    assert np.array_equal(panel.values, without.panel.values, equal_nan=True)
    assert treated == without.treated and dict(with_them.areas) == dict(without.areas)


def test_the_ground_of_proposals_stays_among_similar_places_and_in_the_rest(real_store):
    desk = Desk(real_store)
    case = desk.case(desk.default_selection("cleveland"))
    ground = {code for code, _ in PROPOSED.values()}
    for key in NAMED:
        assert ground <= case.yardsticks(case.areas[key]).rest.ground
    assert not ground & case.treated


def test_the_board_has_six_columns_and_the_slide_and_the_published_check_have_three(real_store):
    desk = Desk(real_store)
    chosen = desk.default_selection("cleveland")
    case = desk.case(chosen)
    board = change.board(case)["board"]
    assert [column.short for column in board.columns] == [
        "Billingham", "Thornaby", "Stockton", "Norton", "Yarm", "Ingleby Barwick",
    ]  # fmt: skip
    assert [column.proposed for column in board.columns] == [
        "", "", "", "proposed, confidence medium", "proposed, confidence medium", "proposed, confidence low",
    ]  # fmt: skip
    assert len(board.by_key) == len(board_evidence(case)) == 48
    assert "of 48 changes" in board.sentence
    old = desk.case(replace(chosen, proposed=()))
    old_board = change.board(old)["board"]
    assert "of 24 changes" in old_board.sentence
    kept = [[cell for cell in line if cell.area in NAMED] for line in board.cells]
    assert kept == [list(line) for line in old_board.cells]
    for part in ("slide", "evidence", "index", "together"):
        pd.testing.assert_frame_equal(
            change.answer(case).parts[part].data, change.answer(old).parts[part].data
        )
    assert published.headline(case) == published.headline(old)
    pd.testing.assert_frame_equal(published.answer(case)["cells"].data, published.answer(old)["cells"].data)


def test_a_cell_of_a_proposal_says_that_nobody_published_its_ground(real_store):
    desk = Desk(real_store)
    case = desk.case(desk.default_selection("cleveland"))
    reason = change.reason(case, "ingleby-barwick-town-centre", "Anti-social behaviour")["reason"]
    assert reason.title == "Ingleby Barwick Town Centre (proposed): anti-social behaviour"
    assert "027C (before 2021: 023F) is proposed, with low confidence." in reason.sentence
    assert change.board(case)["board"].first.area in NAMED


def test_without_a_lookup_and_in_the_demonstration_no_proposal_is_shown(bare_store, demonstration_store):
    for store in (bare_store, demonstration_store):
        desk = Desk(store)
        assert desk.proposed_centres("cleveland") == {}
        assert desk.default_selection("cleveland").proposed == ()


def test_an_area_that_the_office_keeps_takes_the_place_of_a_proposal_of_its_name(real_store, tmp_path):
    shutil.copytree(real_store.path, tmp_path / "store")
    store = open_store(tmp_path / "store")
    area = own_area(
        "Yarm Town Centre", {"E01012299", "E01012199"}, store.ground("cleveland"), store.areas("cleveland"), "cleveland"
    )  # fmt: skip
    save_own_area(command_line(), store, area)
    assert kept_areas(store) == {"yarm-town-centre": "Yarm Town Centre"}
    desk = Desk(store)
    assert len(desk.menu_areas("cleveland")["yarm-town-centre"].ground) == 2
    assert list(desk.proposed_centres("cleveland")) == ["norton-town-centre", "ingleby-barwick-town-centre"]
    remove_own_area(command_line(), store, "yarm-town-centre")
    assert list(Desk(store).proposed_centres("cleveland")) == list(PROPOSED)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ('treated = true\nrule = "A rule."\nconfidence = "low"', "is a proposal and treated"),
        ('rule = "A rule."', "is a proposal without a rule or a confidence"),
        ('confidence = "low"', "is a proposal without a rule or a confidence"),
        ('rule = "A rule."\nconfidence = "certain"', "of: high, medium, low"),
    ],
)
def test_a_proposal_needs_a_rule_and_a_confidence_and_is_never_treated(tmp_path, lines, said):
    file = tmp_path / "areas.toml"
    file.write_text(
        f'[areas.mine]\nname = "Mine"\nkind = "proposed centre"\nforce = "cleveland"\ndistrict = "Stockton-on-Tees"\n{lines}\n'
        'ground = [{ lsoa_2011 = "E01012276", lsoa_2021 = ["E01012276"] }]\n'
    )
    with pytest.raises(RefusedError, match=re.escape(said)):
        read_areas(file)
