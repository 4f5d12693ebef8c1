"""Maps on the pages: what is chosen on one, its months, its views and the projector, over real months and the demonstration."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from analysis.drawing.maps.palette import LIGHT, PROJECTOR
from pages.frame import incident_map, menu
from tests.made.made_maps import filled, looked_up
from tests.pages.conftest import text_of

OVERVIEW, INCIDENTS = "pages/review/overview.py", "pages/explore/incidents.py"
HIGH_CRIME = "pages/explore/high_crime.py"
WITH_A_MAP = (
    OVERVIEW,
    "pages/review/hotspots.py",
    "pages/review/retail_crime.py",
    "pages/review/safer_streets.py",
    "pages/review/nte.py",
    INCIDENTS,
    HIGH_CRIME,
    "pages/explore/evaluation.py",
)
THORNABY, BILLINGHAM = "E01012284", "E01012276"
VIEWS = (incident_map.GROUND, incident_map.CHANGE, incident_map.POINTS, incident_map.DENSITY)


def map_of(app):
    (found,) = app.get("deck_gl_json_chart")
    return found


def layers(app) -> dict[str, dict]:
    return {layer["id"]: layer for layer in json.loads(map_of(app).proto.json)["layers"]}


def classes(app) -> str:
    return looked_up(filled(layers(app)["ground"]))[1]


def point_at(app, layer: str, objects: list[dict]):
    """Click on a map as the browser tells the server of it; AppTest knows no click on a map of its own."""
    chosen = {"indices": {layer: list(range(len(objects)))}, "objects": {layer: objects}}
    states = app._tree.get_widget_states()
    states.widgets.add(id=map_of(app).proto.id, string_value=json.dumps({"selection": chosen}))
    return app._run(states)


def choose(app, *codes: str):
    """Click ground on the map."""
    return point_at(
        app,
        "ground",
        [{"properties": {"i": at, "code": code, "name": code}} for at, code in enumerate(codes)],
    )


def clean(app):
    assert not app.exception
    assert [error.value for error in app.error] == []
    return app


@pytest.mark.parametrize("script", WITH_A_MAP)
@pytest.mark.parametrize("store", ["real_store", "demonstration_store"])
def test_a_page_has_one_map_with_its_legend_words_and_addresses(drawn, request, store, script):
    app = clean(drawn(request.getfixturevalue(store), script))
    found = layers(app)
    assert found["ground"]["data"].startswith("/app/static/maps/")
    assert {name for name, layer in found.items() if layer["pickable"]} <= {"ground", "cells", "marks"}
    assert map_of(app).proto.alt.startswith("Map. ")
    words = text_of(app)
    demonstration = store == "demonstration_store"
    assert ("Simulated ground: no outline on this map is a real place." in words) == demonstration
    assert ("Boundaries: Office for National Statistics" in words) != demonstration
    assert "Click ground to choose it" in words


def test_what_is_clicked_is_a_table_and_becomes_the_readers_own_area(run_app, real_store):
    app = clean(choose(run_app(real_store, OVERVIEW), THORNABY, BILLINGHAM))
    words = text_of(app)
    assert "Chosen on the map: 2 places" in words
    assert "201 to 88 recorded, −56%; Much as similar places did" in words
    assert "Click ground to choose it" not in words
    next(button for button in app.button if button.label == "Use as my area").click().run()
    clean(app)
    own = next(box for box in app.multiselect if box.label.startswith("Small areas"))
    assert own.value == [BILLINGHAM, THORNABY]
    assert any("2 units, beside the town centres" in caption.value for caption in app.caption)


@pytest.mark.parametrize("script", WITH_A_MAP)
def test_ground_can_be_chosen_on_the_map_of_every_page(run_app, real_store, script):
    words = text_of(clean(choose(run_app(real_store, script), THORNABY)))
    assert "Chosen on the map: 1 place" in words
    assert "Chosen on the map: month by month" in words


def test_one_unit_that_is_clicked_is_one(run_app, real_store):
    words = text_of(clean(choose(run_app(real_store, INCIDENTS), THORNABY)))
    assert "Chosen on the map: 1 place" in words


def test_what_is_no_ground_of_the_force_is_a_sentence(run_app, real_store):
    app = clean(choose(run_app(real_store, OVERVIEW), '"}<script>'))
    assert any("What was clicked is no ground of this force" in info.value for info in app.info)
    assert "<script>" not in "".join(info.value for info in app.info)


def test_clicks_on_marks_choose_nothing_and_a_map_without_ground_offers_none(run_app, real_store):
    app = run_app(real_store, INCIDENTS, view=incident_map.POINTS, type="Drugs")
    clicked = point_at(app, "marks", [{"name": "Approximate point", "i": "m0"}])
    words = text_of(clean(clicked))
    assert "Click ground to choose it" not in words
    assert "Chosen on the map" not in words
    hotspots = run_app(real_store, "pages/review/hotspots.py")
    words = text_of(clean(point_at(hotspots, "marks", [{"name": "Billingham Town Centre", "i": "m0"}])))
    assert "Click ground to choose it" in words


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("store", ["real_store", "demonstration_store"])
def test_each_view_of_incidents_draws_all_months_and_one(drawn, request, store, view):
    held = request.getfixturevalue(store)
    clean(drawn(held, INCIDENTS, view=view, type="Shoplifting"))
    app = clean(drawn(held, INCIDENTS, view=view, type="Shoplifting", map_by_month="true"))
    named = {"cells": view == incident_map.DENSITY, "marks": view == incident_map.POINTS}
    assert {layer: layer in layers(app) for layer in named} == named
    assert [slider.label for slider in app.select_slider] == (
        [] if view == incident_map.CHANGE else ["Month"]
    )


def test_points_of_more_types_than_can_be_told_apart_are_a_sentence_in_place(drawn, real_store):
    app = clean(drawn(real_store, INCIDENTS, view=incident_map.POINTS))
    assert any("a map of points can show 4 apart" in info.value for info in app.info)
    assert "incidents are listed here" in text_of(app)  # the rest of the page stands


def test_marks_of_open_data_are_approximate_points(drawn, real_store):
    for script, query in (
        (INCIDENTS, {"view": incident_map.POINTS, "type": "Shoplifting"}),
        (WITH_A_MAP[2], {}),
    ):
        rows = layers(drawn(real_store, script, **query))["marks"]["data"]
        assert rows and all(row["name"].startswith("Approximate point") for row in rows)


def test_the_month_slider_shows_that_month_on_one_scale(run_app, real_store):
    app = run_app(
        real_store,
        INCIDENTS,
        type="Anti-social behaviour",
        first="Jul 2022",
        last="Dec 2022",
        map_by_month="true",
    )
    slider = app.select_slider[0]
    assert slider.options[0] == "Jul 2022" and slider.value == "Jul 2022"
    one, legend = classes(app), looked_up(filled(layers(app)["ground"]))[0]
    assert "Recorded, Jul 2022" in text_of(app)
    app = clean(slider.set_value("Nov 2022").run())
    assert "Recorded, Nov 2022" in text_of(app) and "Recorded, Jul 2022" not in text_of(app)
    assert classes(app) != one
    other = looked_up(filled(layers(app)["ground"]))[0]
    assert legend == other
    app = clean(app.select_slider[0].set_value("Dec 2022").run())  # not published
    assert "Dec 2022 is not published" in text_of(app)
    assert len(set(classes(app))) == 1 and "hatch" in layers(app)


def test_a_link_to_a_month_opens_it_and_one_to_no_month_opens_the_first(drawn, real_store):
    asked = {"type": "Drugs", "map_by_month": "true"}
    assert "Recorded, Mar 2024" in text_of(clean(drawn(real_store, INCIDENTS, map_month="Mar 2024", **asked)))
    assert "Recorded, Jul 2023" in text_of(clean(drawn(real_store, INCIDENTS, map_month="Mar 1999", **asked)))


def test_a_period_that_no_longer_holds_the_month_shown_goes_back_to_a_month_it_holds(run_app, real_store):
    app = run_app(real_store, INCIDENTS, type="Drugs", map_by_month="true", map_month="Jul 2023")
    first = next(box for box in app.selectbox if box.label == "First month")
    clean(first.set_value("Jan 2024").run())
    assert "Recorded, Jan 2024" in text_of(app)


def test_the_meeting_view_has_larger_letters_and_thicker_lines_on_every_map(run_app, real_store):
    app = run_app(real_store, OVERVIEW)
    assert layers(app)["names"]["sizeMaxPixels"] == pytest.approx(LIGHT.letter * 1.1)
    next(button for button in app.button if button.label == "Meeting view").click().run()
    clean(app)
    assert layers(app)["names"]["sizeMaxPixels"] == pytest.approx(PROJECTOR.letter * 1.1)
    assert layers(app.switch_page(HIGH_CRIME).run())["names"]["sizeMaxPixels"] == pytest.approx(
        PROJECTOR.letter * 1.1
    )


def test_patrols_stand_as_columns_when_asked(drawn, real_store):
    flat = layers(drawn(real_store, WITH_A_MAP[1]))["marks"]
    raised = layers(drawn(real_store, WITH_A_MAP[1], raised="true"))["marks"]
    assert (flat["@@type"], raised["@@type"]) == ("IconLayer", "ColumnLayer")
    assert "Billingham Town Centre had the most patrol hours: 373 hours 26 minutes" in text_of(
        drawn(real_store, WITH_A_MAP[1])
    )


@pytest.mark.parametrize("view", ["High together", "New, lasting or fading"])
def test_both_views_of_high_crime_are_drawn(drawn, real_store, view):
    assert classes(clean(drawn(real_store, HIGH_CRIME, high_view=view)))


def test_the_change_map_says_what_the_overview_says(drawn, real_store):
    words = text_of(drawn(real_store, OVERVIEW, one_crime="Criminal damage and arson"))
    assert "Stockton-on-Tees 020C (Thornaby Town Centre) fell more than similar places" in words


def test_a_map_of_part_of_the_force_says_so_but_not_where_only_that_part_was_counted(drawn, real_store):
    words = "opens on part of the force"
    assert words in text_of(drawn(real_store, OVERVIEW))
    assert words not in text_of(drawn(real_store, INCIDENTS))
    one = text_of(clean(drawn(real_store, INCIDENTS, place="Thornaby Town Centre", type="Shoplifting")))
    assert words not in one and "Most in Stockton-on-Tees 020C" in one


def test_the_names_of_the_change_map_say_what_the_evidence_says_for_a_type_that_no_table_shows(
    drawn, real_store
):
    app = clean(drawn(real_store, OVERVIEW, one_crime="Vehicle crime"))
    names = [row["t"].replace("  ", " ") for row in layers(app)["names"]["data"]]
    assert [name for name in names if name.startswith("Thornaby Town Centre")] == [
        "Thornaby Town Centre\n20 to 20: ordinary ups and downs"
    ]


def test_without_boundaries_the_map_says_that_its_ground_is_approximate(drawn, bare_store):
    words = text_of(clean(drawn(bare_store, INCIDENTS)))
    assert "Approximate footprints" in words and "import-geography" in words


def test_the_hours_of_the_patrol_map_are_those_of_the_table_to_the_second(demonstration_store):
    """A patrol over the last midnight of the log has minutes after its last month: the map must not lose them."""
    from analysis.topics.patrols.measure import mapped_patrols, patrols
    from analysis.topics.patrols.measure.dosage import TOTALS, patrol_months
    from data.desk import Desk

    at = Desk(demonstration_store)
    log = at.records("patrol-log", simulated=True)
    asked = at.patrols(at.case(at.default_selection("cleveland")), log)
    shown = patrols(asked)
    table = shown.table.loc[shown.table["hotspot"] != TOTALS].set_index("hotspot")
    mapped = mapped_patrols(asked, by_month=False).groupby("place")["seconds"].sum()
    for place in asked.patrolled.places:
        assert mapped[place.area.name] == table.loc[list(place.hotspots), "seconds"].sum()
    lost = table["seconds"].sum() - patrol_months(log.table, shown.period)["seconds"].sum()
    assert lost == 23 * 60, "the log's last patrol ends 23 minutes into July 2024"


@pytest.fixture(scope="module")
def two_forces(tmp_path_factory):
    """Fourteen made months of two forces, an LSOA of each with lookup and outline."""
    import geopandas as gpd
    import shapely

    from data.store import open_store
    from tests.data.conftest import MadeFiles

    folder = tmp_path_factory.mktemp("two-forces")
    made, held = MadeFiles(folder / "files"), open_store(folder / "store")
    here = {"LSOA code": "E01020567", "LSOA name": "County Durham 001A"}
    there = {
        "LSOA code": "E01008162",
        "LSOA name": "Gateshead 009A",
        "Longitude": "-1.6",
        "Latitude": "54.96",
    }
    for month in pd.period_range("2022-07", periods=14, freq="M").astype(str):
        rows = made.rows(month, force="Durham Constabulary", **here)
        held.import_police_uk(made.street(month, rows, slug="durham"))
        rows = made.rows(month, count=5, force="Northumbria Police", **there)
        held.import_police_uk(made.street(month, rows, slug="northumbria"))
    held.import_lookup(
        made.file(
            "lookup.csv",
            "LSOA11CD,LSOA11NM,CHGIND,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM\n"
            "E01020567,County Durham 001A,U,E01020567,County Durham 001A,E06000047,County Durham\n"
            "E01008162,Gateshead 009A,U,E01008162,Gateshead 009A,E08000037,Gateshead\n",
        )
    )
    outlines = gpd.GeoDataFrame(
        {"LSOA21CD": ["E01020567", "E01008162"]},
        geometry=[shapely.box(-1.33, 54.55, -1.29, 54.57), shapely.box(-1.62, 54.95, -1.58, 54.97)],
        crs="EPSG:4326",
    )
    held.import_geography(made.file("lsoa.geojson", outlines.to_json()))
    return held


def test_with_several_forces_one_begins_at_their_districts_and_opens_one_at_its_lsoas(run_app, two_forces):
    app = clean(run_app(two_forces, INCIDENTS, type="Burglary"))
    words = text_of(app)
    assert "Most in Gateshead: 5 recorded a month" in words
    assert "2 forces held" in words
    app = clean(point_at(app, "ground", [{"properties": {"i": 0, "code": "Gateshead", "name": "Gateshead"}}]))
    (opening,) = [button for button in app.button if button.label == "Open Gateshead"]
    app = clean(opening.click().run())
    words = text_of(app)
    assert "Northumbria Police area." in words
    assert "Most in Gateshead 009A" in words


def test_another_force_chosen_in_the_filters_begins_with_its_own_areas(run_app, two_forces):
    app = run_app(two_forces)
    (force,) = [box for box in app.selectbox if box.label == "Police force"]
    words = text_of(clean(force.set_value("northumbria").run()))
    # one made LSOA is all that is held of it, so there is no rest to hold it against: but it is chosen
    assert "Nothing of Northumbria Police is left outside Gateshead" in words
    assert "No town centre is chosen" not in words


def test_the_footer_of_many_forces_has_the_months_of_the_chosen_one_and_counts_the_others(
    run_app, two_forces, monkeypatch
):
    both = text_of(run_app(two_forces, INCIDENTS))
    assert "Durham Constabulary: 14 months held" in both and "Northumbria Police: 14 months held" in both
    monkeypatch.setattr(menu, "MOST_LINES", 1)
    words = text_of(clean(run_app(two_forces, INCIDENTS, force="Northumbria")))
    assert "Northumbria Police: 14 months held" in words and "Durham Constabulary: 14 months" not in words
    assert "1 other force is held" in words


@pytest.mark.parametrize(
    ("script", "query", "line"),
    [
        (OVERVIEW, {}, "Jul 2022 – Jun 2023, 11 of 12 months"),
        (HIGH_CRIME, {}, "Jul 2023 – Jun 2024, 12 of 12 months"),
        (INCIDENTS, {"map_by_month": "true", "map_month": "Feb 2024"}, "Feb 2024, 1 of 1 month"),
    ],
)
def test_under_a_map_stands_how_whole_the_months_are_that_it_shows(drawn, real_store, script, query, line):
    words = text_of(drawn(real_store, script, **query))
    about = words.split("About this map: what it leaves out")[1]
    assert about.split("How whole the data are: ")[1].startswith(line)
