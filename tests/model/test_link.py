"""Links: what is chosen as text and back, whatever was imported since."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import key_of
from analysis.model.errors import AreaError, PeriodError
from analysis.model.link import (
    MONTHS,
    Choices,
    Offered,
    areas_in_short,
    linked_force,
    read_link,
    selected,
    write_link,
)
from analysis.model.period_pairs import presets
from analysis.model.periods import Period, default_pair, parse_month
from analysis.model.vocabulary import CRIME_TYPES
from tests.exhaustive import examples

NAMES = ("Ashby Town Centre", "Barrow Town Centre", "Corby Town Centre")
GROUND = {f"E0100000{n}": f"Ashby 00{n}A (E0100000{n})" for n in range(1, 5)}


def offered(first: str = "2022-07", last: str = "2024-06", names: tuple[str, ...] = NAMES) -> Offered:
    span = Period(parse_month(first), parse_month(last))
    baseline, comparison = default_pair(span)
    areas = {key_of(name): name for name in names}
    opens = Choices(
        tuple(areas), CRIME_TYPES[:2], (baseline.first, baseline.last, comparison.first, comparison.last)
    )
    return Offered("ashby", "Ashby Police", areas, GROUND, span, opens, proposed=("derby-town-centre",))


MONTHS_HELD = offered().span.months
CHOICES = st.builds(
    Choices,
    st.sets(st.sampled_from([key_of(name) for name in NAMES])).map(lambda keys: tuple(sorted(keys))),
    st.sets(st.sampled_from(CRIME_TYPES)).map(lambda few: tuple(each for each in CRIME_TYPES if each in few)),
    st.tuples(*[st.sampled_from(MONTHS_HELD)] * 4),
    st.booleans(),
    st.booleans(),
    st.sets(st.sampled_from(list(GROUND)), min_size=1).map(lambda codes: tuple(sorted(codes))),
    st.sampled_from(["", "Mine", "Mine & yours"]),
    st.booleans(),
    st.booleans(),
)


@examples(60)
@given(CHOICES)
def test_a_link_gives_back_what_was_chosen(choices):
    assert read_link(write_link(choices, offered()), offered()).choices == choices


@examples(60)
@given(CHOICES, st.integers(0, 30), st.integers(0, 30))
def test_a_link_shows_the_same_view_whatever_is_imported_after(choices, months_before, months_after):
    now = offered()
    more = Period(now.span.first - months_before, now.span.last + months_after)
    later = offered(str(more.first), str(more.last), (*NAMES, "Derby Town Centre"))
    reading = read_link(write_link(choices, now), later)
    assert reading.choices == choices
    assert reading.unheld == ()
    expected = Period(now.span.last + 1, more.last) if months_after else None
    assert reading.later == expected


def test_what_a_link_leaves_out_is_as_the_force_opens():
    reading = read_link({"area": ["Barrow Town Centre"]}, offered())
    assert reading.choices == replace(offered().opens_with, areas=("barrow-town-centre",))


def test_what_is_not_held_is_told_apart_and_never_guessed():
    reading = read_link({"area": ["Atlantis"], "comparison_from": ["Jul 2031"]}, offered())
    assert reading.choices == offered().opens_with
    assert reading.unheld == (("town centre", "Atlantis"), ("Comparison from", "Jul 2031")) or set(
        reading.unheld
    ) == {("town centre", "Atlantis"), ("Comparison from", "Jul 2031")}


def test_a_link_of_before_the_meeting_view_with_maps_for_a_projector_opens_in_it():
    choices = read_link({"projector": ["true"]}, offered()).choices
    assert choices.meeting
    written = write_link(choices, offered())
    assert written["meeting"] == ["true"] and "projector" not in written
    assert not read_link({"projector": ["false"]}, offered()).choices.meeting


def test_a_link_of_before_proposals_keeps_the_board_that_it_was_made_of():
    opens = replace(offered().opens_with, proposed=True)
    now = replace(offered(), opens_with=opens)
    assert read_link({}, now).choices.proposed
    assert not read_link({"area": list(NAMES)}, now).choices.proposed
    assert read_link(write_link(opens, now), now).choices.proposed
    assert selected(opens, now, None).proposed == ("derby-town-centre",)
    assert selected(replace(opens, proposed=False), now, None).proposed == ()


def test_proposals_stand_beside_all_areas_and_not_beside_a_choice_among_them():
    opens = replace(offered().opens_with, proposed=True)
    now = replace(offered(), opens_with=opens)
    assert now.proposed_beside(opens) == ("derby-town-centre",)
    assert now.proposed_beside(replace(opens, areas=opens.areas[:1])) == ()


def test_units_may_be_named_as_older_links_name_them():
    assert read_link({"own": [GROUND["E01000002"]]}, offered()).choices.own_units == ("E01000002",)


def test_a_link_without_a_force_means_the_force_whose_areas_it_names():
    names = {"ashby": "Ashby Police", "derby": "Derby Police"}
    areas = {"ashby": list(NAMES), "derby": ["Derby Town Centre"]}
    assert linked_force({"area": ["Derby Town Centre"]}, names, areas) == "derby"
    assert linked_force({"force": ["Ashby Police"], "area": ["Derby Town Centre"]}, names, areas) == "ashby"
    assert linked_force({}, names, areas) == "ashby"


def test_nothing_chosen_and_months_that_are_no_pair_are_sentences():
    now = offered()
    with pytest.raises(AreaError, match="No town centre is chosen"):
        selected(replace(now.opens_with, areas=()), now, None)
    with pytest.raises(AreaError, match="No crime type is chosen"):
        selected(replace(now.opens_with, crime_types=()), now, None)
    first, last, later, _ = now.opens_with.months
    with pytest.raises(PeriodError):
        selected(replace(now.opens_with, months=(first, last, later, later)), now, None)
    shorter = replace(now.opens_with, months=(first, last, later, later), like_for_like=False)
    assert len(selected(shorter, now, None).comparison) == 1


def test_every_value_that_depends_on_what_is_held_is_written_out():
    written = write_link(offered().opens_with, offered())
    assert {"force", "area", "crime", *MONTHS, "held"} == set(written)


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (NAMES, "Ashby, Barrow and Corby town centres"),
        (NAMES[:1], "Ashby Town Centre"),
        ((*NAMES[:1], "The Quay"), "Ashby Town Centre and The Quay"),
        ((*NAMES, "Derby Town Centre"), "4 town centres"),
    ],
)
def test_areas_in_a_line(names, line):
    assert areas_in_short(names, "town centre") == line


def test_pairs_of_periods_by_name():
    span = Period.parse("2022-07:2024-12")
    named = {each.name: each.pair.label for each in presets(span, None, Period.parse("2023-08:2024-06"))}
    assert named == {
        "The latest months held": "Jan 2024 – Dec 2024 against Jan 2023 – Dec 2023",
        "The patrolled months": "Aug 2023 – Jun 2024 against Aug 2022 – Jun 2023",
        "Since the patrols ended": "Jul 2024 – Dec 2024 against Jul 2023 – Dec 2023",
    }


def test_pairs_that_reach_outside_the_months_held_are_not_offered():
    span = Period.parse("2023-07:2024-12")
    named = [each.key for each in presets(span, None, Period.parse("2023-08:2024-06"))]
    assert named == ["latest", "since"]
    assert presets(Period.parse("2024-01:2024-12")) == ()


def test_an_area_is_found_by_its_key_its_name_here_and_its_name_in_the_files():
    here = offered()
    key = key_of(NAMES[1])
    called = replace(here, areas={**here.areas, key: "The Borough"}, filed={key: NAMES[1]})
    for words in (NAMES[1], "The Borough", key):
        reading = read_link({"area": [words]}, called)
        assert (reading.choices.areas, reading.unheld) == ((key,), ())
    assert write_link(replace(called.opens_with, areas=(key,)), called)["area"] == ["The Borough"]
