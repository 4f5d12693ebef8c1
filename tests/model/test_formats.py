"""A number is written one way."""

from __future__ import annotations

import pytest

from analysis.model import formats


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (formats.number(1234567), "1,234,567"),
        (formats.number(2.5), "3"),
        (formats.number(-2.5), "−3"),
        (formats.number(float("nan")), "–"),
        (formats.number(float("inf")), "–"),
        (formats.signed(0), "0"),
        (formats.signed(-15), "−15"),
        (formats.signed(32), "+32"),
        (formats.signed(-0.4), "0"),
        (formats.percent(-11.19), "−11%"),
        (formats.percent(350), "+350%"),
        (formats.percent(-0.5), "−1%"),
        (formats.share(0.456), "46%"),
        (formats.share(0), "0%"),
        (formats.share(0.0049), "under 1%"),
        (formats.share(0.005), "1%"),
        (formats.share(0.9949), "99%"),
        (formats.share(0.995), "over 99%"),
        (formats.share(1), "100%"),
        (formats.share(0, 1), "0.0%"),
        (formats.share(0.0004, 1), "under 0.1%"),
        (formats.share(0.9996, 1), "over 99.9%"),
        (formats.share(sum([0.1] * 10)), "100%"),  # 0.9999999999999999
        (formats.share(float("nan")), "–"),
        (formats.ratio(0.4345), "0.43"),
        (formats.interval(0.2, float("nan")), "–"),
        (formats.pounds(135633), "£135,633"),
    ],
)
def test_a_number_is_written_one_way(text, shown):
    assert text == shown
