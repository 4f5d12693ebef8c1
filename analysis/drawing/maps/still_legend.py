"""The legend of a still, from the same values as that of the deck; and how each key is drawn, here and on the map."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from analysis.drawing.maps.palette import Look
from analysis.drawing.maps.shown import Key, Mark, Shown
from analysis.drawing.maps.still_paper import HATCHES, Paper, against, mixed

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.legend import Legend
    from matplotlib.path import Path

LINE = 1.8
"""Points of an outline's width, times the look's own factor."""

HALO = 1.3
"""Points by which a halo shows on either side of a line."""

DASHES, DOTS = (0, (2.6, 1.5)), (0, (0.9, 1.1))
"""Stroke and space of a dashed outline, in widths of it."""

WIDEST = 0.27
"""Share of the picture's width that the words of a legend take at most; longer ones wrap."""


def hatches_of(shown: Shown) -> dict[Key, str]:
    """Return the hatching of each hatched key, in the order of the legend."""
    hatched = dict.fromkeys(key for _, keys in shown.legend for key in keys if key.mark == "hatch")
    return {key: HATCHES[at % len(HATCHES)] for at, key in enumerate(hatched)}


def face_of(key: Key, look: Look) -> str:
    """Return the colour that a class is filled with: hatched ground is blank between its lines, as on the screen."""
    return look.land if key.mark == "hatch" else key.colour


def strokes_of(mark: Mark) -> Any:
    """Return the pattern of an outline as matplotlib takes it."""
    return {"dashes": DASHES, "dots": DOTS}.get(mark, "solid")


_ACROSS: dict[Mark, float] = {
    "circle": 1.0,
    "diamond": math.sqrt(math.pi / 2),
    "square": math.sqrt(math.pi) / 2,
    "triangle": math.sqrt(math.pi / 2),
}
"""How broad each shape is for the area of a circle one across: a count is one area, whatever its kind."""


@cache
def mark_path(mark: Mark) -> Path:
    """Return the shape of a mark centred on its own middle, of the area of a circle one across, as on the screen."""
    from matplotlib.markers import MarkerStyle
    from matplotlib.transforms import Affine2D

    style = MarkerStyle({"circle": "o", "diamond": "D", "square": "s", "triangle": "^"}[mark])
    drawn = style.get_path().transformed(style.get_transform())
    box = drawn.get_extents()
    middle = (-(box.x0 + box.x1) / 2, -(box.y0 + box.y1) / 2)
    return drawn.transformed(Affine2D().translate(*middle).scale(_ACROSS[mark] / box.width))


def build_legend(shown: Shown, paper: Paper) -> list[Legend]:
    """Return one legend a heading, in the order of ``shown.legend``, on the sheet and not yet placed."""
    hatches = hatches_of(shown)
    return [_part(heading, keys, hatches, paper) for heading, keys in shown.legend if keys]


def _part(heading: str, keys: Iterable[Key], hatches: Mapping[Key, str], paper: Paper) -> Legend:
    from matplotlib.legend import Legend
    from matplotlib.transforms import IdentityTransform

    font, bold = paper.font(0.9), paper.font(0.9, bold=True)
    sample = _Sample.of(paper)
    room = WIDEST * paper.width
    part = Legend(
        paper.figure,
        [_drawn(key, hatches.get(key), paper.look, sample) for key in keys],
        [paper.wrap(key.label, font, room - sample.room * paper.point) for key in keys],
        title=paper.wrap(heading, bold, room),
        prop=font,
        title_fontproperties=bold,
        labelcolor=paper.look.ink,
        alignment="left",
        loc="upper left",
        bbox_to_anchor=(0, 0),
        bbox_transform=IdentityTransform(),
        frameon=False,
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.42,
        handlelength=sample.across,
        handleheight=0.8,
        handletextpad=sample.space,
        numpoints=1,
    )
    part.get_title().set_color(paper.look.ink)
    for text in (part.get_title(), *part.get_texts()):
        text.set_parse_math(False)
        text.set_linespacing(1.15)
    paper.figure.add_artist(part)
    return part


@dataclass(frozen=True)
class _Sample:
    """A key's sample: ``across`` and ``space`` beside it in sizes of a letter, ``letter`` that size in points."""

    letter: float
    across: float = 1.9
    space: float = 0.7

    @classmethod
    def of(cls, paper: Paper) -> _Sample:
        return cls(paper.font(0.9).get_size_in_points())

    @property
    def room(self) -> float:
        return (self.across + self.space) * self.letter


def _drawn(key: Key, hatch: str | None, look: Look, sample: _Sample) -> Artist:
    """Return a key's sample; its edge shows a white class on white paper too."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    if key.mark in ("fill", "hatch"):
        return Patch(
            facecolor=face_of(key, look),
            edgecolor=mixed(look.halo, look.ink, 0.4),
            linewidth=0.6,
            hatch=hatch,
            hatchcolor=key.colour,
            hatch_linewidth=look.line,
        )
    if key.mark in ("line", "dashes", "dots"):
        return Line2D([], [], color=key.colour, path_effects=_haloed(key, look), **_stroke(key.mark, look))
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=mark_path(key.mark),
        markersize=sample.letter * 0.95,
        markerfacecolor=key.colour,
        markeredgecolor=against(key.colour, look),
        markeredgewidth=0.8 * look.line,
    )


def _stroke(mark: Mark, look: Look) -> dict[str, Any]:
    return {
        "linewidth": LINE * look.line,
        "linestyle": strokes_of(mark),
        "solid_capstyle": "butt",
        "dash_capstyle": "butt",
    }


def _haloed(key: Key, look: Look) -> list[Any]:
    from matplotlib.patheffects import Normal, Stroke

    whole = {"dash_offset": 0, "dash_list": None}  # the halo of a dashed line is not dashed
    width = LINE * look.line + 2 * HALO
    return [Stroke(linewidth=width, foreground=against(key.colour, look), dashes=whole), Normal()]
