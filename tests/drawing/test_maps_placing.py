"""Names on a map: none covers another, and what is placed first stays, at whatever scale and tilt."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing.maps.lettering import in_sight
from analysis.drawing.maps.palette import LIGHT
from analysis.drawing.maps.placing import ROOM, box_of, placed
from analysis.drawing.maps.shown import Name
from analysis.drawing.maps.wgs84 import sight_of, view_of

NAMES = st.lists(
    st.builds(
        Name,
        st.text(min_size=1, max_size=30),
        st.floats(400_000, 420_000),
        st.floats(500_000, 520_000),
        st.booleans(),
        st.floats(0, 40),
    ),
    max_size=40,
)
SCALE, LETTER, LEAN = st.floats(0.5, 500), st.sampled_from([14, 20]), st.floats(0.4, 1.0)


def meet(one, other) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(NAMES, SCALE, LETTER, LEAN)
def test_no_two_names_overlap(names, scale, letter, lean):
    boxes = [box_of(name, scale, letter, lean) for name in placed(names, scale, letter, lean)]
    assert not [pair for pair in combinations(boxes, 2) if meet(*pair)]


@given(NAMES, SCALE, LETTER, LEAN)
def test_a_name_is_left_out_only_where_another_stands(names, scale, letter, lean):
    kept = placed(names, scale, letter, lean)
    boxes = [box_of(other, scale, letter, lean) for other in kept]
    texts = {name.text for name in kept}  # a first name may stand under its point, or beside it
    assert texts <= {name.text for name in names}
    for name in names:
        if name.text not in texts:
            assert any(meet(box_of(name, scale, letter, lean), box) for box in boxes)


def test_a_name_that_the_edge_would_cut_is_moved_into_the_first_view_and_others_stay():
    view = view_of((400_000, 500_000, 410_000, 510_000), 500, 500)
    sight = sight_of(view, 500, 500)
    west, _, east, north = sight
    cut = Name("Redcar and Cleveland", east - 10, north - 10)
    outside, first, inside = (
        Name("a", west - 10, north),
        replace(cut, first=True),
        Name("b", 405_000, 505_000),
    )
    moved, *rest = in_sight([cut, outside, first, inside], sight, view, LIGHT)
    assert rest == [outside, first, inside]
    _, _, right, top = box_of(moved, view.metres_a_pixel, LIGHT.letter)
    assert (right, top) == pytest.approx((east, north))


def test_a_first_name_stands_under_its_place_where_over_it_it_would_cover_another():
    # 10 m a pixel: 14 px letters stand some 170 m high; the other centre lies 300 m north of this one
    town = Name("Thornaby", 0, 0, first=True, above=14.0, over=100.0)
    other, own = (-100.0, 200.0, 100.0, 400.0), (-100.0, -100.0, 100.0, 100.0)
    (free,) = placed([town], 10, 14, avoid=[own])
    assert free == town
    (moved,) = placed([town], 10, 14, avoid=[own, other])
    assert (moved.over, moved.above) == (-100.0, -14.0)
    assert not meet(box_of(moved, 10, 14), other)


def test_a_first_name_that_covers_another_place_wherever_it_stands_is_kept_all_the_same():
    town = Name("Thornaby", 0, 0, first=True, above=14.0, over=100.0)
    round_it = [
        (-9e3, 150.0, 9e3, 9e3),
        (-9e3, -9e3, 9e3, -150.0),
        (150.0, -150.0, 9e3, 150.0),
        (-9e3, -150.0, -150.0, 150.0),
    ]
    assert placed([town], 10, 14, avoid=round_it) == (town,)


@given(NAMES, SCALE, LETTER)
def test_names_that_do_not_meet_at_one_zoom_do_not_meet_closer(names, scale, letter):
    # drawn in metres up to a size in pixels: on the ground a name is never larger than when it was placed
    kept = placed([replace(name, above=0.0) for name in names], scale, letter)
    closer = [box_of(name, scale / 2, letter) for name in kept]
    assert not [pair for pair in combinations(closer, 2) if meet(*pair)]


def test_a_first_name_wins_over_one_given_earlier():
    ward, town = Name("Ward", 0, 0), Name("Town", 0, 0, first=True)
    assert placed([ward, town], 10, 14) == (town,)


def test_of_two_alike_the_one_given_first_wins():
    one, two = Name("One", 0, 0), Name("Two", 0, 0)
    assert placed([one, two], 10, 14) == (one,)


def test_a_name_over_its_mark_leaves_the_ground_under_it_free():
    over, under = Name("Town", 0, 0, above=40), Name("Ward", 0, 0)
    assert placed([over, under], 10, 14) == (over, under)


def test_no_name_gives_none():
    assert placed([], 10, 14) == ()


def test_a_name_gives_way_to_what_is_to_be_seen_and_a_first_name_does_not():
    ward, town, away = Name("Ward", 0, 0), Name("Town", 0, 500, first=True), Name("Away", 5_000, 0)
    mark = (-100.0, -100.0, 100.0, 600.0)
    assert placed([ward, town, away], 10, 14, avoid=[mark]) == (town, away)
    assert ward in placed([ward, town, away], 10, 14)


def test_a_name_of_two_lines_is_as_wide_as_the_longer_and_twice_as_high():
    one, two = (box_of(Name(text, 0, 0), 1, 20) for text in ("Thornaby", "Thornaby\n9 h"))
    assert (two[0], two[2]) == (one[0], one[2])
    assert (two[3] - two[1] - 2 * ROOM) == 2 * (one[3] - one[1] - 2 * ROOM)
