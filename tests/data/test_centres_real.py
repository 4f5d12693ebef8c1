"""Which LSOAs the rule gives for outlines round Cleveland's real shopping streets, beside those of the review."""

from __future__ import annotations

import shutil

import pytest

from data.permitted import command_line, import_centres, save_own_area
from data.store import open_store
from data.store.centres import centre_area, centre_named, proposed_areas
from tests.made.real import BILLINGHAM, STOCKTON, THORNABY
from tests.made.shopping_streets import outlines

REVIEW = {"Billingham": {BILLINGHAM}, "Thornaby": {THORNABY}, "Stockton": set(STOCKTON)}
PROPOSED = {"Norton": {"E01012260"}, "Yarm": {"E01012299"}, "Ingleby Barwick": {"E01033474"}}
BESIDE_BILLINGHAM, BESIDE_INGLEBY = "E01012197", "E01012228"


@pytest.fixture(scope="module")
def centres_at(real_store, shared, tmp_path_factory):
    """Return a function that gives a store with outlines of this width, and the areas proposed by name."""

    def make(width: float):
        folder = tmp_path_factory.mktemp("centres") / "store"
        shutil.copytree(real_store.path, folder)
        store = open_store(folder)
        file = folder.parent / "centres.gpkg"
        outlines(shared, width).to_file(file)
        report = import_centres(command_line(), store, file)
        assert report.rows == 6, report.sentence
        return store, {each.name: each for each in proposed_areas(store, "cleveland")}

    return make


@pytest.mark.parametrize("width", [75, 100])
def test_outlines_of_75_and_100_metres_give_the_lsoas_of_all_three_centres_of_the_review(centres_at, width):
    _, proposed = centres_at(width)
    assert {name: set(proposed[name].ground) for name in REVIEW} == REVIEW
    assert {name: set(proposed[name].ground) for name in ("Norton", "Yarm")} == {
        name: PROPOSED[name] for name in ("Norton", "Yarm")
    }
    # Myton Road runs between two LSOAs, and the proposal of the facts names one of them
    assert set(proposed["Ingleby Barwick"].ground) == {*PROPOSED["Ingleby Barwick"], BESIDE_INGLEBY}


def test_an_outline_of_150_metres_takes_an_lsoa_beside_billingham_that_the_review_does_not(centres_at):
    _, proposed = centres_at(150)
    assert set(proposed["Billingham"].ground) == {BILLINGHAM, BESIDE_BILLINGHAM}
    assert {name: set(proposed[name].ground) for name in ("Thornaby", "Stockton")} == {
        name: REVIEW[name] for name in ("Thornaby", "Stockton")
    }


def test_confidence_says_that_the_lsoas_are_far_larger_than_the_streets(centres_at):
    _, proposed = centres_at(100)
    assert {name: each.held.confidence for name, each in proposed.items()} == {
        "Billingham": "medium", "Ingleby Barwick": "low", "Norton": "low", "Stockton": "low", "Thornaby": "low", "Yarm": "low",
    }  # fmt: skip
    assert (
        "81% of the centre lies on this ground, and 12% of the ground is centre"
        in proposed["Billingham"].words
    )


def test_an_area_made_of_a_centre_is_kept_and_judged_like_any_own_area(centres_at):
    store, proposed = centres_at(100)
    ingleby = centre_named(tuple(proposed.values()), "ingleby barwick")
    area = centre_area(
        store, "cleveland", ingleby, "Ingleby shops", units=set(ingleby.ground) - {BESIDE_INGLEBY}
    )
    assert "Taken away by hand: Stockton-on-Tees 022A." in area.note
    file = save_own_area(command_line(), store, area)
    kept = store.areas("cleveland")["ingleby-shops"]
    assert kept.ground == PROPOSED["Ingleby Barwick"] and kept.kind == "own" and not kept.treated
    assert "confidence low" in file.read_text() and kept.note == area.note
