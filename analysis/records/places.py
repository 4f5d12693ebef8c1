"""Places that records name, beside those that the dashboard knows: which are unknown, and what may have been meant.

A name that is spelled otherwise is a place of its own to every count: the patrols of “Stokton Town Center” would
stand beside no ground, and nobody would see why. So it is asked about before the records are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import pandas as pd

from analysis.model.areas import key_of
from analysis.model.english import agree, counted, listed
from analysis.records.contract import RecordColumn, RecordKind
from analysis.records.tidying.cells import shown

MOST_SUGGESTIONS = 3
NEAR = 0.6
"""Likeness (2 x letters in common over letters in both) from which a known name is suggested; difflib's own cut."""
NEARLY = 0.8
"""Likeness from which a place in words of one's own is taken for a known one misspelt: two letters of eight."""

_GENERIC = re.compile(
    r"\b(?:town|city|district|village)?-?(?:centre|center|hotspot|area|location)s?\b|\bthe\b"
)


@dataclass(frozen=True)
class UnknownPlace:
    """A name that no known place bears: its column's heading, the rows with it, and the nearest known names."""

    heading: str
    name: str
    rows: int
    suggestions: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """Ask what was meant, in a sentence."""
        start = f"{self.heading} {shown(self.name)} ({counted(self.rows, 'row')}) is no place that the dashboard knows"
        if self.suggestions:
            return f"{start}: did you mean {listed(self.suggestions, 'or')}?"
        return f"{start}, and no known name is near it. Correct it, or give its LSOA or point, or keep the area first."


def unknown_places(kind: RecordKind, frame: pd.DataFrame, known: Iterable[str]) -> tuple[UnknownPlace, ...]:
    """Return the names in the place columns of checked records that no known place bears, in order of name.

    Spelling is compared without capitals, signs and ``&`` for ``and``. A name whose rows give an LSOA or a point
    anywhere stands on ground of its own and is not asked about. In a column where any words may stand, a name is
    returned only where it is nearly a known one. With no known names nothing is.
    """
    by_spelling = {_spelled(name): name for name in known}
    if not by_spelling:
        return ()
    return tuple(
        UnknownPlace(column.heading, name, rows, suggestions)
        for column in kind.columns
        if column.place
        for name, rows in _counts(column, frame).items()
        if _spelled(name) not in by_spelling
        and (suggestions := _asked(column, name, by_spelling)) is not None
    )


def rename_places(kind: RecordKind, frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Return the records with names of places replaced, in every column of places."""
    renamed = frame.copy()
    for column in kind.columns:
        if column.place and column.type == "list":
            renamed[column.name] = [
                tuple(dict.fromkeys(names.get(item, item) for item in items))
                if isinstance(items, tuple)
                else items
                for items in frame[column.name]
            ]
        elif column.place:
            renamed[column.name] = frame[column.name].replace(dict(names)).astype(frame[column.name].dtype)
    return renamed


def _counts(column: RecordColumn, frame: pd.DataFrame) -> dict[str, int]:
    """Return rows by name, in order of name, of those names that no row gives ground for."""
    names = frame[column.name].explode().dropna().astype("str")
    located = [name for name in ("lsoa", "longitude") if name in frame]
    on_ground = set(names[frame.loc[names.index, located].notna().any(axis="columns")]) if located else set()
    counts = names[~names.isin(on_ground)].value_counts()
    return {str(name): int(counts[name]) for name in sorted(counts.index)}


def _asked(column: RecordColumn, name: str, known: Mapping[str, str]) -> tuple[str, ...] | None:
    """Return the known names to suggest, or None where the name stands as it is."""
    core = _core(_spelled(name))
    likeness = {text: SequenceMatcher(None, core, _core(spelled)).ratio() for spelled, text in known.items()}
    if column.place == "any":
        # the same but for “town centre” is another place than the town centre, and not misspelt
        likeness = {text: ratio for text, ratio in likeness.items() if NEARLY <= ratio < 1}
    near = sorted((-ratio, text) for text, ratio in likeness.items() if ratio >= NEAR)
    if column.place == "any" and not near:
        return None
    return tuple(text for _, text in near[:MOST_SUGGESTIONS])


def _spelled(name: str) -> str:
    return key_of(name.replace("&", " and "))


def _core(spelled: str) -> str:
    """Return a spelling without the words that every place has; as it is where nothing else is in it."""
    return _GENERIC.sub("", spelled).strip("-") or spelled


def sentence_of_renamed(names: Mapping[str, str]) -> str:
    """Say which names were taken as which known ones."""
    taken = listed(f"{shown(old)} as {new}" for old, new in sorted(names.items()))
    return f"{agree(len(names), 'One name was', 'Names were')} taken as the dashboard spells {agree(len(names), 'it', 'them')}: {taken}."
