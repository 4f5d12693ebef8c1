"""Colours that must be told apart are told apart by who sees red, green or blue otherwise: computed, not looked at.

The distance is that of CAM02-UCS, in which 1 is about the least that is seen side by side (Luo, Cui and Li 2006), between
the colours as they are seen with each kind of colour blindness at its full strength (Machado, Oliveira and Fernandes 2009).
"""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from analysis.drawing import figure
from analysis.drawing.maps import palette
from analysis.topics.guarantee.show.quarter_figure import PARTS
from pages.frame.figures import DARK

EYES = (None, "protanomaly", "deuteranomaly", "tritanomaly")

APART = 10.0
"""Ten times the least that is seen: for colours by which alone something is told, beside its words in a legend."""

WITH_MORE = 7.0
"""For colours of things that are told by a pattern, a shape or a name on the line besides."""


def seen(colour: str, eyes: str | None) -> np.ndarray:
    """Return a colour as these eyes see it: red, green and blue from 0 to 1."""
    light = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    if eyes:
        light = cspace_convert(light, {"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}, "sRGB1")
    return np.clip(light, 0, 1)


def apart(one: str, other: str, eyes: str | None) -> float:
    return float(deltaE(seen(one, eyes), seen(other, eyes), input_space="sRGB1"))


FELL, ROSE, ELSE = figure.ACCENT, figure.PARTNER, figure.BASELINE

BY_COLOUR = {
    "fell, rose, everything else": combinations((FELL, ROSE, ELSE), 2),
    "the same in the dark": combinations((DARK[FELL], ROSE, ELSE), 2),
    "few to many, on maps": pairwise(palette.SEQUENTIAL),
    "few to many, in charts": pairwise(figure.SEQUENTIAL),
    "fell to rose": pairwise(palette.DIVERGING),
    "fell as far as rose": zip(palette.DIVERGING[:3], palette.DIVERGING[:-4:-1], strict=True),
    "high to low": pairwise(palette.HIGH_LOW),
    "as high as low": zip(palette.HIGH_LOW[:3], palette.HIGH_LOW[:-4:-1], strict=True),
    "positive outcomes, settled and so far": combinations(PARTS.values(), 2),
}

WITH_A_SECOND_SIGN = {
    "lines with their names": combinations(figure.CATEGORIES, 2),
    "lines with their names, in the dark": combinations(
        [DARK.get(each, each) for each in figure.CATEGORIES], 2
    ),
    "borders: whole, dashes, dots": combinations((palette.STANDS_OUT, palette.TREATED, palette.AROUND), 2),
    "new to never, with its words on pointing": pairwise(palette.EMERGING.values()),
}

CASES = [
    *((name, tuple(pairs), APART) for name, pairs in BY_COLOUR.items()),
    *((name, tuple(pairs), WITH_MORE) for name, pairs in WITH_A_SECOND_SIGN.items()),
]


@pytest.mark.parametrize("eyes", EYES, ids=lambda eyes: eyes or "most eyes")
@pytest.mark.parametrize(("name", "pairs", "least"), CASES, ids=[name for name, _, _ in CASES])
def test_colours_that_must_stay_apart_do(name, pairs, least, eyes):
    close = {(one, other): apart(one, other, eyes) for one, other in pairs if apart(one, other, eyes) < least}
    assert not close


def test_red_and_green_of_one_lightness_are_found_to_be_alike():
    # the check itself: what most eyes tell apart with ease, and these do not
    assert apart("#B4601E", "#6F7F1E", None) > 25
    assert apart("#B4601E", "#6F7F1E", "deuteranomaly") < APART
