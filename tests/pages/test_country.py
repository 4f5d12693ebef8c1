"""About / Country over judged months: what is said first, the search, and the way into a centre's board."""

from __future__ import annotations

import shutil

import pytest

from data.desk import Desk
from data.engines.beside import one_after_another
from data.engines.duckdb import DuckDBEngine
from data.store import open_store
from pages.frame.country_view import link_values
from pages.judge import judge_country
from tests.pages.conftest import text_of

SCRIPT = "pages/about/country.py"


@pytest.fixture(scope="module")
def judged(real_store, made_once):
    """The real months with their centres judged, in this process."""

    def make(folder):
        shutil.copytree(real_store.path, folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                DuckDBEngine, "each_force", lambda self, *asked: one_after_another(*asked, DuckDBEngine)
            )
            judge_country(Desk(open_store(folder)))

    return open_store(made_once("judged-store", make))


def test_the_page_says_how_many_stand_out_and_leads_to_a_board(run_app, judged):
    app = run_app(judged, SCRIPT)
    words = text_of(app)
    assert "Of 47 changes judged in 6 centres, 6 stand out; about 2 would by chance alone." in words
    assert "6 centres, by name" in words and "Norton Town Centre" in words
    app.text_input(key="sought").set_value("thornaby").run()
    assert "1 centre with “thornaby” in a name, by name" in text_of(app)
    assert not app.exception and not app.error


def test_a_named_centre_is_linked_by_its_key_and_a_proposed_one_by_its_ground(judged):
    country = Desk(judged).country()
    named = link_values(country, "cleveland", "thornaby-town-centre")
    assert named["area"] == ["thornaby-town-centre"] and named["force"] == ["cleveland"]
    assert named["baseline_from"] == ["Jul 2022"] and named["comparison_to"] == ["Jun 2024"]
    proposed = country.table.loc[country.table["origin"] == "proposed"].iloc[0]
    link = link_values(country, "cleveland", proposed["area_key"])
    assert link["own"] == proposed["ground"].split() and link["own_name"] == [proposed["area"]]
