"""Maps as pictures for a slide, where finding, legend and source stand beside them in letters that can be edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING

from analysis.drawing.maps.palette import look
from analysis.drawing.maps.shown import Key, Shown
from analysis.drawing.maps.still import still
from analysis.model.land import Land
from data.exports.pictures import png_bytes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 1600
"""Pixels of a picture's width: twice those of a projector that shows it beside words."""

LETTERS = (1.6, 1.3)
"""Times the letters of the projector's look: on a slide a map takes two thirds of the width.

The smaller ones are taken where with the larger ones a place of the map's own finds no room for its name.
"""


class _Bare(Shown):
    """A map without its legend: on a slide it stands beside, in letters that can be read and edited."""

    @property
    def legend(self) -> tuple[tuple[str, tuple[Key, ...]], ...]:
        """No entry."""
        return ()

    def opens_on_part_of(self, ground: Iterable[str]) -> bool:
        """Say nothing under the picture: the slide's notes do."""
        return False


def bare_map_png(shown: Shown, land: Land, shape: float) -> bytes:
    """Return a map as PNG for a box of this shape. Finding, statistic and what it leaves out stand on the slide and in its notes."""
    bare = _Bare(
        **{each.name: getattr(shown, each.name) for each in fields(shown)}
        | {"title": "", "subtitle": "", "caveat": ""}
    )
    pictures = []
    for letters in LETTERS:
        pictures.append(
            still(
                bare,
                land.outlines,
                look(projector=True).enlarged(letters),
                districts=land.districts,
                approximate=land.approximate,
                width=WIDTH,
            )
        )
        if _named(pictures[-1]) == sum(name.first for name in shown.names):
            break
    return png_bytes(max(pictures, key=_named))


def _named(picture: Figure) -> int:
    """Return how many places of the map's own have their names in a picture: these alone are bold."""
    words = (each for axes in picture.axes for each in axes.texts if each.get_gid() == "name")
    return sum(each.get_fontproperties().get_weight() == "bold" for each in words)
