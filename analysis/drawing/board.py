"""The board: places by crime types, each cell with its two years, its counts and whether it is more than ordinary ups and
downs; the sentence that stands over it, counted from its cells; and what stands beside it for a cell that is chosen.

Values only: the same board is drawn on a screen, and can be drawn on a slide.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from analysis.drawing.evidence.direction import direction_of
from analysis.drawing.maps.small import SmallMap
from analysis.model import english, formats
from analysis.model.areas import key_of
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import TOLD
from analysis.stats.thresholds import LEVEL

Standing = Literal["fell more", "rose more", "fell less", "rose less", "ordinary", "too few", "missing"]

WORDS: dict[Standing, str] = {
    "fell more": "fell more than similar places",
    "rose more": "rose more than similar places",
    "fell less": "fell less than similar places",
    "rose less": "rose less than similar places",
    "ordinary": "within ordinary ups and downs",
    "too few": "too few to say",
    "missing": "months missing",
}
"""What a standing is called where there is room for it."""

SHORT_WORDS: dict[Standing, str] = {
    "fell more": "fell more",
    "rose more": "rose more",
    "fell less": "fell less",
    "rose less": "rose less",
    "ordinary": "ordinary",
    "too few": "too few to say",
    "missing": "cannot be told",
}
"""The same in a cell."""

GLYPHS: dict[Standing, str] = {
    "fell more": "▼",
    "rose more": "▲",
    "fell less": "△",
    "rose less": "▽",
    "ordinary": "",
    "too few": "",
    "missing": "",
}

OF_VERDICT: dict[str, Standing] = {
    "fell more than similar places": "fell more",
    "rose more than similar places": "rose more",
    "fell less than similar places": "fell less",
    "rose less than similar places": "rose less",
}

SPOKEN = {
    "Criminal damage and arson": "criminal damage",
    "Violence and sexual offences": "violence",
}
"""Crime types as a chair would read them out; their whole names stand beside the rows."""

MOST_NAMED = 6
"""Changes named in the sentence; of more, only how many rose and fell in each place."""

CENTRE = " Town Centre"


def standing(row: Evidence) -> Standing:
    """Return whether a change is more than ordinary ups and downs, in one of seven words.

    The first four are the verdicts that tell it from similar places. "missing": a month, locations or an input that the
    comparison needs are not held.
    """
    verdict = row.verdict
    if verdict in TOLD:
        return OF_VERDICT[verdict]
    if not verdict or "missing" in verdict or direction_of(row) == "not known":
        return "missing"
    return "too few" if verdict.startswith("too few") else "ordinary"


@dataclass(frozen=True)
class Event:
    """Something at the beginning of a month (its position in the months in a row) that a reader must know of."""

    at: int
    month: str
    words: str


@dataclass(frozen=True)
class Column:
    """A place of the board; ``short`` is its name without what all of the places are.

    ``proposed`` says that its ground is a proposal and how far to trust it, empty where it is none.
    """

    key: str
    name: str
    short: str
    proposed: str = ""


@dataclass(frozen=True)
class Cell:
    """One change: counts of the months compared, its percentage as text (empty on a small base), and its standing.

    ``baseline`` and ``comparison`` are the months as lines on one scale (SVG paths).
    """

    area: str
    place: str
    crime_type: str
    counts: str
    percent: str
    standing: Standing
    rose: bool
    baseline: str = ""
    comparison: str = ""

    @property
    def key(self) -> str:
        """What the cell is called in a link: ``thornaby-town-centre~shoplifting``."""
        return cell_key(self.area, self.crime_type)

    @property
    def named(self) -> str:
        """The cell as a screen reader says it."""
        percent = f", {self.percent}" if self.percent else ""
        counts = self.counts.replace(" → ", " to ")
        return f"{self.place}, {self.crime_type.lower()}: {counts}{percent}, {WORDS[self.standing]}"


@dataclass(frozen=True, eq=False)
class Board:
    """Columns (places), rows (crime types) and their cells by row; ``sentence`` is what a chair could read out.

    ``rest`` says how many of the other changes are ordinary or cannot be told, ``compared`` which months are compared.
    """

    sentence: str
    rest: str
    compared: str
    columns: tuple[Column, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]

    @cached_property
    def by_key(self) -> dict[str, Cell]:
        """The cells by what they are called in a link."""
        return {cell.key: cell for line in self.cells for cell in line}

    @property
    def first(self) -> Cell:
        """The cell that is explained before one is chosen: the first that stands out, rises before falls.

        One of a proposed place only where no other stands out.
        """
        order = {"rose more": 0, "fell less": 1, "fell more": 2, "rose less": 3}
        proposed = {column.key for column in self.columns if column.proposed}
        return min(
            self.by_key.values(),
            key=lambda cell: (
                cell.standing not in order,
                cell.area in proposed,
                order.get(cell.standing, len(order)),
            ),
        )


@dataclass(frozen=True)
class Strip:
    """What similar places did: how far each ended from what was expected of it, the own place among them, and in words how
    many moved as far.

    Distances are in standard deviations, fewer recorded below 0; from -``reach`` to ``reach`` is ordinary.
    """

    title: str
    distances: tuple[float, ...]
    own: float
    reach: float
    note: str


@dataclass(frozen=True, eq=False)
class Reason:
    """What stands beside the board for one cell: in words, by month, among similar places, and where.

    ``months`` are the labels of the months in a row, ``counts`` what was recorded (NaN in a gap); the first
    ``baseline_months`` of them are the baseline. ``strip`` and ``where`` are the sentence why not where there is none.
    ``left_out`` are the places in the row of months whose partner a year apart is missing, so that they are not compared.
    ``inside`` names the single places of an area of several that are told by themselves, empty where none is.
    """

    title: str
    standing: Standing
    sentence: str
    months: tuple[str, ...]
    counts: tuple[float, ...]
    baseline_months: int
    events: tuple[Event, ...]
    strip: Strip | str
    where: SmallMap | str
    inside: str = ""
    left_out: tuple[int, ...] = ()


def cell_key(area_key: str, crime_type: str) -> str:
    """Return what a cell is called in a link."""
    return f"{area_key}~{key_of(crime_type)}"


def counts_of(row: Evidence) -> str:
    """Return ``124 → 114``; a missing side is an en dash."""
    return f"{formats.number(row.baseline_incidents)} → {formats.number(row.comparison_incidents)}"


def percent_of(row: Evidence, *, show_small: bool) -> str:
    """Return the change in per cent, nothing where it is missing or rests on a small base (unless ``show_small``)."""
    if not math.isfinite(row.percent_change) or (row.small_base and not show_small):
        return ""
    return formats.percent(row.percent_change)


def short_names(names: Sequence[str]) -> dict[str, str]:
    """Return each place by the name that tells it from the others: without “Town Centre” where all are one."""
    all_centres = all(name.endswith(CENTRE) for name in names)
    return {name: name.removesuffix(CENTRE) if all_centres else name for name in names}


def spoken(crime_type: str) -> str:
    """Return a crime type as it is read out."""
    return SPOKEN.get(crime_type, crime_type[:1].lower() + crime_type[1:])


def board_sentence(cells: Sequence[Cell], names: dict[str, str]) -> str:
    """Return the sentence over the board, counted from its cells; rises are named before falls.

    ``names`` are the places as they are called in it. More than `MOST_NAMED` changes are counted by place.
    """
    out = [cell for cell in cells if cell.standing in OF_VERDICT.values()]
    judged = [cell for cell in cells if cell.standing not in ("too few", "missing")]
    total = english.counted(len(cells), "change")
    if not judged:
        return f"Not one of {total} can be told from ordinary ups and downs: too little is recorded, or held."
    if not out:
        return f"Not one of {total} is more than ordinary ups and downs."
    lead = (
        f"{formats.number(len(out))} of {total} {english.is_are(len(out))} more than ordinary ups and downs"
    )
    if len(out) > MOST_NAMED:
        return f"{lead}. {english.listed(_counted(out, names))}."
    groups = _named(out, names)
    if len(groups) == 1:
        return f"{lead}: {groups[0]}."
    return f"{lead}. {' '.join(f'{formats.capital(group)}.' for group in groups)}"


def rest_sentence(cells: Sequence[Cell]) -> str:
    """Return how many of the cells are ordinary, of how many nothing can be told, and how many would be told by chance."""
    count = {word: sum(cell.standing == word for cell in cells) for word in WORDS}
    parts = []
    if count["ordinary"]:
        parts.append(f"{formats.number(count['ordinary'])} {english.is_are(count['ordinary'])} ordinary")
    if count["too few"]:
        parts.append(f"{formats.number(count['too few'])} {english.is_are(count['too few'])} too few to say")
    if count["missing"]:
        lack = "lacks" if count["missing"] == 1 else "lack"
        parts.append(f"{formats.number(count['missing'])} {lack} months, locations or inputs")
    said = [f"{formats.capital('; '.join(parts))}."] if parts else []
    judged = len(cells) - count["too few"] - count["missing"]
    if judged * LEVEL >= 0.5:
        said.append(
            f"Chance alone makes about {formats.number(judged * LEVEL)} of {formats.number(judged)} stand out."
        )
    return " ".join(said)


def _named(out: Sequence[Cell], names: dict[str, str]) -> list[str]:
    groups: dict[tuple[Standing, str], list[str]] = {}
    for cell in sorted(out, key=lambda cell: not cell.rose):
        groups.setdefault((cell.standing, cell.place), []).append(spoken(cell.crime_type))
    return [
        f"{english.listed(types)} in {names[place]}, {_way(types, standing)}"
        for (standing, place), types in groups.items()
    ]


def _way(types: Sequence[str], standing: Standing) -> str:
    if standing in ("fell less", "rose less"):
        return f"which {standing} than elsewhere"
    both = {1: "", 2: "both "}.get(len(types), "all ")
    return f"{both}{'up' if standing == 'rose more' else 'down'}"


def _counted(out: Sequence[Cell], names: dict[str, str]) -> Iterable[str]:
    words = {"rose more": "up", "fell more": "down", "fell less": "fell less", "rose less": "rose less"}
    for place in dict.fromkeys(cell.place for cell in out):
        mine = [cell.standing for cell in out if cell.place == place]
        ways = [f"{formats.number(mine.count(each))} {way}" for each, way in words.items() if each in mine]
        yield f"{names[place]} ({', '.join(ways)})"
