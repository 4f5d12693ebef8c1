"""The map as the browser is given it: layers, colours, addresses and texts, as values."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import analysis.drawing.maps.deck
from analysis.drawing.maps.base import Served
from analysis.drawing.maps.classes import FEW, NO_INCIDENT, change_keys
from analysis.drawing.maps.deck import TILT, deck, pointing
from analysis.drawing.maps.layers import THROUGH
from analysis.drawing.maps.palette import DARK, EMERGING, LIGHT, MARK_COLOURS, PROJECTOR, rgb
from analysis.drawing.maps.shown import SHAPES, Cells, Key, Marks, Name, Outline
from analysis.model.errors import ContractError
from analysis.model.land import Land
from tests.made.made_maps import (
    CODES,
    SERVED,
    by_class,
    colours_of,
    drawn,
    filled,
    layers,
    looked_up,
    made,
    made_land,
    squares,
)

FELL, ROSE = Key("Fell", "#12436D"), Key("Rose", "#A33C05")
KEYS = (FELL, ROSE, FEW)
CLASSES = {"G00": 0, "G01": 1, "G02": 2, "G03": 0, "G05": 1}
MARK_KEYS = (
    Key("Hotspot", "#F46A25", "circle"),
    Key("Point", "#12436D", "diamond"),
    Key("Place", "#28A197", "square"),
    Key("Survey", "#801650", "triangle"),
)


def at_points(*rows: tuple, raised: bool = False) -> Marks:
    table = pd.DataFrame(rows, columns=["name", "easting", "northing", "key", "size"]).assign(text="a mark")
    return Marks("Marks", MARK_KEYS, table, raised)


def in_cells(*keys: int) -> Cells:
    cells = ["891942d25afffff", "891942d25a3ffff", "891942d25abffff"]
    table = pd.DataFrame({"cell": cells[: len(keys)], "key": keys, "text": "a cell"})
    return Cells("Cells", (FELL, ROSE), table, 200.0)


MARKS = at_points(("Small", 442_000, 512_000, 0, 8.04), ("Large", 450_000, 518_000, 1, 30.0))
FULL = made(
    ground=by_class(CLASSES, KEYS),
    cells=in_cells(0, 1),
    marks=MARKS,
    outlines=(
        Outline(Key("Centre", "#16191D", "line"), frozenset({"G00"})),
        Outline(Key("Ring", "#801650", "dashes"), frozenset({"G01", "G03"})),
    ),
    names=(Name("Somewhere", 447_500, 512_500, True), Name("Elsewhere else", 442_500, 517_500)),
)


def test_layers_stand_from_the_ground_up_each_with_its_id():
    assert [layer["id"] for layer in drawn(FULL)["layers"]] == [
        "ground", "hatch", "cells", "borders", "outlines-halo", "outlines", "marks", "scale", "names",
    ]  # fmt: skip


def test_what_is_not_on_a_map_has_no_layer():
    assert [layer["id"] for layer in drawn(made())["layers"]] == ["borders", "scale", "names"]
    no_mark = made(marks=Marks("Marks", MARK_KEYS, MARKS.table.iloc[:0]))
    assert "marks" not in layers(no_mark)
    assert "hatch" not in layers(made(ground=by_class({"G00": 0}, (FELL, ROSE))))


def test_only_ground_cells_and_marks_can_be_pointed_at():
    assert {name for name, layer in layers(FULL).items() if layer["pickable"]} == {"ground", "cells", "marks"}


def test_a_click_is_not_lost_on_outlines_that_make_picking_slow():
    found = layers(FULL)
    assert not found["ground"]["stroked"] and found["borders"]["stroked"] and not found["borders"]["filled"]


@pytest.mark.parametrize("look", [LIGHT, DARK, PROJECTOR], ids=lambda look: look.name)
def test_each_unit_has_the_colour_that_the_legend_gives_its_class(look):
    own = dict(FULL.legend)["Recorded"]
    found = layers(FULL, look=look)
    fills, stripes = colours_of(found["ground"]), colours_of(found["hatch"])
    for at, code in enumerate(CODES):
        key = own[CLASSES[code]] if code in CLASSES else None
        if key is None:  # ground without a class is blank land, and not hatched
            assert fills[at] == rgb(look.land) and stripes[at][3] == 0
        elif key.mark == "hatch":
            assert fills[at] == rgb(look.land) and stripes[at] == rgb(key.colour)
        else:
            assert fills[at] == rgb(key.colour) and stripes[at][3] == 0


def test_known_values_have_known_colours():
    table = by_class({"G00": 0, "G01": 3, "G02": 6, "G03": 7}, change_keys())
    fills = colours_of(layers(made(ground=table))["ground"])
    assert fills[:3] == [[0x12, 0x43, 0x6D, 255], [0xF2, 0xF2, 0xF2, 255], [0xA3, 0x3C, 0x05, 255]]
    assert looked_up(filled(layers(made(ground=table))["ground"]))[1] == "036788"


def test_zero_is_a_colour_and_not_bare_land():
    fills = colours_of(layers(made(ground=by_class({"G00": 0}, (NO_INCIDENT, ROSE))))["ground"])
    assert fills[0] == rgb(NO_INCIDENT.colour) != fills[1] == rgb(LIGHT.land)


def test_marks_and_cells_have_the_colours_and_shapes_of_the_legend():
    found, legend = layers(FULL), dict(FULL.legend)
    for part in ("hexagon-cell", "hexagon-cell-hifi"):
        accessor = found["cells"]["_subLayerProps"][part]["getFillColor"]
        colours = json.loads(re.fullmatch(r"@@=\((.*)\)\[k\]", accessor)[1])
        assert [each[:3] for each in colours] == [rgb(key.colour)[:3] for key in legend["Cells"]]
    icons = json.loads(re.fullmatch(r"@@=\((.*)\)\[k\]", found["marks"]["getIcon"])[1])
    assert icons == [f"{key.mark} {key.colour}" for key in MARK_KEYS]
    tiles = found["marks"]["iconMapping"]
    assert [(tiles[icon]["x"], tiles[icon]["y"]) for icon in icons] == [
        (64 * SHAPES.index(key.mark), 64 * MARK_COLOURS.index(key.colour)) for key in MARK_KEYS
    ]


def test_no_layer_has_a_colour_that_streamlit_would_pale_when_ground_is_chosen():
    # by the table in its map component: these accessors of these layers are replaced while something is chosen
    paled = {
        "GeoJsonLayer": {"getFillColor"}, "H3HexagonLayer": {"getFillColor"}, "IconLayer": {"getColor"},
        "ColumnLayer": {"getFillColor"}, "PathLayer": {"getColor"}, "TextLayer": {"getColor"},
    }  # fmt: skip
    raised = replace(FULL, marks=replace(FULL.marks, raised=True))
    for layer in [*drawn(FULL)["layers"], *drawn(raised)["layers"]]:
        assert not paled[layer["@@type"]] & set(layer), layer["id"]


def test_outlines_are_looked_up_by_what_is_served_with_them():
    line = layers(FULL)["outlines"]
    assert "#16191D" in line["getLineColor"] and "#801650" in line["getLineColor"]
    assert "dashes" in line["getDashArray"] and "dots" in line["getDashArray"]
    keys = dict(FULL.legend)["Outlined"]
    assert [key.label for key in keys] == ["Centre", "Ring"]


def test_a_street_style_lies_under_a_fill_that_lets_it_through():
    through = colours_of(layers(FULL, served=replace(SERVED, streets=True))["ground"])
    assert through[0] == [*rgb(FELL.colour)[:3], THROUGH]


def test_what_does_not_change_is_an_address_and_not_data():
    found = layers(FULL)
    for name, address in (
        ("ground", "/g.json"), ("hatch", "/g.json"), ("borders", "/g.json"),
        ("outlines", "/o.json"), ("outlines-halo", "/o.json"),
    ):  # fmt: skip
        assert found[name]["data"] == address
    assert found["hatch"]["fillPatternAtlas"] == "/h.png" and found["marks"]["iconAtlas"] == "/m.png"
    assert drawn(FULL)["mapStyle"] == "/s.json"
    assert 'olygon"' not in json.dumps(drawn(FULL))


def test_nothing_comes_from_a_third_party():
    assert not re.search(r"https?:|//[a-z]", json.dumps(drawn(FULL)))


def triggers(shown, **how) -> dict:
    found = layers(shown, **how)
    return {name: found[name].get("updateTriggers") for name in ("ground", "hatch")}


@given(
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 2), min_size=1),
    st.dictionaries(st.sampled_from(CODES), st.integers(0, 2), min_size=1),
)
def test_colours_are_drawn_anew_when_and_only_when_classes_change(one, other):
    a = triggers(made(ground=by_class(one, KEYS, "before")))
    b = triggers(made(ground=by_class(other, KEYS, "after"), title="Another", names=FULL.names))
    assert (a == b) == (one == other)


def test_colours_are_drawn_anew_when_the_legend_changes_its_colours():
    other = (FELL, Key("Rose", "#F46A25"), FEW)
    assert triggers(FULL) != triggers(replace(FULL, ground=by_class(CLASSES, other)))
    assert triggers(FULL) != triggers(FULL, look=DARK)  # hatched ground has the land of the look


def test_the_deck_is_compact_and_the_same_each_time():
    texts = [deck(FULL, made_land(), SERVED, LIGHT, width=820, height=560).to_json() for _ in range(2)]
    assert texts[0] == texts[1]
    assert texts[0] == json.dumps(json.loads(texts[0]), separators=(",", ":"))
    assert len(texts[0]) < 7_000


def test_the_largest_mark_is_drawn_first_so_that_no_small_one_lies_under_it():
    rows = layers(FULL)["marks"]["data"]
    assert [(row["name"], row["s"], row["i"]) for row in rows] == [
        ("Large", 30.0, "m1"),
        ("Small", 8.0, "m0"),
    ]
    assert set(rows[0]) == {"p", "k", "s", "i", "name"}


def test_raised_marks_are_columns_as_high_as_their_size_on_a_tilted_screen():
    found = drawn(made(marks=replace(MARKS, raised=True)))
    column = next(layer for layer in found["layers"] if layer["id"] == "marks")
    assert column["@@type"] == "ColumnLayer" and column["getElevation"] == "@@=s"
    assert [row["s"] for row in column["data"]] == [30.0, 8.0]
    assert found["initialViewState"]["pitch"] == TILT
    assert drawn(made(marks=MARKS))["initialViewState"]["pitch"] == 0


def test_nine_classes_can_be_told_apart_and_ten_are_refused():
    nine = tuple(Key(name, colour) for name, colour in EMERGING.items())
    classes = dict(zip(CODES, (0, 4, 8, 8, 1, 2), strict=True))
    fills = colours_of(layers(made(ground=by_class(classes, nine)))["ground"])
    assert fills == [rgb(nine[classes[code]].colour) for code in CODES]
    ten = (*nine, Key("one more", "#000000"))
    with pytest.raises(ContractError, match="9 classes"):
        layers(made(ground=by_class({"G00": 9}, ten)))


def test_a_class_beyond_the_legend_and_a_unit_twice_are_refused():
    with pytest.raises(ContractError, match="legend"):
        by_class({"G00": 3}, KEYS)
    ground = by_class({"G00": 0}, KEYS)
    with pytest.raises(ContractError, match="twice"):
        replace(ground, table=pd.concat([ground.table, ground.table]))


def test_the_names_drawn_do_not_meet_the_scale_bar_which_comes_first():
    rows = layers(FULL)["names"]["data"]
    assert rows[0]["t"].endswith("km")
    assert {row["t"] for row in rows[1:]} == {"Somewhere", "Elsewhere  else"}


def test_a_projector_has_larger_letters_and_thicker_lines():
    plain, large = layers(FULL), layers(FULL, look=PROJECTOR)
    assert large["names"]["sizeMaxPixels"] > plain["names"]["sizeMaxPixels"]
    assert large["borders"]["getLineWidth"] == pytest.approx(
        PROJECTOR.line * plain["borders"]["getLineWidth"]
    )
    assert widths(large) == pytest.approx([PROJECTOR.line * each for each in widths(plain)], rel=0.01)


def widths(drawn_layers: dict) -> list[float]:
    """The widths of a whole and of a broken outline."""
    return [float(each) for each in drawn_layers["outlines"]["getLineWidth"].split("?")[1].split(":")]


def test_a_whole_outline_shows_on_both_sides_of_a_broken_one_on_the_same_border():
    whole, broken = widths(layers(FULL))
    assert whole > 1.5 * broken


def test_the_map_opens_on_its_focus():
    whole, one = drawn(FULL), drawn(replace(FULL, focus=frozenset({"G00"})))
    assert one["initialViewState"]["zoom"] > whole["initialViewState"]["zoom"]
    assert drawn(replace(FULL, focus=frozenset({"unknown"})))["initialViewState"] == whole["initialViewState"]


# what a reader sees on pointing travels as a style sheet

RULE = re.compile(r'\.p([cm]?\d+)::after\{content:"((?:[^"\\\n\r\f]|\\[0-9a-f]{1,6} )*)"\}')
HEAD = ".pointed::after{white-space:pre-line}"


def read_back(sheet: str) -> dict[str, str]:
    """The texts of a style sheet as a browser reads them; it must be made of rules and nothing else."""
    assert sheet.startswith(HEAD)
    rest, found = sheet[len(HEAD) :], {}
    while rest:
        rule = RULE.match(rest)
        assert rule, rest[:80]
        found[rule[1]] = re.sub(r"\\([0-9a-f]{1,6}) ", lambda m: chr(int(m[1], 16)), rule[2])
        rest = rest[rule.end() :]
    return found


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_text_can_end_its_rule_or_the_style_sheet(text):
    shown = made(
        ground=by_class({"G00": 0}, KEYS, text),
        marks=Marks("Marks", MARK_KEYS, MARKS.table.assign(text=text)),
        cells=replace(FULL.cells, table=FULL.cells.table.assign(text=text)),
    )
    sheet = pointing(shown, made_land())
    assert read_back(sheet) == {
        **dict.fromkeys(map(str, range(1, 6)), "No figure"),
        **dict.fromkeys(["0", "c0", "c1", "m0", "m1"], text.replace("\0", "")),  # a style sheet cannot hold it
    }  # fmt: skip
    assert "<" not in sheet and "@" not in sheet.removeprefix(HEAD)


@pytest.mark.parametrize(
    "text",
    [
        '"}</style><script>alert(1)</script>',
        "\\",
        "\\22 }",
        "one\ntwo\r\nthree\x0c",
        "Caffè “São” 東 🏪 −12% ’",
        "*/ /* @import url(//x)",
        "",
    ],
)
def test_hostile_and_foreign_texts_come_back_as_they_were(text):
    assert read_back(pointing(made(ground=by_class({"G00": 0}, KEYS, text)), made_land()))["0"] == text


def test_each_unit_of_the_land_has_a_rule_and_one_without_a_figure_says_so():
    found = read_back(pointing(FULL, made_land()))
    assert [found[str(at)] for at in range(6)] == [*["as it is"] * 4, "No figure", "as it is"]


def test_a_map_without_texts_has_no_rule():
    assert pointing(made(), made_land()) == HEAD


def test_names_travel_as_data_and_a_hostile_one_stays_one():
    hostile = '"}</style><script>alert(1)</script>\\\n'
    found = layers(
        made(marks=at_points((hostile, 442_000, 512_000, 0, 8.0)), names=(Name(hostile, 447_500, 512_500),))
    )
    assert found["marks"]["data"][0]["name"] == hostile.strip()
    assert found["names"]["data"][1]["t"] == hostile.replace(" ", "  ")


def test_columns_stand_where_their_place_lies():
    (row,) = layers(made(marks=at_points(("One", 442_500, 512_500, 0, 10.0))))["marks"]["data"]
    land: Land = made_land()
    box = squares().to_crs(4326).geometry.iloc[0].bounds
    assert box[0] < row["p"][0] < box[2] and box[1] < row["p"][1] < box[3]
    assert land.middle_of(frozenset({"G00"})) == pytest.approx((442_500, 512_500))


def test_an_address_is_all_that_a_map_needs_of_the_server():
    bare = Served("/g.json", "/s.json", "/h.png", "/m.png")
    assert "outlines" not in layers(FULL, served=bare)
    assert math.isfinite(drawn(FULL, served=bare)["initialViewState"]["zoom"])


def test_the_view_takes_in_the_first_names_on_the_ground_it_opens_on():
    focus = frozenset({"G00"})
    name = Name("A long name\nof two lines", 442_500, 514_900, first=True, above=30)
    plain = drawn(made(focus=focus))["initialViewState"]
    named = drawn(made(focus=focus, names=(name,)))["initialViewState"]
    elsewhere = drawn(made(focus=focus, names=(replace(name, northing=519_000.0),)))["initialViewState"]
    assert elsewhere == plain
    assert named["latitude"] > plain["latitude"]
    assert named["zoom"] < plain["zoom"]


def test_no_other_name_covers_a_small_area_under_review(monkeypatch):
    monkeypatch.setattr(
        analysis.drawing.maps.deck, "SMALL_AREA", 300.0
    )  # the made units are 233 pixels across
    ward = Name("Ward", 442_500, 512_500)
    area = Outline(Key("Chosen areas", "#801650", "dashes"), frozenset({"G00"}))
    ring = replace(area, key=Key("Ring", "#0B6B62", "dots"))

    def drawn_names(*outlines):
        return {row["t"] for row in layers(made(names=(ward,), outlines=outlines))["names"]["data"]}

    assert "Ward" not in drawn_names(area)
    assert "Ward" in drawn_names(ring)
    monkeypatch.setattr(analysis.drawing.maps.deck, "SMALL_AREA", 200.0)
    assert "Ward" in drawn_names(area)


def test_the_name_of_an_area_stands_in_it_where_it_is_large_and_over_it_where_it_is_small():
    def at(focus: frozenset[str]) -> tuple[float, float]:
        name = Name("Ay", 442_500, 512_500, first=True, above=12, over=2_500)
        row = layers(made(names=(name,), focus=focus))["names"]["data"][1]
        return row["p"][1], row["o"][1]

    near, far = at(frozenset({"G00"})), at(frozenset())
    assert near[1] == 0 and far[1] == 0 and near == far  # 117 pixels up, and more when nearer
    small = Name("Ay", 442_500, 512_500, first=True, above=12, over=1_000)  # 47 pixels
    row = layers(made(names=(small,)))["names"]["data"][1]
    assert row["o"][1] == -12 and row["p"][1] > near[0]
