"""A country of 35,000 made LSOAs: its map of districts, then its largest force, beside all LSOAs sent the plain way.

    python -m pytest tests/bench/test_bench_country.py --benchmark-only -n 0 -s

The pages are run as the server runs them (Streamlit's AppTest), without a browser. The plain way puts all outlines with
colours and texts into one GeoJsonLayer by pydeck's own to_json, as its documentation shows; it has the counts already.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from analysis.model.land import Land, land_of
from tests.bench.made_country import CAPITAL, made_country
from tests.made.real_maps import plain

PROJECT = Path(__file__).parents[2]
WAIT = 600
"""Seconds: a guard against hanging."""


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """The store of the country, made once, which the app opens."""
    held = made_country(tmp_path_factory.mktemp("country"))
    before = os.environ.get("TOWN_CENTRES_STORE")
    os.environ["TOWN_CENTRES_STORE"] = str(held.path)
    yield held
    os.environ.pop("TOWN_CENTRES_STORE")
    if before is not None:
        os.environ["TOWN_CENTRES_STORE"] = before


@pytest.fixture(scope="module")
def all_at_once(country) -> tuple[float, int]:
    """Seconds and bytes of all LSOAs in one map by the plain way."""
    places = country.crosswalk().table.assign(in_force=True)
    names = dict(zip(places["ground_code"], places["ground_name"], strict=True))
    screen = country.screen_boundaries()
    land: Land = land_of(screen, places, districts=None, names=names, approximate=False)
    seconds, text = timed(lambda: plain(land, names, 1))
    return seconds, len(text.encode())


def timed(work) -> tuple[float, object]:
    """Return the seconds that some work took, and what it gave."""
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def opened(**asked: str) -> AppTest:
    """Explore / Incidents as a reader opens it by a link; not yet run."""
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=WAIT)
    for name, value in asked.items():
        app.query_params[name] = value
    return app.switch_page("pages/explore/incidents.py")


def sent(app: AppTest) -> tuple[int, int]:
    """Return the bytes of a page's map: its deck with its style sheet of texts, and the files it has by address."""
    assert not app.exception and not app.error
    (shown,) = app.get("deck_gl_json_chart")
    texts = [each.proto.body for each in app.get("html") if "pointed" in each.proto.body]
    deck = shown.proto.json
    ground = {layer["data"] for layer in json.loads(deck)["layers"] if isinstance(layer["data"], str)}
    style = PROJECT / json.loads(deck)["mapStyle"].removeprefix("/app/")
    land = json.loads(style.read_text())["sources"]["districts"]["data"]
    files = sum((PROJECT / each.removeprefix("/app/")).stat().st_size for each in {*ground, land})
    return len(deck.encode()) + sum(len(text.encode()) for text in texts), files


def say(what: str, seconds: float, app: AppTest, beside: tuple[float, int]) -> None:
    """Print a page's time and bytes, as ratios to the plain way."""
    travels, files = sent(app)
    print(
        f"\n{what}: {seconds:.1f} s ({seconds / beside[0]:.2f} of the plain way's {beside[0]:.1f} s); "
        f"{travels:,} bytes travel and {files:,} are served once (together {(travels + files) / beside[1]:.3f} of the "
        f"plain way's {beside[1]:,})"
    )


@pytest.mark.benchmark(group="the country")
def test_the_map_of_districts_first_and_again(benchmark, country, all_at_once):
    app = opened()
    seconds, _ = timed(app.run)
    say("districts, first", seconds, app, all_at_once)
    benchmark.pedantic(app.run, rounds=3)
    say("districts, again", benchmark.stats.stats.median, app, all_at_once)


@pytest.mark.benchmark(group="the country")
def test_the_largest_force_opened_and_one_change_of_a_filter(benchmark, country, all_at_once):
    app = opened(force=CAPITAL.capitalize(), view="Ground by count")
    seconds, _ = timed(app.run)
    say("the largest force, first", seconds, app, all_at_once)
    turns = iter(["Drugs", "Robbery", "Burglary"])

    def change() -> None:
        next(box for box in app.multiselect if box.key == "type").set_value([next(turns)]).run()

    benchmark.pedantic(change, rounds=3)
    say("one change of a filter on it", benchmark.stats.stats.median, app, all_at_once)
