"""A still map as values: what is drawn where, in which colour, and that nothing covers what it should not."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from PIL import Image

from analysis.drawing.maps.palette import DARK, LIGHT, PROJECTOR, PROJECTOR_DARK, rgb
from analysis.drawing.maps.shown import Cells, Ground, Key, Marks, Name, Outline, Shown
from analysis.drawing.maps.still import APPROXIMATE, NO_GROUND, still
from analysis.drawing.maps.still_frame import LENGTHS
from analysis.drawing.maps.still_layers import areas_of
from analysis.drawing.maps.still_legend import mark_path
from analysis.drawing.maps.still_names import Box, Label, place
from analysis.drawing.maps.still_paper import Paper, against, wrapped
from analysis.model.errors import ContractError
from data.exports.pictures import png_bytes
from tests.conftest import PROJECT
from tests.exhaustive import examples

LOOKS = [LIGHT, DARK, PROJECTOR, PROJECTOR_DARK]
FELL, ROSE = Key("Fell", "#12436D"), Key("Rose", "#A33C05")
FEW = Key("Too few to say", "#C4C9CE", "hatch")
CENTRE, RING = Key("Town centre", "#16191D", "line"), Key("Ring", "#801650", "dashes")
SHAPES = (
    Key("Hotspot", "#F46A25", "circle"),
    Key("Point", "#12436D", "diamond"),
    Key("Place", "#28A197", "square"),
    Key("Survey", "#801650", "triangle"),
)


def squares(rows: int = 2, columns: int = 3, side: float = 5_000, at=(440_000, 510_000)) -> gpd.GeoDataFrame:
    """Units G00, G01, … in rows from the south-west."""
    east, north = at
    boxes = [
        shapely.box(east + side * x, north + side * y, east + side * (x + 1), north + side * (y + 1))
        for y in range(rows)
        for x in range(columns)
    ]
    codes = [f"G{number:02}" for number in range(len(boxes))]
    return gpd.GeoDataFrame({"ground_code": codes}, geometry=boxes, crs="EPSG:27700")


def by_class(classes: dict[str, int], keys=(FELL, ROSE, FEW)) -> Ground:
    codes = sorted(classes)
    table = pd.DataFrame(
        {"ground_code": codes, "name": codes, "key": [classes[c] for c in codes], "text": "as it is"}
    )
    return Ground("Change, per cent", keys, table)


def at_points(*rows: tuple[float, float, int, float], raised: bool = False) -> Marks:
    table = pd.DataFrame(rows, columns=["easting", "northing", "key", "size"]).assign(text="")
    table.insert(0, "name", [f"mark {number}" for number in range(len(table))])
    return Marks("Marks", SHAPES, table, raised)


def made(**parts) -> Shown:
    words = {"title": "It fell", "subtitle": "Recorded incidents", "alt": "It fell.", "data": pd.DataFrame()}
    return Shown(**{**words, **parts})


def pixels(figure) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(png_bytes(figure))).convert("RGB")).astype(int)


def colour_at(figure, easting: float, northing: float, drawn: np.ndarray | None = None) -> list[int]:
    drawn = pixels(figure) if drawn is None else drawn
    x, y = figure.axes[0].transData.transform((easting, northing))
    return drawn[drawn.shape[0] - 1 - int(y), int(x)].tolist()


def legend_of(figure) -> list[tuple[str, list[str]]]:
    parts = [each for each in figure.get_children() if type(each).__name__ == "Legend"]
    return [(one_line(part.get_title()), [one_line(text) for text in part.get_texts()]) for part in parts]


def one_line(text) -> str:
    return " ".join(text.get_text().split())


def words_of(figure) -> list[str]:
    return [one_line(text) for text in figure.texts]


def names_on(figure) -> dict[str, Box]:
    renderer = figure.canvas.get_renderer()
    found = {}
    for text in figure.axes[0].texts:
        box = text.get_window_extent(renderer)
        found[text.get_text()] = Box(box.x0, box.y0, box.x1, box.y1)
    return found


def parts_of(figure) -> dict[str, Box]:
    """The boxes of title, notes, legends, map and scale, which may not meet."""
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    boxes = {f"words {text.get_text()[:30]}": text.get_window_extent(renderer) for text in figure.texts}
    for part in figure.get_children():
        if type(part).__name__ == "Legend":
            boxes[f"legend {one_line(part.get_title())}"] = part.get_window_extent(renderer)
    boxes["map"] = figure.axes[0].get_window_extent(renderer)
    for part in figure.axes[0].artists:
        boxes["scale"] = part.info.window_extent
    return {name: Box(box.x0, box.y0, box.x1, box.y1) for name, box in boxes.items()}


def assert_nothing_meets(figure) -> None:
    boxes = parts_of(figure)
    whole = Box(0, 0, figure.bbox.width, figure.bbox.height)
    assert [name for name, box in boxes.items() if not whole.holds(box)] == []
    names = sorted(boxes)
    meeting = [(a, b) for a in names for b in names if a < b and boxes[a].overlaps(boxes[b])]
    assert meeting == []


FULL = made(
    ground=by_class({"G00": 0, "G01": 1, "G02": 2, "G03": 0, "G04": 1}),
    marks=at_points((442_500, 518_500, 0, 20), (446_500, 518_500, 1, 20), (448_000, 512_000, 2, 12)),
    outlines=(Outline(CENTRE, frozenset({"G00"})), Outline(RING, frozenset({"G01", "G03"}))),
    names=(Name("Somewhere", 447_500, 512_500, True), Name("Elsewhere", 442_500, 512_500)),
    caveat="It says nothing of why.",
)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_the_legend_has_the_headings_and_keys_of_the_values_in_their_order(look):
    figure = still(FULL, squares(), look)
    expected = [(heading, [key.label for key in keys]) for heading, keys in FULL.legend]
    assert legend_of(figure) == expected
    assert [heading for heading, _ in expected] == ["Change, per cent", "Marks", "Outlined"]


def test_each_key_of_the_legend_has_its_colour_and_is_drawn_as_the_values_say():
    figure = still(FULL, squares(), LIGHT)
    ground, marks, outlines = (part for part in figure.get_children() if type(part).__name__ == "Legend")
    fills = ground.legend_handles
    assert [Image.new("RGB", (1, 1), key.colour).getpixel((0, 0)) for key in (FELL, ROSE)] == [
        tuple(round(255 * part) for part in fill.get_facecolor()[:3]) for fill in fills[:2]
    ]
    assert (
        to_hex(fills[2].get_facecolor()).upper() == LIGHT.land
        and to_hex(fills[2].get_hatchcolor()).upper() == FEW.colour
    )
    assert [bool(fill.get_hatch()) for fill in fills] == [False, False, True]
    assert [line.get_markerfacecolor() for line in marks.legend_handles] == [key.colour for key in SHAPES]
    corners = [len(line.get_marker().vertices) for line in marks.legend_handles]
    assert corners[0] > 20, "a circle is round"
    assert corners[1:] == [5, 5, 4], "a diamond, a square and a triangle, closed"
    assert [line.get_color() for line in outlines.legend_handles] == [CENTRE.colour, RING.colour]
    assert [line.get_linestyle() for line in outlines.legend_handles] == ["-", "--"]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_ground_has_the_colour_of_its_class_and_missing_ground_is_blank(look):
    ground = squares()
    shown = made(ground=by_class({"G00": 0, "G01": 1, "G02": 0, "G03": 1}))
    figure = still(shown, ground, look)
    drawn = pixels(figure)
    middle = ground.geometry.centroid
    found = [colour_at(figure, at.x, at.y, drawn) for at in middle]
    land = rgb(look.land)[:3]
    fell, rose = rgb(FELL.colour)[:3], rgb(ROSE.colour)[:3]
    assert found == [fell, rose, fell, rose, land, land]
    assert colour_at(figure, 439_800, 509_800, drawn) == rgb(look.outside)[:3]


def test_a_class_that_is_hatched_shows_lines_of_its_colour_on_blank_ground():
    ground = squares(1, 3)
    other = Key("Not published", "#D9DCDF", "hatch")
    figure = still(made(ground=by_class({"G00": 0, "G01": 1, "G02": 2}, (FELL, FEW, other))), ground, LIGHT)
    drawn = pixels(figure)

    def colours(code: int) -> tuple[set, float]:
        (left, low), (right, high) = figure.axes[0].transData.transform(
            np.reshape(ground.geometry[code].buffer(-500).bounds, (2, 2))
        )
        top = drawn.shape[0]
        part = drawn[top - int(high) : top - int(low), int(left) : int(right)].reshape(-1, 3)
        own = (part == rgb(LIGHT.land)[:3]).all(axis=1).mean()
        return {tuple(each) for each in part}, own

    plain, hatched, hatched_too = colours(0), colours(1), colours(2)
    assert len(plain[0]) == 1
    assert len(hatched[0]) > 5
    assert 0.3 < hatched[1] < 0.9, "blank ground is most of it, and not all"
    patterns = {part.get_hatch() for part in figure.axes[0].collections} - {None}
    assert len(patterns) == 2, "two greys are told apart by their lines"
    assert hatched_too[0] != hatched[0]


@pytest.mark.parametrize("width", [800, 1000, 1333, 1600, 1920])
def test_a_picture_is_as_wide_as_asked_and_a_slide_high(width):
    image = Image.open(BytesIO(png_bytes(still(FULL, squares(), LIGHT, width=width))))
    assert image.size == (width, round(width * 9 / 16))


def test_a_picture_is_1600_wide_unless_asked_otherwise():
    assert Image.open(BytesIO(png_bytes(still(FULL, squares(), LIGHT)))).size == (1600, 900)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_nothing_of_a_full_picture_meets_or_leaves_it(look):
    figure = still(FULL, squares(), look, source="Source: data.police.uk.", approximate=True)
    assert_nothing_meets(figure)


@pytest.mark.parametrize("look", [LIGHT, PROJECTOR_DARK], ids=lambda look: look.name)
def test_long_words_wrap_and_are_all_there(look):
    long = "Recorded anti-social behaviour fell in Thornaby while the rest of the borough's did not " * 4
    keys = tuple(replace(FELL, label=f"{number} {long}") for number in range(3))
    shown = made(
        title=long, subtitle=long, caveat=long + "x" * 300, ground=by_class({"G00": 0, "G01": 1}, keys)
    )
    figure = still(shown, squares(), look, source=long, approximate=True)
    assert_nothing_meets(figure)
    assert words_of(figure)[:2] == [" ".join(long.split())] * 2
    assert legend_of(figure) == [("Change, per cent", [" ".join(key.label.split()) for key in keys])]
    drawn = Image.open(BytesIO(png_bytes(figure)))
    assert drawn.width == 1600
    assert drawn.height > 900, "higher than a slide rather than with something left out"


def test_a_long_legend_makes_letters_smaller_before_it_makes_the_picture_higher():
    keys = tuple(replace(FELL, label=f"Class {number}") for number in range(15))
    figure = still(made(ground=by_class({"G00": 0}, keys)), squares(), PROJECTOR)
    assert figure.bbox.height == pytest.approx(900, abs=0.1)
    short = still(made(ground=by_class({"G00": 0}, keys[:2])), squares(), PROJECTOR)
    assert figure.texts[0].get_fontsize() < short.texts[0].get_fontsize() == 1.5 * PROJECTOR.letter


def test_words_say_finding_statistic_caveat_and_source():
    figure = still(FULL, squares(), LIGHT, source="Source: data.police.uk, June 2024.")
    for words in ("It fell", "Recorded incidents", FULL.caveat, "Source: data.police.uk, June 2024."):
        assert words in words_of(figure)


def test_only_approximate_footprints_are_called_so():
    words = "Approximate footprints made from anonymised points, not boundaries"
    assert words == APPROXIMATE
    assert words in words_of(still(FULL, squares(), LIGHT, approximate=True))
    assert words not in words_of(still(FULL, squares(), LIGHT))


def test_ground_with_a_class_and_no_outline_is_counted_under_the_map():
    shown = made(ground=by_class({"G00": 0, "G77": 1, "G78": 1}))
    words = words_of(still(shown, squares(), LIGHT))
    assert "2 units of ground have no outline and are not drawn." in words
    held = words_of(still(made(ground=by_class({"G00": 0})), squares(), LIGHT))
    assert not any("not drawn" in each for each in held)
    hollow = squares()
    hollow.loc[0, "geometry"] = shapely.Polygon()
    one = words_of(still(made(ground=by_class({"G00": 0})), hollow, LIGHT))
    assert "1 unit of ground has no outline and is not drawn." in one


def test_money_is_written_as_it_is():
    figure = still(made(title="From $5 to $6 and £135,633"), squares(), LIGHT)
    assert words_of(figure)[0] == "From $5 to $6 and £135,633"
    assert not figure.texts[0].get_parse_math()


@given(
    west=st.floats(100_000, 600_000),
    north=st.floats(100_000, 600_000),
    across=st.floats(1, 300_000),
    up=st.floats(1, 300_000),
)
@examples(15)
def test_the_scale_bar_is_a_round_number_of_kilometres_and_as_long_as_it_says(west, north, across, up):
    unit = gpd.GeoDataFrame(
        {"ground_code": ["G00"]}, geometry=[shapely.box(west, north, west + across, north + up)], crs=27700
    )
    figure = still(made(), unit, LIGHT)
    figure.canvas.draw()
    axes = figure.axes[0]
    (bar,) = axes.artists
    assert bar.info.value in LENGTHS
    assert bar.info.scale_text == f"{bar.info.value:g} km"
    origin, away = axes.transData.transform([(west, north), (west + 1000 * bar.info.value, north)])
    # the box of the bar is as wide as the bar, or as its words where the bar is shorter than they
    assert bar.info.window_extent.width >= away[0] - origin[0] - 1
    assert bar.info.length_px == pytest.approx(1000 * bar.info.value)
    upwards = axes.transData.transform((west, north + 1000 * bar.info.value))
    assert upwards[1] - origin[1] == pytest.approx(away[0] - origin[0], rel=1e-6), "metres are square"
    assert_nothing_meets(figure)


def test_the_scale_bar_is_drawn_with_its_length_in_pixels():
    figure = still(made(), squares(), PROJECTOR)
    drawn = pixels(figure)
    (bar,) = figure.axes[0].artists
    extent = bar.info.window_extent
    row = drawn[drawn.shape[0] - round(extent.y1) + 1, int(extent.x0) - 5 : int(extent.x1) + 5]
    dark = (row.sum(axis=1) < 100).sum()
    origin, away = figure.axes[0].transData.transform([(0, 0), (1000 * bar.info.value, 0)])
    assert dark == pytest.approx(away[0] - origin[0], abs=2)


def test_the_view_is_the_focus_with_room_round_it():
    ground = squares(1, 9)
    shown = made(focus=frozenset({"G04"}))
    near, whole = still(shown, ground, LIGHT).axes[0], still(made(), ground, LIGHT).axes[0]
    west, east = near.get_xlim()
    south, north = near.get_ylim()
    assert (south, north) == pytest.approx((509_700, 515_300))
    assert (west + east) / 2 == pytest.approx(462_500)
    assert whole.get_xlim()[0] < 440_000
    assert whole.get_xlim()[1] > 485_000


def test_a_mark_on_the_edge_of_the_focus_is_whole_in_the_picture():
    one = squares(1, 1)
    at = (442_500, 514_900)
    marks = at_points((*at, 0, 140), (452_500, 512_500, 1, 140))  # the second is off the ground in focus
    figure = still(made(marks=marks, focus=frozenset(one["ground_code"])), one, LIGHT)
    axes = figure.axes[0]
    _, top = axes.transData.transform(at)
    assert top + 70 * figure.dpi / 72 <= axes.get_window_extent().y1
    assert axes.get_xlim()[1] < 452_500


def test_a_focus_without_an_outline_shows_all_ground():
    ground = squares()
    lost = still(made(focus=frozenset({"elsewhere"})), ground, LIGHT)
    assert lost.axes[0].get_xlim() == still(made(), ground, LIGHT).axes[0].get_xlim()


def test_a_very_small_unit_is_not_shown_as_large_as_a_door():
    figure = still(made(), squares(1, 1, side=20), LIGHT)
    west, east = figure.axes[0].get_xlim()
    assert east - west >= 2_000


def test_units_far_apart_are_both_in_view():
    ground = pd.concat([squares(1, 1), squares(1, 1, at=(100_000, 30_000)).assign(ground_code="G99")])
    shown = made(ground=by_class({"G00": 0, "G99": 1}))
    figure = still(shown, ground, LIGHT)
    drawn = pixels(figure)
    for at, key in zip(ground.geometry.centroid, (FELL, ROSE), strict=True):
        assert colour_at(figure, at.x, at.y, drawn) == rgb(key.colour)[:3]
    assert_nothing_meets(figure)


def test_without_ground_or_anything_else_the_picture_says_so():
    figure = still(made(), squares().iloc[:0], LIGHT)
    assert NO_GROUND in words_of(figure)
    assert Image.open(BytesIO(png_bytes(figure))).width == 1600


def test_marks_are_drawn_where_no_ground_is_held():
    shown = made(marks=at_points((442_500, 518_500, 0, 30), (462_500, 512_500, 2, 30)))
    figure = still(shown, squares().iloc[:0], LIGHT)
    drawn = pixels(figure)
    assert colour_at(figure, 442_500, 518_500, drawn) == rgb(SHAPES[0].colour)[:3]
    assert colour_at(figure, 462_500, 512_500, drawn) == rgb(SHAPES[2].colour)[:3]
    assert NO_GROUND not in words_of(figure)


@pytest.mark.parametrize("shape", range(4), ids=[key.mark for key in SHAPES])
def test_a_circle_is_as_many_pixels_across_as_it_says_and_other_shapes_have_its_area(shape):
    across = 40 * (1.0, 1.253, 0.886, 1.253)[shape]
    figure = still(made(marks=at_points((447_500, 515_000, shape, 40))), squares(), LIGHT, width=1000)
    own = (pixels(figure) == rgb(SHAPES[shape].colour)[:3]).all(axis=2)
    own[:, figure.axes[0].get_window_extent().x1.astype(int) :] = False  # not the legend's
    columns = np.flatnonzero(own.any(axis=0))
    assert columns.max() - columns.min() + 1 == pytest.approx(across, abs=5)  # its edge blunts a point


def test_a_small_mark_is_not_lost_under_a_large_one():
    at = (447_500, 515_000)
    for rows in ([(*at, 0, 40), (*at, 2, 10)], [(*at, 2, 10), (*at, 0, 40)]):
        figure = still(made(marks=at_points(*rows)), squares(), LIGHT)
        assert colour_at(figure, *at) == rgb(SHAPES[2].colour)[:3]


def test_raised_marks_are_circles():
    at = (447_500, 515_000)
    shown = made(marks=at_points((*at, 2, 60), raised=True))
    figure = still(shown, squares(), LIGHT, width=1000)
    x, y = figure.axes[0].transData.transform(at)
    drawn = pixels(figure)
    top = drawn.shape[0] - 1
    own = rgb(SHAPES[2].colour)[:3]
    assert drawn[top - int(y), int(x) + 28].tolist() == own
    assert drawn[top - int(y) - 27, int(x) + 27].tolist() != own, "a square's corner would be there"


def test_a_mark_without_a_point_is_an_error_that_names_it():
    with pytest.raises(ContractError, match="mark 1"):
        still(made(marks=at_points((1, 2, 0, 3), (float("nan"), 2, 0, 3))), squares(), LIGHT)


def test_cells_are_drawn_in_metres_where_they_are():
    import h3

    cell = h3.latlng_to_cell(54.57, -1.31, 7)
    there = gpd.GeoSeries.from_xy([-1.31], [54.57], crs=4326).to_crs(27700)[0]
    ground = squares(1, 1, side=20_000, at=(there.x - 10_000, there.y - 10_000))
    table = pd.DataFrame({"cell": [cell], "key": [1], "text": ["7"]})
    figure = still(made(cells=Cells("Incidents", (FELL, ROSE), table, 1_400)), ground, LIGHT)
    middle = gpd.GeoSeries.from_xy(*([each] for each in h3.cell_to_latlng(cell)[::-1]), crs=4326)
    at = middle.to_crs(27700)[0]
    assert colour_at(figure, at.x, at.y) == rgb(ROSE.colour)[:3]
    assert colour_at(figure, at.x + 4_000, at.y) == rgb(LIGHT.land)[:3]
    assert legend_of(figure) == [("Incidents", ["Fell", "Rose"])]


def test_a_cell_that_is_none_is_an_error_that_names_it():
    table = pd.DataFrame({"cell": ["nowhere"], "key": [0], "text": [""]})
    with pytest.raises(ContractError, match="nowhere"):
        still(made(cells=Cells("Incidents", (FELL,), table, 1_400)), squares(), LIGHT)


def test_ground_in_degrees_and_ground_given_twice_are_errors():
    with pytest.raises(ContractError, match="27700"):
        still(made(), squares().to_crs(4326), LIGHT)
    with pytest.raises(ContractError, match="two outlines"):
        still(made(), pd.concat([squares(), squares()]), LIGHT)


def test_an_outline_is_that_of_its_units_as_one_and_of_each_part_of_it():
    ground = squares(1, 4)
    both, apart = areas_of(
        [Outline(CENTRE, frozenset({"G00", "G01"})), Outline(RING, frozenset({"G00", "G02"}))], ground, 1
    )
    assert both.symmetric_difference(shapely.box(440_000, 510_000, 450_000, 515_000)).area < 1
    assert len(shapely.get_parts(apart)) == 2


def test_slivers_between_simplified_units_are_no_border():
    ground = squares(1, 2)
    ground.loc[1, "geometry"] = shapely.box(445_008, 510_000, 450_000, 515_000)
    (area,) = areas_of([Outline(CENTRE, frozenset({"G00", "G01"}))], ground, 20)
    assert len(shapely.get_parts(area)) == 1


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_an_outline_in_two_parts_is_drawn_over_ground_with_a_halo_it_stands_out_from(look):
    ground = squares(1, 3)
    shown = made(
        ground=by_class({"G00": 0, "G01": 1, "G02": 0}),
        outlines=(Outline(CENTRE, frozenset({"G00", "G02"})),),
    )
    figure = still(shown, ground, look)
    drawn = pixels(figure)
    for east in (440_000, 445_000, 450_000, 455_000):
        x, y = figure.axes[0].transData.transform((east, 512_500))
        row = drawn[drawn.shape[0] - 1 - int(y), int(x) - 12 : int(x) + 13].tolist()
        assert rgb(CENTRE.colour)[:3] in row
        assert rgb(against(CENTRE.colour, look))[:3] in row


def test_a_dashed_outline_has_gaps_and_a_whole_one_has_none():
    ground = squares(1, 2)

    def share(key: Key) -> float:
        figure = still(made(outlines=(Outline(key, frozenset({"G00"})),)), ground, PROJECTOR)
        drawn = pixels(figure)
        (x, low), (_, high) = figure.axes[0].transData.transform([(445_000, 510_300), (445_000, 514_700)])
        top = drawn.shape[0]
        part = drawn[top - int(high) : top - int(low), int(x) - 1 : int(x) + 2]
        return float((part == rgb(key.colour)[:3]).all(axis=2).any(axis=1).mean())

    assert share(CENTRE) == 1
    assert 0.4 < share(RING) < 0.9


def test_districts_in_parts_are_drawn():
    ground = squares(1, 3)
    parts = shapely.MultiPolygon([ground.geometry[0], ground.geometry[2]])
    districts = gpd.GeoDataFrame({"district_name": ["Two parts"]}, geometry=[parts], crs=27700)
    figure = still(made(), ground, PROJECTOR, districts=districts)
    drawn = pixels(figure)
    for east in (440_000, 455_000):
        x, y = figure.axes[0].transData.transform((east, 512_500))
        row = drawn[drawn.shape[0] - 1 - int(y), int(x) - 3 : int(x) + 4]
        assert (row.sum(axis=1) < 150).any()


def test_a_name_is_first_placed_where_it_belongs_and_none_leaves_the_map():
    shown = made(
        names=(
            Name("A name far too long for its place " * 6, 447_500, 515_000),
            Name("Somewhere", 447_500, 512_500, True),
            Name("Edge", 440_010, 510_010),
            Name("Away", 900_000, 900_000),
        )
    )
    figure = still(shown, squares(), LIGHT)
    names = names_on(figure)
    assert set(names) == {"Somewhere", "Edge"}
    x, y = figure.axes[0].transData.transform((447_500, 512_500))
    assert names["Somewhere"].middle == pytest.approx((x, y), abs=4)
    box = parts_of(figure)["map"]
    assert all(box.holds(name) for name in names.values())


@given(
    st.lists(
        st.tuples(
            st.text("abcdefgQ ŵ'", min_size=1, max_size=20).map(lambda word: f"x{word}x"),
            st.floats(440_000, 455_000),
            st.floats(510_000, 520_000),
            st.booleans(),
        ),
        max_size=25,
    ),
    st.sampled_from(LOOKS),
)
@examples(12)
def test_names_on_a_picture_never_meet_nor_leave_the_map(given_names, look):
    shown = made(names=tuple(Name(*name) for name in given_names))
    figure = still(shown, squares(), look)
    texts = figure.axes[0].texts
    renderer = figure.canvas.get_renderer()
    boxes = [Box(b.x0, b.y0, b.x1, b.y1) for b in (text.get_window_extent(renderer) for text in texts)]
    panel = parts_of(figure)["map"]
    assert all(panel.holds(box) for box in boxes)
    assert not any(one.overlaps(two) for at, one in enumerate(boxes) for two in boxes[:at])
    assert len(boxes) >= min(1, len(given_names))


LABELS = st.builds(
    Label, st.floats(-50, 1050), st.floats(-50, 650), st.floats(5, 200), st.floats(5, 40), st.booleans()
)
SEEN = st.builds(
    lambda x, y, side: Box(x, y, x + side, y + side), st.floats(0, 900), st.floats(0, 500), st.floats(0, 90)
)


@given(st.lists(LABELS, max_size=40), st.lists(SEEN, max_size=10))
@settings(deadline=None)
def test_placed_names_never_meet_first_ones_go_first_and_none_strays_from_its_point(labels, seen):
    panel = Box(0, 0, 1000, 600)
    found = place(labels, panel, avoid=seen)
    boxes = list(found.values())
    assert all(panel.holds(box) for box in boxes)
    assert not any(one.overlaps(two) for at, one in enumerate(boxes) for two in boxes[:at])
    for at, box in found.items():
        near = Box(
            *(box.left - 2.3 * labels[at].height, box.low - 2.3 * labels[at].height),
            *(box.right + 2.3 * labels[at].height, box.high + 2.3 * labels[at].height),
        )
        assert near.holds(Box(labels[at].x, labels[at].y, labels[at].x, labels[at].y))
    firsts = [label for label in labels if label.first]
    alone = place(firsts, panel, avoid=seen)
    assert [found[at] for at, label in enumerate(labels) if label.first and at in found] == [
        alone[at] for at in sorted(alone)
    ]
    assert found == place(labels, panel, avoid=seen)


def test_a_name_makes_way_for_a_small_area_and_a_mark():
    label = Label(500, 300, 200, 20)
    assert place([label], Box(0, 0, 1000, 600))[0] == Box(400, 290, 600, 310)
    area = Box(490, 290, 510, 310)
    moved = place([label], Box(0, 0, 1000, 600), avoid=[area])[0]
    assert not moved.overlaps(area)


@given(st.text(), st.integers(1, 30))
def test_wrapped_words_fit_and_none_is_lost(text, room):
    lines = wrapped(text, lambda line: len(line) <= room)
    assert all(len(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())


@given(st.text("abcdefghijklmnopqrstuvwxyzABTVW ,.'%0123456789—–−ŵé", min_size=1, max_size=120))
@examples(30)
def test_lines_are_no_wider_than_their_room_as_the_letters_are_drawn(text):
    paper = Paper(LIGHT, 1600, 14)
    for font in (paper.font(1.5, bold=True), paper.font(0.78)):
        lines = paper.wrap(text, font, 400).split("\n")
        assert max(paper.size_of(line, font)[0] for line in lines) <= 400


def test_the_same_input_gives_the_same_bytes_in_any_thread_and_order_of_rows():
    ground = squares()

    def draw(turn: int) -> bytes:
        rows = ground.iloc[::-1] if turn % 2 else ground
        return png_bytes(still(FULL, rows, LIGHT, source="Source."))

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(draw, range(8)))) == 1


def test_no_global_figure_is_made():
    code = (
        "import sys; from tests.drawing.test_map_still import FULL, squares, LIGHT, still, png_bytes;"
        "png_bytes(still(FULL, squares(), LIGHT)); print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "False", done.stderr


def test_real_ground_has_the_colours_of_its_classes(real_store):
    ground = real_store.boundaries()
    codes = sorted(ground["ground_code"])
    shown = made(ground=by_class({code: at % 2 for at, code in enumerate(codes)}))
    figure = still(shown, ground, LIGHT)
    drawn = pixels(figure)
    big = ground[ground.geometry.area > 2e6]
    assert len(big) > 30
    for code, shape in zip(big["ground_code"], big.geometry, strict=True):
        at = shapely.maximum_inscribed_circle(shape).coords[0]
        assert colour_at(figure, *at, drawn) == rgb((FELL, ROSE)[codes.index(code) % 2].colour)[:3]
    assert_nothing_meets(figure)


def test_stockton_in_focus_is_all_in_view_with_its_names(real_store):
    ground = real_store.boundaries()
    ours = real_store.areas()["stockton-on-tees"].ground
    centre = real_store.areas()["stockton-town-centre"].ground
    at = ground[ground["ground_code"].isin(centre)].geometry.union_all().centroid
    shown = made(
        focus=frozenset(ours),
        outlines=(Outline(CENTRE, frozenset(centre)),),
        names=(Name("Stockton Town Centre", at.x, at.y, True),),
    )
    figure = still(shown, ground, DARK)
    view = shapely.box(*(np.array([figure.axes[0].get_xlim(), figure.axes[0].get_ylim()]).T.ravel()))
    assert ground[ground["ground_code"].isin(ours)].geometry.within(view).all()
    assert list(names_on(figure)) == ["Stockton Town Centre"]


def test_marks_of_one_size_have_one_area_whatever_their_shape():
    for mark in ("circle", "diamond", "square", "triangle"):
        (outline,) = mark_path(mark).to_polygons(closed_only=True)
        assert shapely.Polygon(outline).area == pytest.approx(np.pi / 4, rel=0.01), mark
