"""What a link says: the shared filters as text and back, whatever was imported since the link was made.

Every value whose default depends on what is held is written out, so a link shows the same view after another month or
force was imported. What a link names and the store does not hold is told apart, never guessed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from analysis.model.areas import Area, key_of
from analysis.model.english import counted, listed, plural
from analysis.model.errors import AreaError
from analysis.model.old_types import left_out, types_of_months, types_of_periods, types_to_choose
from analysis.model.periods import Period, check_held, check_pair, month_label
from analysis.model.selection import Selection

MONTHS = ("baseline_from", "baseline_to", "comparison_from", "comparison_to")
"""The four ends of the two periods, by their names in a link."""

MONTH_LABELS = dict(
    zip(MONTHS, ("Baseline from", "Baseline to", "Comparison from", "Comparison to"), strict=True)
)

MOST_NAMED_AREAS = 3
"""So many areas are named in a line; more are counted."""

SHARED = (
    "force",
    "area",
    "proposed",
    "crime",
    *MONTHS,
    "like_for_like",
    "small_bases",
    "meeting",
    "projector",  # of links of before: read, and taken out of the address
    "own",
    "own_name",
    "held",
)
"""What a link carries from page to page, by its names there."""

Values = Mapping[str, Sequence[str]]
"""A link's values by name; a name without a value stands for an empty choice."""


@dataclass(frozen=True)
class Choices:
    """The shared filters as they were set, not yet held to be possible: see `selected`.

    ``months`` are the four ends in the order of `MONTHS`; ``own_units`` are codes of the reader's own area. ``proposed`` puts the
    proposed centres on the board beside the areas, while all areas that a page opens with are chosen. ``meeting`` shows a
    screen at a time, for the room.
    """

    areas: tuple[str, ...]
    crime_types: tuple[str, ...]
    months: tuple[pd.Period, ...]
    like_for_like: bool = True
    small_bases: bool = False
    own_units: tuple[str, ...] = ()
    own_name: str = ""
    meeting: bool = False
    proposed: bool = False


@dataclass(frozen=True)
class Offered:
    """What can be chosen of one force: areas and units of ground by key with their names, and the months held.

    ``noun`` is what its areas are called: town centre, or district. ``proposed`` are the keys of its proposed centres.
    ``filed`` are the names in the files of areas that the office calls otherwise, by key: links of before bear them.
    """

    force: str
    force_name: str
    areas: Mapping[str, str]
    ground: Mapping[str, str]
    span: Period
    opens_with: Choices
    noun: str = "town centre"
    proposed: tuple[str, ...] = ()
    filed: Mapping[str, str] = field(default_factory=dict)

    @property
    def types(self) -> tuple[str, ...]:
        """The crime types that some months of the force have; which can be chosen depends on the months chosen."""
        return types_of_months(self.span.first)

    def proposed_beside(self, choices: Choices) -> tuple[str, ...]:
        """Return the proposed centres that stand on the board: all or, where a reader chose among the areas, none."""
        whole = set(self.opens_with.areas) <= set(choices.areas)
        return self.proposed if choices.proposed and whole else ()


@dataclass(frozen=True)
class Reading:
    """What a link gave: the choices, what it named that is not held (label and words), and what was imported since."""

    choices: Choices
    unheld: tuple[tuple[str, str], ...] = ()
    later: Period | None = None


def force_meant(wanted: str, names: Mapping[str, str]) -> str:
    """Return the key of the force held that a link names by key, by name, or by its key in words; empty for none.

    Links of before forces had their own names call Northumbria Police “Northumbria”.
    """
    return next((key for key, name in names.items() if wanted in (key, name) or key_of(wanted) == key), "")


def linked_force(values: Values, names: Mapping[str, str], areas: Mapping[str, Collection[str]]) -> str:
    """Return the force that a link means, by key: the one it names or, in a link without one, whose areas it names.

    ``names`` are the forces held, the first of which a link without either opens; ``areas`` the names of each one's areas,
    which only a link that names areas and no force needs.
    """
    for wanted in values.get("force", ()):
        if meant := force_meant(wanted, names):
            return meant
    wanted_areas = set(values.get("area", ()))
    return next((key for key in names if wanted_areas & set(areas.get(key, ()))), next(iter(names)))


