"""An area proposed from the outline of a centre that somebody else drew: which ground it takes, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.model import english, formats

Confidence = Literal["high", "medium", "low"]

RULE = (
    "Taken are the fewest pieces of common ground that together hold four fifths of the centre. "
    "Any other of which half lies in the centre is taken too."
)
"""The rule of `analysis.stats.ground_cover.taken`, in words."""

SUGGESTED = "It is a suggestion from thefts recorded close together, and nobody’s outline."
"""What every area made of a suggestion says of itself."""

SUGGESTED_RULE = (
    "Taken are the fewest small areas that hold four fifths of its thefts within reach of each other."
)
"""The rule of `analysis.topics.centres.measure.suggested`, in words."""

CONFIDENCE: dict[Confidence, str] = {
    "high": "nine tenths of the centre lie on it, and at least half of it is centre",
    "medium": "four fifths of the centre lie on it, and at least a tenth of it is centre",
    "low": "less of the centre lies on it, or less than a tenth of it is centre",
}
"""What each confidence says of the ground taken (`analysis.stats.ground_cover.held`)."""


@dataclass(frozen=True)
class Cover:
    """One unit of ground that an outline reaches into: shares of the outline in it, and of it in the outline (0 to 1)."""

    ground_code: str
    of_outline: float
    of_ground: float
    area: float
    """Square metres of the unit."""


@dataclass(frozen=True)
class Held:
    """How an outline and a choice of ground meet: shares of the outline on it, and of it in the outline (0 to 1)."""

    of_outline: float
    of_ground: float
    confidence: Confidence

    @property
    def words(self) -> str:
        """Both shares and the confidence, in a sentence."""
        return (
            f"{formats.share(self.of_outline)} of the centre lies on this ground, and {formats.share(self.of_ground)} of "
            f"the ground is centre: confidence {self.confidence}."
        )


@dataclass(frozen=True)
class ProposedArea:
    """A centre of a file, as an area of common ground.

    ``units`` are all that the outline reaches into, the one that holds most first; ``ground`` the codes that `RULE` takes of
    them, in code order, and ``held`` how the two meet. ``tier`` is what the file calls its sort, empty where it does not.
    """

    code: str
    name: str
    tier: str
    source: str
    units: tuple[Cover, ...]
    ground: tuple[str, ...]
    held: Held

    @property
    def words(self) -> str:
        """The rule, the shares and the confidence."""
        return f"{RULE} {self.held.words}"


def chosen_note(proposed: ProposedArea, chosen: Collection[str], held: Held, names: Mapping[str, str]) -> str:
    """Return what is kept beside an area made of a proposal: where it came from, what was changed by hand, the shares.

    ``chosen`` is the ground kept and ``held`` how the outline meets it; ``names`` what each unit is called.
    """
    changed = _by_hand(proposed.ground, chosen, names)
    rule = [] if changed else [RULE]
    return " ".join(
        [f"Made from the outline “{proposed.name}” of {proposed.source}.", *rule, *changed, held.words]
    )


def suggested_note(
    name: str, taken: Collection[str], chosen: Collection[str], names: Mapping[str, str]
) -> str:
    """Return what is kept beside an area made of a suggestion: that it is one, what was changed by hand, the confidence.

    ``taken`` is the ground that was suggested and ``chosen`` the ground kept; ``names`` what each unit is called.
    """
    changed = _by_hand(taken, chosen, names)
    rule = [] if changed else [SUGGESTED_RULE]
    return " ".join([f"Made from “{name}”. {SUGGESTED}", *rule, *changed, "Confidence low."])


def _by_hand(taken: Collection[str], chosen: Collection[str], names: Mapping[str, str]) -> list[str]:
    """Return a sentence on the ground that was added by hand, and one on what was taken away, as far as there is any."""
    changes = (
        ("Added by hand", sorted(set(chosen) - set(taken))),
        ("Taken away by hand", sorted(set(taken) - set(chosen))),
    )
    return [
        f"{what}: {english.listed(names.get(code, code) for code in codes)}."
        for what, codes in changes
        if codes
    ]
