"""Rows without a location: worked by hand, by properties, and on made forces."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.stats.unlocated import HARD, Counts, Ground, kept_table, survives, unlocated
from tests.exhaustive import examples
from tests.stats.made_forces import made_areas, plain_verdict

ALIKE = [0.4, 0.6, 0.75, 1.0, 1.0, 1.3, 1.6]
"""Ratios by which made areas moved against elsewhere; two of them did not."""


def test_nothing_unlocated_changes_nothing():
    counts = Counts((100, 80), (400, 390))
    worked = unlocated(counts, Ground((1000, 950), (0, 0)))
    assert worked.share == (0, 0)
    assert all(each == counts for _, each in worked.counts)
    assert survives(worked, plain_verdict)


def test_the_worked_number():
    """100 to 80, of 1,000 and 1,000 located, none and 250 not: spread 100 to 100, hard 100 to 140 or 80."""
    worked = unlocated(Counts((100, 80), (400, 300)), Ground((1000, 1000), (0, 250)))
    assert worked.share == (0, pytest.approx(0.2))
    assert worked.of("recorded").area == (100, 80)
    assert worked.of("spread") == Counts((100, pytest.approx(100)), (400, pytest.approx(375)))
    assert worked.of("more after").area == (100, pytest.approx(140))
    # of the 250 the area has 60; of the 190 left the rest has 300 in 920
    assert worked.of("more after").rest == (400, pytest.approx(300 + 190 * 300 / 920))
    assert worked.of("more before") == Counts((100, 80), (400, pytest.approx(300 + 250 * 300 / 920)))


def test_the_share_that_both_periods_lack_is_spread():
    counts, ground = Counts((90, 90), (450, 450)), Ground((900, 900), (100, 100))
    worked = unlocated(counts, ground)
    assert all(each == Counts((100, 100), (500, 500)) for name, each in worked.counts if name != "recorded")
    whole = unlocated(counts, ground, whole=True)
    assert whole.of("spread") == worked.of("spread")
    assert whole.of("more before").area == (pytest.approx(90 + HARD * 10), 90)
    assert whole.of("more after").area == (90, pytest.approx(90 + HARD * 10))


def test_only_what_goes_beyond_the_steady_share_is_in_question():
    """1 in 20 against 1 in 5 of 1,000 rows: 150 of the 200 are in question, 50 are spread over the 800."""
    worked = unlocated(Counts((95, 80), (95, 80)), Ground((950, 800), (50, 200)))
    assert worked.of("more before").area == (pytest.approx(100), pytest.approx(85))
    assert worked.of("more after").area == (pytest.approx(100), pytest.approx(85 + 3 * 15))


def test_an_area_never_gets_more_than_there_is():
    worked = unlocated(Counts((10, 400), (10, 100)), Ground((500, 500), (0, 100)))
    assert worked.of("more after").area == (10, 500)
    assert worked.of("more after").rest == (10, 100)
    alone = unlocated(Counts((10, 500), (10, 0)), Ground((500, 500), (0, 100)))  # all ground is the area
    assert alone.of("more before") == Counts((10, 500), (10, 0))


def test_where_all_locations_are_lost_nothing_is_known():
    worked = unlocated(Counts((100, 0), (400, 0)), Ground((1000, 0), (0, 1000)))
    assert worked.share == (0, 1)
    assert math.isnan(worked.of("spread").area[1])
    assert not survives(worked, lambda _: "the same whatever it is asked")
    assert math.isnan(unlocated(Counts((0, 0), (0, 0)), Ground((0, 5), (0, 0))).share[0])


def test_what_cannot_be_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        unlocated(Counts((-1, 0), (0, 0)), Ground((1, 1), (0, 0)))
    with pytest.raises(ValueError, match="not finite"):
        unlocated(Counts((math.nan, 0), (0, 0)), Ground((1, 1), (0, 0)))
    with pytest.raises(ValueError, match="more rows"):
        unlocated(Counts((6, 0), (6, 0)), Ground((10, 0), (0, 0)))


COUNT = st.integers(0, 2_000)


@examples(60)
@given(area=st.tuples(COUNT, COUNT), rest=st.tuples(COUNT, COUNT), other=st.tuples(COUNT, COUNT),
       lost=st.tuples(COUNT, COUNT), whole=st.booleans())  # fmt: skip
def test_no_row_is_made_or_lost(area, rest, other, lost, whole: bool):
    """No case gives fewer rows than were located, or more than there are; swapped periods swap cases."""
    located = tuple(a + r + o for a, r, o in zip(area, rest, other, strict=True))
    worked = unlocated(Counts(area, rest), Ground(located, lost), whole=whole)
    for _, counts in worked.counts:
        for period in (0, 1):
            both = counts.area[period] + counts.rest[period]
            if math.isnan(both):
                assert not located[period] and lost[period]
                continue
            assert counts.area[period] >= area[period] - 1e-9
            assert both <= located[period] + lost[period] + 1e-6
    swapped = unlocated(Counts(area[::-1], rest[::-1]), Ground(located[::-1], lost[::-1]), whole=whole)
    np.testing.assert_allclose(swapped.of("more before").area[::-1], worked.of("more after").area)
    np.testing.assert_allclose(swapped.of("spread").rest[::-1], worked.of("spread").rest)


@examples(40)
@given(seed=st.integers(0, 10_000), share=st.floats(0.02, 0.4), times=st.floats(0, HARD), after=st.booleans())
def test_taking_locations_from_one_side_makes_no_verdict(seed: int, share: float, times: float, after: bool):
    """The area loses up to three times its share of one side: the verdict is withheld, or was there before.

    The rows lost are those that the hard case gives back, so the true counts lie between it and the recorded.
    """
    at = int(after)
    for change in ALIKE:
        [(true, ground)] = made_areas(seed, 1, change, (0.0, 0.0))
        lost = share * ground.located[at]
        # its located share s, times over, is lost: a - s x times x lost = s x (all - lost)
        left = true.area[at] / (ground.located[at] - lost + times * lost)
        own = left * (ground.located[at] - lost)
        rest = true.rest[at] * (ground.located[at] - lost - own) / (ground.located[at] - true.area[at])
        counts = Counts(_with(true.area, at, own), _with(true.rest, at, rest))
        known = Ground(_with(ground.located, at, ground.located[at] - lost), _with((0.0, 0.0), at, lost))
        if survives(unlocated(counts, known), plain_verdict):
            assert plain_verdict(counts) == plain_verdict(true)


def _with(pair: tuple[float, float], at: int, value: float) -> tuple[float, float]:
    return (pair[0], value) if at else (value, pair[1])


@pytest.mark.parametrize("share", [0.02, 0.06, 0.12])
def test_a_steady_share_keeps_verdicts_but_for_those_near_the_line(share: float):
    made = [
        pair for seed, change in enumerate(ALIKE) for pair in made_areas(seed, 100, change, (share, share))
    ]
    table = kept_table({"steady": made}, plain_verdict).set_index("verdict")
    assert (table["kept"] * table["given"]).sum() > 0.95 * table["given"].sum()
    assert table.loc["fell more than elsewhere", "kept"] > 0.98
    for counts, ground in made:
        if not survives(unlocated(counts, ground), plain_verdict):
            assert len({plain_verdict(near) for near in _near(counts)}) > 1


def _near(counts: Counts) -> list[Counts]:
    """Return the counts with a tenth more and less in the comparison, of the area and of both."""
    (before, after), (rest_before, rest_after) = counts.area, counts.rest
    moved = [(1.0, 1.0), (0.9, 1.0), (1.1, 1.0), (0.9, 0.9), (1.1, 1.1)]
    return [Counts((before, after * own), (rest_before, rest_after * other)) for own, other in moved]


@pytest.mark.parametrize("shares", [(0.05, 0.20), (0.20, 0.05)])
def test_with_5_against_20_per_cent_verdicts_are_lost(shares: tuple[float, float]):
    same = kept_table({"same": made_areas(1, 300, 1.0, shares)}, plain_verdict)
    assert (same["kept"] * same["given"]).sum() < 0.1 * same["given"].sum()  # nothing had changed
    some = [pair for change in (0.75, 1.3) for pair in made_areas(2, 150, change, shares)]
    lost = kept_table({"some": some}, plain_verdict)
    assert (lost["kept"] * lost["given"]).sum() < 0.25 * lost["given"].sum()
    for counts, ground in some:  # and what stands is not what the loss made
        if survives(unlocated(counts, ground), plain_verdict):
            assert plain_verdict(counts) == plain_verdict(unlocated(counts, ground).of("spread"))


def test_the_table_keeps_the_order_it_is_given():
    made = {"b": made_areas(1, 5, 0.4, (0, 0)), "a": made_areas(1, 5, 0.4, (0, 0)), "none": []}
    table = kept_table(made, plain_verdict)
    assert list(dict.fromkeys(table["made"])) == ["b", "a"]
    assert (table["kept"] == 1).all() and table["given"].sum() == 10
    assert kept_table({}, plain_verdict).empty
