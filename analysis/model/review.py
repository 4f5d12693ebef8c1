"""A published review as content: what it printed, of which years, in whose words. None of it stands in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from analysis.model.breaks import Break
from analysis.model.errors import NeedsInputError
from analysis.model.periods import Period


@dataclass(frozen=True)
class Programme:
    """A programme: the name its sums, deliverables and areas stand under, its first month where a review says one.

    ``also_called`` are shorter names that an office may keep the same programme under.
    """

    key: str
    name: str
    first_month: str = ""
    also_called: tuple[str, ...] = ()


GENERAL_PROGRAMMES = {
    each.key: each
    for each in (
        Programme("hotspots", "Hotspot patrols"),
        Programme("safer_streets", "Safer Streets"),
        Programme("night_time_fund", "Night-time economy"),
        Programme("serious_violence_duty", "Serious Violence Duty"),
    )
}
"""What an office of a force without a review calls them, in its records and its file of areas."""


@dataclass(frozen=True)
class ReviewTerm:
    """A word of a review that the program itself does not use: its name, what it means, how else it is spelt."""

    name: str
    meaning: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Review:
    """One review of one force.

    ``tables`` are the published tables by name (see `data.review`), ``texts`` its sentences by key, ``programmes`` what
    it names by key, ``breaks`` the programme starts that a chart of this force marks, ``action_names`` the names under
    which an office's own actions may stand for a page, ``terms`` the words that its texts use. Never written to.
    """

    name: str
    force: str
    title: str
    baseline: Period
    comparison: Period
    tables: Mapping[str, pd.DataFrame]
    texts: Mapping[str, str] = field(default_factory=dict)
    programmes: Mapping[str, Programme] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    action_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    terms: tuple[ReviewTerm, ...] = ()

    def text(self, key: str) -> str:
        """Return a sentence of the review, empty where it has none of this key."""
        return self.texts.get(key, "")

    @property
    def also_called(self) -> dict[str, str]:
        """The names of programmes by the further names that they go by."""
        return {other: each.name for each in self.programmes.values() for other in each.also_called}

    def programme(self, key: str) -> Programme:
        """Return a programme by key. Raises NeedsInputError where the review names none."""
        if key not in self.programmes:
            raise NeedsInputError(f"The review “{self.title}” names no programme of the kind {key}.")
        return self.programmes[key]
