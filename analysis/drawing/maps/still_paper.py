"""The sheet that a still is drawn on: its letters, its inks, and text that is measured before it is placed.

Everything is set here and nothing taken from matplotlib's settings, which are one for all threads of a server.
Sizes are in points, of which a picture is 1,000 wide whatever its pixels; places are in pixels from the lower left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from analysis.drawing import encoded
from analysis.drawing.maps.palette import Look, rgb

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.legend import Legend
    from matplotlib.text import Text

POINTS = 1000
"""Points across a picture: the width for which `analysis.drawing.maps.shown` states sizes."""

BIG = 100
"""Points at which letters are measured."""

MOST_LETTERS = 2_000
"""Letters whose measures are kept: those of all our own words are under 200, and names may have any."""

MOST_LINES = 4_000
"""Lines whose widths are kept: where words are broken each is measured many times, on a map and on the next."""

FAMILY = "DejaVu Sans"
"""It comes with matplotlib, so that a picture is the same on every machine."""

BOX = "□"
"""Drawn for a letter that the font lacks, as its own box for it would be; the library warns of each of those."""

SLACK = 1.02
"""Letters of small sizes are fitted to pixels, and may be a little wider for it than their outlines."""

SHARES = tuple(share / 20 for share in range(10, 21))
"""Shares of the room for a line that are tried, narrowest first."""

HATCHES = ("////", "\\\\\\\\", "xxxx")
"""Hatched classes of one map lean to different sides, because their greys are hard to tell apart."""


class Paper:
    """A figure of so many pixels across, with the inks of a look. Its height is set when all is known.

    ``letter`` is the size of the words beside the map, in points; names on it have the look's own.
    """

    def __init__(self, look: Look, width: int, letter: int) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
        from matplotlib.transforms import IdentityTransform

        self.pixels = IdentityTransform()
        self.look, self.width, self.point, self.letter = look, width, width / POINTS, letter
        self.figure: Figure = Figure(dpi=72 * self.point, facecolor=look.halo)
        self.resize(width * 9 / 16)
        canvas: Any = FigureCanvasAgg(self.figure)  # matplotlib gives the types of half of its methods
        self._renderer = canvas.get_renderer()

    def resize(self, height: float) -> None:
        """Make the picture so many whole pixels high."""
        # a thousandth of a pixel more, because what is lost in dividing by dpi would cost a whole one
        across, up = ((round(side) + 0.001) / self.figure.dpi for side in (self.width, height))
        self.figure.set_size_inches(across, up)

    def font(self, factor: float, *, bold: bool = False) -> FontProperties:
        """Return letters of so many times the size of the words beside the map."""
        return self.letters(factor * self.letter, bold=bold)

    def letters(self, points: float, *, bold: bool = False) -> FontProperties:
        """Return letters of so many points."""
        from matplotlib.font_manager import FontProperties

        return FontProperties(family=FAMILY, size=points, weight="bold" if bold else "normal")

    def size_of(self, text: str, font: FontProperties) -> tuple[float, float]:
        """Return width and height in pixels of one line."""
        across, up, _ = self._renderer.get_text_width_height_descent(text, font, False)
        return across, up

    def wrap(self, text: str, font: FontProperties, width: float) -> str:
        """Return the text with line feeds such that no line is wider than so many pixels, and none much shorter.

        A last line of one word looks like a slip: lines are made as narrow as they can be in the same number.
        """
        text = drawable(text)
        ems = width / (font.get_size_in_points() * self.point) / SLACK
        bold = font.get_weight() == "bold"
        lines = wrapped(text, lambda line: width_of(line, bold) <= ems)
        if len(lines) > 1:
            tried = (
                wrapped(text, lambda line, share=share: width_of(line, bold) <= share * ems)  # type: ignore[misc]
                for share in SHARES
            )
            lines = next(each for each in tried if len(each) <= len(lines))
        return "\n".join(lines)

    def write(self, *blocks: tuple[str, FontProperties, float, str]) -> list[Text]:
        """Put blocks of words on the sheet (words, letters, widest in pixels, ink), not yet placed; no empty ones."""
        return [
            self.figure.text(
                0,
                0,
                self.wrap(words, font, widest),
                fontproperties=font,
                color=ink,
                va="top",
                ha="left",
                linespacing=1.25,
                parse_math=False,  # two dollar signs in a title are money
                transform=self.pixels,
            )
            for words, font, widest, ink in blocks
            if words.strip()
        ]

    def extent_of(self, artist: Text | Legend) -> tuple[float, float]:
        """Return width and height in pixels of what is written."""
        box = artist.get_window_extent(self._renderer)
        return float(box.width), float(box.height)

    def height_of(self, blocks: Iterable[Text], gap: float) -> float:
        """Return how many pixels high blocks of words are, one under the other with a gap under each."""
        return sum(self.extent_of(block)[1] + gap for block in blocks)

    def place(self, blocks: Iterable[Text], left: float, top: float, gap: float) -> None:
        """Place blocks of words one under the other, with a gap under each, from an upper left corner."""
        for block in blocks:
            block.set_position((left, top))
            top -= self.extent_of(block)[1] + gap

    @property
    def quiet(self) -> str:
        """The ink of what stands under a map: softer than a title's, and still easy to read."""
        return mixed(self.look.ink, self.look.halo, 0.28)