def read_link(values: Values, offered: Offered) -> Reading:
    """Return what a link says of a force. What it leaves out is as the force opens with.

    Areas, crime types and units may be named or given by key. Where nothing of what it names is held, the page opens
    with its own; an empty choice stays empty.
    """
    opens = offered.opens_with
    unheld: list[tuple[str, str]] = []

    def several(
        name: str, label: str, known: Mapping[str, str], otherwise: tuple[str, ...]
    ) -> tuple[str, ...]:
        if name not in values:
            return otherwise
        filed = {text: key for key, text in offered.filed.items()} if name == "area" else {}
        by_name = filed | {text: key for key, text in known.items()} | {key: key for key in known}
        wanted = [each for each in values[name] if each]
        unheld.extend((label, each) for each in wanted if each not in by_name)
        chosen = {by_name[each] for each in wanted if each in by_name}
        return tuple(key for key in known if key in chosen) if chosen or not wanted else otherwise

    months, span = [], {month_label(month): month for month in offered.span.months}
    for name, otherwise in zip(MONTHS, opens.months, strict=True):
        label = _last(values, name) or month_label(otherwise)
        if label not in span:
            unheld.append((MONTH_LABELS[name], label))
        months.append(span.get(label))
    choices = Choices(
        several("area", offered.noun, offered.areas, opens.areas),
        several("crime", "crime types", {each: each for each in offered.types}, opens.crime_types),
        # half of a pair that is not held is no pair
        opens.months if None in months else tuple(months),
        _last(values, "like_for_like") != "false",
        _last(values, "small_bases") == "true",
        several("own", "own area", offered.ground, ()),
        _last(values, "own_name"),
        # maps for a projector were what there was for a room before the meeting view
        _last(values, "meeting") == "true" or _last(values, "projector") == "true",
        # a link of before proposals names its areas and none of these: it keeps the board that it was made of
        _last(values, "proposed") == "true" if "area" in values else opens.proposed,
    )
    return Reading(choices, tuple(unheld), _later(_last(values, "held"), offered.span))


def write_link(choices: Choices, offered: Offered) -> dict[str, list[str]]:
    """Return the link of these choices: what depends on what is held always, the rest where it is not the default."""
    written = {
        "force": [offered.force_name],
        "area": [offered.areas[key] for key in choices.areas] or [""],
        "proposed": ["true"] if choices.proposed and offered.proposed else [],
        "crime": list(choices.crime_types) or [""],
        **{name: [month_label(month)] for name, month in zip(MONTHS, choices.months, strict=True)},
        "like_for_like": [] if choices.like_for_like else ["false"],
        "small_bases": ["true"] if choices.small_bases else [],
        "meeting": ["true"] if choices.meeting else [],
        "own": list(choices.own_units),
        "own_name": [choices.own_name] if choices.own_units and choices.own_name else [],
        "held": [month_label(offered.span.last)],
    }
    return {name: texts for name, texts in written.items() if texts}


def selected(choices: Choices, offered: Offered, own: Area | None) -> Selection:
    """Return the selection that choices make.

    Raises AreaError where no area or no crime type is chosen, PeriodError where the months are no two periods or, like
    for like, cannot be compared.
    """
    areas = (*(key for key in offered.areas if key in choices.areas), *([own.key] if own else []))
    if not areas:
        raise AreaError(f"No {offered.noun} is chosen. Choose one or more under “Change”.")
    first, last, later_first, later_last = choices.months
    baseline, comparison = Period(first, last), Period(later_first, later_last)
    crime_types = tuple(
        each for each in types_of_periods(baseline, comparison) if each in choices.crime_types
    )
    if not crime_types:
        raise AreaError("No crime type is chosen. Choose one or more under “Change”.")
    if choices.like_for_like and baseline != comparison:  # under thirteen months one stands for both
        check_pair(baseline, comparison)
    check_held(baseline, offered.span)
    check_held(comparison, offered.span)
    return Selection(
        offered.force,
        areas,
        crime_types,
        baseline,
        comparison,
        choices.like_for_like,
        choices.small_bases,
        own,
        offered.proposed_beside(choices),
    )


def without_ended(choices: Choices, offered: Offered) -> tuple[Choices, str]:
    """Return the choices without crime types that ended before a month of them, and the sentence that says so.

    Where none is left, they are those that the force opens with. The sentence is empty where nothing is left out.
    """
    known = types_to_choose(choices.months)
    ended = [each for each in choices.crime_types if each not in known]
    if not ended:
        return choices, ""
    rest = tuple(each for each in choices.crime_types if each in known)
    words = left_out(ended)
    if not rest:
        rest, words = offered.opens_with.crime_types, f"{words} The page shows the types that it opens with."
    return replace(choices, crime_types=rest), words


def areas_in_short(names: Sequence[str], noun: str) -> str:
    """Return ``Billingham and Thornaby town centres``, the areas by name where they are few, else ``24 districts``."""
    if len(names) > MOST_NAMED_AREAS:
        return counted(len(names), noun)
    ending = f" {noun}"
    if len(names) > 1 and all(name.lower().endswith(ending) for name in names):
        return f"{listed(name[: -len(ending)] for name in names)} {plural(len(names), noun)}"
    return listed(names)


def carried_over(choices: Choices, offered: Offered) -> Choices:
    """Return what stays of choices when another force is chosen: neither areas nor months that it does not hold."""
    held = all(month in offered.span for month in choices.months)
    return replace(
        choices,
        areas=offered.opens_with.areas,
        proposed=offered.opens_with.proposed,
        months=choices.months if held else offered.opens_with.months,
        own_units=(),
        own_name="",
    )


def _last(values: Values, name: str) -> str:
    return (list(values.get(name, ())) or [""])[-1]


def _later(held: str, span: Period) -> Period | None:
    """Return the months that were imported since the month named was the last one held."""
    month = {month_label(each): each for each in span.months}.get(held)
    return Period(month + 1, span.last) if month is not None and month < span.last else None
