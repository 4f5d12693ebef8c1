"""What may be kept as a town centre of a district: proposals of others' outlines or, where there are none, suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from analysis.model.proposed_area import Confidence, ProposedArea
from analysis.topics.centres.measure.suggested import MOST_SUGGESTED, Suggestion


@dataclass(frozen=True)
class Candidate:
    """Ground that may be kept as a town centre: its code, its name, the codes of its ground, and how sure it is.

    ``is_suggested`` parts a suggestion from a proposal; ``label`` tells it from all others of its district.
    """

    code: str
    name: str
    label: str
    ground: tuple[str, ...]
    confidence: Confidence
    is_suggested: bool = False


def of_district(
    proposed: Iterable[ProposedArea], districts: Mapping[str, str], district: str = ""
) -> tuple[ProposedArea, ...]:
    """Return the proposals that take ground of a district (all of them without one), in the order given.

    ``districts`` is the district of each unit of ground. One across a border is of both.
    """
    return tuple(
        each
        for each in proposed
        if not district or any(districts.get(code) == district for code in each.ground)
    )


def from_proposals(proposed: Iterable[ProposedArea]) -> tuple[Candidate, ...]:
    """Return each proposal as a candidate, in the order given; of two with one name the code parts them."""
    each_of = tuple(proposed)
    names = [each.name for each in each_of]
    return tuple(
        Candidate(
            each.code,
            each.name,
            f"{each.name}{f', {each.code}' if names.count(each.name) > 1 else ''} ({each.held.confidence} confidence)",
            each.ground,
            each.held.confidence,
        )
        for each in each_of
    )


def from_suggestions(suggested: Iterable[Suggestion]) -> tuple[Candidate, ...]:
    """Return the first `MOST_SUGGESTED` suggestions as candidates, in the order given; each is of low confidence."""
    return tuple(
        Candidate(
            f"suggestion-{rank}", each.name, f"Suggestion {rank}: {each.name}", each.ground, "low", True
        )
        for rank, each in enumerate(list(suggested)[:MOST_SUGGESTED], 1)
    )
