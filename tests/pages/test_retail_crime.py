"""Retail crime: what stands for a force without a review, and what the register adds to the map."""

from __future__ import annotations

import re
import shutil

import pytest

from data.records import keep_records, put_back, read_upload
from data.store import open_store
from tests.pages.conftest import text_of
from tests.pages.test_overview import northumbria

RETAIL = "pages/review/retail_crime.py"
OF_THE_REVIEW = re.compile(r"Stockton|Cleveland|Yarm|Thornaby|Billingham|the review|slides", re.I)


def infos(app) -> list[str]:
    return [info.value for info in app.info]


@pytest.fixture(scope="module")
def other_force(tmp_path_factory):
    return northumbria(tmp_path_factory.mktemp("northumbria"), "Shoplifting")


def test_a_force_without_a_review_has_its_page_and_no_word_of_one(run_app, other_force):
    app = run_app(other_force, RETAIL)
    assert not app.exception
    words = text_of(app)
    assert "Gateshead 24 12 −12" in words
    # both districts share one made point, with twelve rows each in the second year
    assert "24 of 24 shoplifting incidents were recorded at 1 approximate point with 6 or more" in words
    assert "Approximate point on or near High Street" in words
    assert not OF_THE_REVIEW.findall(words)
    kept = (
        "The office’s own actions, with owner, due day and status, are not held. "
        "Whoever has them can add them on the page, under “Actions”."
    )
    assert [words for words in infos(app) if "actions" in words] == [kept]


def test_such_a_force_is_drawn_with_invented_records_too(run_app, other_force):
    simulated = {f"simulated_{kind}": "true" for kind in ("retail_register", "shop_plans", "actions")}
    app = run_app(other_force, RETAIL, **simulated)
    assert not app.exception
    words = text_of(app)
    assert "the review" not in words.lower()
    assert "top shops have a plan in place" in words
    assert any("dates from" in each.value for each in app.subheader)


def test_without_a_register_what_asks_for_it_is_said_once_and_the_map_offers_no_choice(drawn, real_store):
    app = drawn(real_store, RETAIL)
    assert len([words for words in infos(app) if "Retail offence register" in words]) == 1
    assert len(app.get("button_group")) == 0


def test_the_map_shows_the_localities_of_a_register_when_asked(drawn, demonstration_store):
    app = drawn(demonstration_store, RETAIL)
    assert [each.label for each in app.get("button_group")] == ["Show on the map"]
    assert "approximate points with 6 or more" in text_of(app)
    words = text_of(drawn(demonstration_store, RETAIL, retail_view="The register: localities"))
    assert "Cleveland Police area. Offences of the register by locality, Jul 2023 – Jun 2024." in words
    assert "incidents recorded: " not in words


def test_the_threshold_of_a_link_holds_for_shops_points_and_map(drawn, demonstration_store):
    words = text_of(drawn(demonstration_store, RETAIL, repeat="9"))
    assert "shops are listed with 9 or more offences" in words
    assert "approximate points with 9 or more" in words
    assert "approximate points have 9 or more recorded" in words


def kept_register(store, **shops: int) -> None:
    lines = ["date,shop,locality,district,offence"]
    lines += [
        f"2022-02-05,{shop},Market,Gateshead,Theft" for shop, times in shops.items() for _ in range(times)
    ]
    report = read_upload("retail-register", "register.csv", "\n".join(lines).encode())
    keep_records(store.path, "retail-register", report)


def test_a_later_version_that_shows_less_says_so_under_its_tables_until_the_first_is_put_back(
    run_app, other_force, tmp_path
):
    shutil.copytree(other_force.path, tmp_path / "store")
    store = open_store(tmp_path / "store")
    kept_register(store, Baker=20, Grocer=9, Chemist=3, Cobbler=5)
    whole = text_of(run_app(store, RETAIL))
    assert "earlier version of the register" not in whole
    # both shops that the first version hid have 5 or more now, and would be listed without it
    kept_register(store, Baker=20, Grocer=9, Chemist=8, Cobbler=5)
    app = run_app(store, RETAIL)
    assert not app.exception
    words = text_of(app)
    assert "Shown by an earlier version of the register too: Jan 2022 to Mar 2022. What it hid," in words
    assert "The difference could give a small count away. A quarter that is given once" in words
    assert not re.search("Chemist|Cobbler", words)
    kept_register(store, Baker=22, Grocer=9, Chemist=8, Cobbler=5)
    words = text_of(run_app(store, RETAIL))
    assert "Not shown at all, though an earlier version of the register showed it: Jan 2022 to Mar" in words
    assert (
        words.count("It is shown again once 5 or more are in it") > 5
    )  # under each table, though it has no row
    assert "42 rows" not in words
    put_back(store.path, "retail-register", 1)
    assert "earlier version of the register" not in text_of(run_app(store, RETAIL))