@lru_cache(maxsize=MOST_LINES)
def width_of(line: str, bold: bool) -> float:
    """Return how wide a line is, in sizes of its letters. They are added up: measuring each line takes seconds."""
    return sum(_advance(letter, bold) for letter in line)


def drawable(text: str) -> str:
    """Return the text with a box for each letter that the font lacks, and without what no font draws."""
    return "".join(each if each.isspace() or _has(each) else BOX for each in encoded.picture_text(text))


@lru_cache(maxsize=MOST_LETTERS)
def _has(letter: str) -> bool:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    # the bold face has fewer letters than the plain one, and either may be drawn
    faces = (
        get_font(findfont(FontProperties(family=FAMILY, weight=weight))) for weight in ("normal", "bold")
    )
    return all(face.get_char_index(ord(letter)) for face in faces)


@lru_cache(maxsize=MOST_LETTERS)
def _advance(letter: str, bold: bool) -> float:
    """Return how far a letter moves the pen, as a share of its size."""
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.ft2font import LoadFlags

    font = get_font(findfont(FontProperties(family=FAMILY, weight="bold" if bold else "normal")))
    font.set_size(BIG, 72)
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / BIG


def wrapped(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return the words of a text in lines that fit; a word too long for a line of its own is broken.

    White space of any kind parts words. A single letter that does not fit stands on its own line all the same.
    """
    lines, line = [], ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if fits(longer):
            line = longer
            continue
        if line:
            lines.append(line)
        rest = word
        while not fits(rest) and len(rest) > 1:
            cut = _start_that_fits(rest, fits)
            lines.append(rest[:cut])
            rest = rest[cut:]
        line = rest
    return [*lines, line] if line else lines


def _start_that_fits(word: str, fits: Callable[[str], bool]) -> int:
    """Return how many letters of a word fit, at least 1. Halved rather than counted: a link can be very long."""
    few, many = 1, len(word)
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (middle, many) if fits(word[:middle]) else (few, middle)
    return few


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour with so large a share of another in it: 0 is the first, 1 the other."""
    pairs = zip(rgb(colour)[:3], rgb(other)[:3], strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02X}" for one, two in pairs)


def against(colour: str, look: Look) -> str:
    """Return that of the look's two inks, letters and what sets them off, from which a colour differs more.

    A black outline needs a white edge on a dark map too, where letters are set off by black.
    """
    return max((look.halo, look.ink), key=lambda ink: abs(_brightness(ink) - _brightness(colour)))


def _brightness(colour: str) -> float:
    """Return how bright a colour looks, 0 to 255: the weights of ITU-R BT.601."""
    red, green, blue, _ = rgb(colour)
    return 0.299 * red + 0.587 * green + 0.114 * blue
