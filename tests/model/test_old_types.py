"""Crime types that ended with April 2013: columns of their own after the 14, in months that have them and in no other."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.model.areas import Area
from analysis.model.breaks import breaks, month_status
from analysis.model.cube import CountedPlaces, Panel, build_cube, build_panel, cube_of, panel
from analysis.model.errors import AnalysisError
from analysis.model.link import Choices, Offered, read_link, selected, without_ended, write_link
from analysis.model.old_types import explained, left_out, not_a_type, types_of_periods
from analysis.model.periods import Period, parse_month
from analysis.model.revision import revised_counts
from analysis.model.vocabulary import CRIME_TYPES, OLD_CRIME_TYPES, PANEL_TYPES
from analysis.stats.panel_months import surroundings_of
from analysis.topics.change.measure import months_by_type
from tests.exhaustive import examples

VIOLENT, DISORDER = OLD_CRIME_TYPES
AROUND = ("Burglary", VIOLENT, DISORDER, "Violence and sexual offences")


def counted(first: str, values: list[list[list[int]]]) -> CountedPlaces:
    """Places A, B, … by month and the types of `AROUND`, from this month on."""
    array = np.array(values)
    months = pd.period_range(first, periods=array.shape[1], freq="M")
    return CountedPlaces(array, [chr(ord("A") + at) for at in range(len(array))], months, AROUND)


def built(first: str, values: list[list[list[int]]]) -> Panel:
    return build_panel(counted(first, values), [])


OVER_MAY_2013 = built(
    "2013-03", [[[1, 7, 2, 0], [2, 5, 3, 0], [3, 0, 0, 9]], [[4, 1, 0, 0], [5, 2, 1, 0], [6, 0, 0, 8]]]
)
"""March to May 2013 of two places."""


def test_old_types_are_counted_after_the_14_and_are_missing_not_zero_once_they_ended():
    assert OVER_MAY_2013.crime_types == PANEL_TYPES
    by_month = OVER_MAY_2013.values.sum(axis=0)
    assert by_month[:, 14:15].tolist()[:2] == [[8], [7]] and by_month[:2, 15].tolist() == [2, 4]
    assert np.isnan(by_month[2, 14:]).all()
    assert [str(month) for month in OVER_MAY_2013.held(VIOLENT)] == ["2013-03", "2013-04"]
    assert by_month[:, OVER_MAY_2013.column("Burglary")].tolist() == [5, 7, 9]
    assert np.isnan(by_month[:2, CRIME_TYPES.index("Violence and sexual offences")]).all()


def test_public_disorder_and_weapons_is_missing_before_september_2011():
    held = built("2011-08", [[[1, 4, 0, 0], [1, 5, 3, 0]]])
    assert held.series(["A"], VIOLENT).tolist() == [4, 5]
    assert np.isnan(held.series(["A"], DISORDER).iloc[0]) and held.series(["A"], DISORDER).iloc[1] == 3


def test_charts_of_violent_crime_mark_september_2011_and_no_other_type_does():
    over = Period(parse_month("2011-05"), parse_month("2012-04"))
    assert [each.what for each in breaks(over, [VIOLENT])] == ["More crime types"]
    assert breaks(over, ["Burglary", DISORDER]) == ()


def test_what_was_recorded_round_a_place_has_the_old_types_in_their_months_and_todays_after():
    def around(*months: str) -> list[float]:
        wanted = [parse_month(month) for month in months]
        return surroundings_of(
            OVER_MAY_2013, np.arange(2), ("Burglary",), wanted, np.array(["", ""])
        ).other.tolist()

    assert around("2013-03", "2013-04") == [7 + 2 + 5 + 3, 1 + 0 + 2 + 1]
    assert around("2013-05") == [9, 8]


def test_no_comparison_over_may_2013_has_an_old_type():
    march, april, may = (Period(month, month) for month in OVER_MAY_2013.months)
    assert set(months_by_type(OVER_MAY_2013, april, may, like_for_like=False)) == set(CRIME_TYPES)
    both = months_by_type(OVER_MAY_2013, march, april, like_for_like=False)
    assert tuple(both) == PANEL_TYPES and both[VIOLENT].baseline == (march.first,)


def test_a_month_after_april_2013_does_not_lack_what_had_ended():
    missing = month_status(OVER_MAY_2013)["types_missing"]
    assert not set(missing.iloc[2]) & set(OLD_CRIME_TYPES)


def test_a_panel_without_old_months_says_that_it_has_no_old_type():
    held = built("2013-05", [[[1, 0, 0, 2]]])
    assert held.held(VIOLENT) == ()
    with pytest.raises(AnalysisError, match="ended with April 2013"):
        held.column(VIOLENT)


@examples(30)
@given(
    st.integers(-40, 40),
    st.lists(st.lists(st.integers(0, 30), min_size=4, max_size=4), min_size=1, max_size=6),
)
def test_table_and_panel_agree_and_are_14_wide_without_months_of_before_may_2013(offset, by_month):
    first = parse_month("2013-05") + offset
    places = counted(str(first), [by_month])
    held = build_panel(places, [])
    assert held.crime_types == (CRIME_TYPES if offset >= 0 else PANEL_TYPES)
    rows = [
        ("A", month, kind, count)
        for month, counts in zip(places.months, by_month, strict=True)
        for kind, count in zip(AROUND, counts, strict=True)
        if count and kind in held.crime_types
    ]
    counts = pd.DataFrame(rows, columns=["ground_code", "month", "crime_type", "incidents"])
    if len(counts):
        table = build_cube(counts, ["A"], list(places.months))
        pd.testing.assert_frame_equal(table, cube_of(held), check_index_type=False)
        np.testing.assert_array_equal(panel(table).values, held.values)
    ended = np.asarray([month > parse_month("2013-04") for month in held.months])
    assert np.isnan(held.values[:, ended, 14:]).all()
    assert not_a_type(held.months, CRIME_TYPES).shape == (len(held.months), 14)


def test_old_types_can_be_asked_of_where_no_period_is_later():
    old, later = (
        Period(parse_month("2012-05"), parse_month("2013-04")),
        Period(parse_month("2013-04"), parse_month("2013-05")),
    )
    assert types_of_periods(old, old) == PANEL_TYPES
    assert types_of_periods(old, later) == types_of_periods(later) == CRIME_TYPES


def test_sentences_are_short_and_name_what_is_left_out_and_what_is_missing():
    assert left_out(["Burglary"]) == "" and explained(parse_month("2013-05")) == ()
    assert left_out([VIOLENT]).startswith("“Violent crime” is left out: police.uk had it until April 2013")
    assert all(each in left_out(iter(PANEL_TYPES)) for each in OLD_CRIME_TYPES)
    said = explained(parse_month("2010-12"))
    assert all(len(sentence.split()) <= 25 for sentence in (*said, left_out(OLD_CRIME_TYPES)))
    assert all(
        any(name in sentence for sentence in said) for name in (*OLD_CRIME_TYPES, "Other theft", "Drugs")
    )
    assert not any("September 2011" in sentence for sentence in explained(parse_month("2011-09")))


def told(before: Panel, after: Panel) -> list[str]:
    """What is told of months held before, of the ground A alone."""
    centre = Area("ashby", "Ashby", "town centre", "made", frozenset({"A"}))
    return [str(each) for each in revised_counts(before, after, [(centre, centre)], list(before.months))]


def test_a_changed_count_of_an_old_type_is_told_by_its_name():
    before, after = (built("2013-04", [[[1, old, 0, 0], [1, 0, 0, 2]]]) for old in (7, 6))
    assert told(before, after) == ["Ashby violent crime, April 2013: 7 became 6."]


def test_months_of_before_may_2013_that_are_new_revise_nothing():
    before, after = built("2013-05", [[[1, 0, 0, 2]]]), built("2013-04", [[[1, 7, 0, 0], [1, 0, 0, 2]]])
    assert before.values.shape[2] < after.values.shape[2] and told(before, after) == []


# links: what a force offers, and what is let go of

AREAS = {"ashby": "Ashby"}


def offered(first: str, last: str) -> Offered:
    span = Period(parse_month(first), parse_month(last))
    opens = Choices(("ashby",), CRIME_TYPES[:2], (span.first, span.first, span.last, span.last))
    return Offered("made", "Made Police", AREAS, {}, span, opens)


OVER = offered("2011-05", "2014-04")
MONTHS = st.integers(0, 35).map(lambda at: OVER.span.first + at)
SOME_TYPES = st.sets(st.sampled_from(PANEL_TYPES), min_size=1).map(
    lambda few: tuple(each for each in PANEL_TYPES if each in few)
)


@examples(60)
@given(SOME_TYPES, st.lists(MONTHS, min_size=4, max_size=4).map(sorted))
def test_a_link_gives_back_old_types_and_a_selection_has_them_with_their_months_alone(types, months):
    choices = Choices(("ashby",), types, tuple(months), like_for_like=False)
    assert read_link(write_link(choices, OVER), OVER).choices == choices
    kept, words = without_ended(choices, OVER)
    chosen = selected(kept, OVER, None).crime_types
    if months[-1] <= parse_month("2013-04"):
        assert (chosen, words) == (types, "")
        return
    todays = tuple(each for each in types if each in CRIME_TYPES)
    assert chosen == (todays or OVER.opens_with.crime_types)
    assert bool(words) == bool(set(types) & set(OLD_CRIME_TYPES))
    assert words.endswith("opens with.") == (not todays)


@examples(40)
@given(SOME_TYPES, st.integers(0, 60))
def test_a_force_without_old_months_offers_and_reads_what_it_did(types, later):
    first = parse_month("2013-05") + later
    now = offered(str(first), str(first + 3))
    assert now.types == CRIME_TYPES
    reading = read_link({"crime": types}, now)
    todays = tuple(each for each in types if each in CRIME_TYPES)
    assert reading.choices.crime_types == (todays or now.opens_with.crime_types)
    assert reading.unheld == tuple(("crime types", each) for each in types if each in OLD_CRIME_TYPES)
    assert without_ended(reading.choices, now) == (reading.choices, "")
