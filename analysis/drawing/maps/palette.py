"""The colours of maps: classes of ground, and the ground itself in each of the looks a reader can have.

Sequential and paired colours are the Government Analysis Function's; those of high and low places are Esri's for
Gi* (red, white, blue: told apart under every common colour blindness). A colour never stands alone: a class has its
words in the legend, an outline a pattern, a mark a shape.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

SEQUENTIAL = ("#DCEAF7", "#A9CFEF", "#6BACE6", "#2073BC", "#12436D")
"""Few to many: the function's sequential blue with two tints below it."""

DIVERGING = ("#12436D", "#2073BC", "#A9CFEF", "#F2F2F2", "#FBC9A6", "#F46A25", "#A33C05")
"""Fell much to rose much, round no change: blue for fewer and orange for more, never green."""

HIGH_LOW = ("#D62F27", "#ED7551", "#FAB984", "#F7F7F2", "#C0CCBE", "#849EBA", "#4575B5")
"""High at 99, 95 and 90%, not marked, low at 90, 95 and 99%: Esri's colours for Gi*."""

EMERGING = {
    "new": "#D62F27",
    "consecutive": "#9E1B32",
    "intensifying": "#67001F",
    "persistent": "#ED7551",
    "diminishing": "#FAB984",
    "sporadic": "#F3D9B1",
    "historical": "#8E6BB5",
    "past": "#C9BBDD",
    "never": "#F7F7F2",
}

NONE = "#F7F7F2"
"""No incident was recorded: a fill of its own, so that it is not taken for ground without a figure."""

HATCH = "#8A949E"
"""The stripes of ground of which nothing can be said (not published, too few)."""

STANDS_OUT, TREATED, AROUND, HALO = "#16191D", "#801650", "#0B6B62", "#FFFFFF"
"""Borders of ground whose change stands out (whole), of areas under review (dashes) and of other areas and rings
(dots); each is drawn over a white line, so that it reads on light and on dark ground."""

PICKED, PICKED_HALO = "#FFDD00", "#16191D"
"""The border of ground that the reader chose on the map: GOV.UK's colours of what is in focus, yellow on black."""

MARKS = ("#F46A25", "#12436D", "#28A197", "#801650")
"""At most four kinds of mark on a map, each with a shape of its own too."""

PARTNER_MARK, PLANNED_MARK = "#F46A25", "#3D3D3D"
"""Patrol hours received, and planned."""

MARK_COLOURS = tuple(dict.fromkeys((*MARKS, PARTNER_MARK, PLANNED_MARK)))
"""Every colour that a mark can have: the picture of marks holds each shape in each of them."""


@dataclass(frozen=True)
class Look:
    """The colours of everything but the classes, and the sizes of lines and letters.

    ``outside`` is beyond the districts held, ``land`` ground without a class, ``border`` lines between units,
    ``district`` lines between districts, ``ink`` letters and ``halo`` what sets them off. ``letter`` is the size of
    a name in pixels, ``line`` a factor on every line's width.
    """

    name: str
    outside: str
    land: str
    border: str
    district: str
    ink: str
    halo: str
    letter: int = 14
    line: float = 1.0

    def enlarged(self, by: float) -> Look:
        """Return the same with letters and lines so many times as large."""
        return replace(self, letter=round(by * self.letter), line=by * self.line)


LIGHT = Look("light", "#E3EAF0", "#FFFFFF", "#FFFFFF", "#5A636B", "#16191D", "#FFFFFF")
DARK = Look("dark", "#0B0E12", "#20272F", "#11151A", "#AEB6BF", "#F1F3F5", "#11151A")
PROJECTOR = Look("projector", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#16191D", "#000000", "#FFFFFF", 21, 1.8)
PROJECTOR_DARK = Look(
    "projector-dark", "#000000", "#20272F", "#000000", "#FFFFFF", "#FFFFFF", "#000000", 21, 1.8
)


def look(*, dark: bool = False, projector: bool = False) -> Look:
    """Return the look of a theme, and of a projector: letters half as large again, thicker lines, no tints outside."""
    if projector:
        return PROJECTOR_DARK if dark else PROJECTOR
    return DARK if dark else LIGHT


def rgb(colour: str, alpha: int = 255) -> list[int]:
    """Return ``#12436D`` as red, green, blue and alpha, each 0 to 255."""
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)] + [alpha]
