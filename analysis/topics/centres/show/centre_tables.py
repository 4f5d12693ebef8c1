"""The tables of the topic: areas proposed from others' outlines, and suggestions from what was recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.drawing.figure import SOURCE, Table
from analysis.model import english, formats
from analysis.model.proposed_area import CONFIDENCE, RULE, ProposedArea
from analysis.topics.centres.measure import MOST_SUGGESTED, Suggestion


def proposed_table(proposed: Sequence[ProposedArea], names: Mapping[str, str]) -> Table:
    """Return one row a proposal with its ground, both shares and the confidence; ``names`` is what each unit is called."""
    data = pd.DataFrame(
        {
            "centre_code": [each.code for each in proposed],
            "centre": [each.name for each in proposed],
            "tier": [each.tier for each in proposed],
            "ground_codes": [", ".join(each.ground) for each in proposed],
            "ground": [", ".join(names.get(code, code) for code in each.ground) for each in proposed],
            "share_of_centre": [each.held.of_outline for each in proposed],
            "share_of_ground": [each.held.of_ground for each in proposed],
            "confidence": [each.held.confidence for each in proposed],
            "source": [each.source for each in proposed],
        }
    )
    shown = pd.DataFrame(
        {
            "Sort": [text or "not given" for text in data["tier"]],
            "LSOAs": list(data["ground"]),
            "Of the centre on them": [formats.share(value) for value in data["share_of_centre"]],
            "Of them in the centre": [formats.share(value) for value in data["share_of_ground"]],
            "Confidence": list(data["confidence"]),
        },
        index=pd.Index(list(data["centre"]), name="Centre"),
    )
    return Table(
        title=f"{formats.counted(len(data), 'centre')} proposed as areas",
        subtitle=f"From {english.listed(sorted(set(data['source'])))}. None is an area until it is kept.",
        shown=shown,
        data=data,
        notes=(RULE, *(f"Confidence {word}: {meaning}." for word, meaning in CONFIDENCE.items())),
    )


def suggested_table(suggested: Sequence[Suggestion], names: Mapping[str, str], months: str) -> Table:
    """Return the first `MOST_SUGGESTED` suggestions, the closest first; ``months`` says which months they rest on."""
    first = list(suggested[:MOST_SUGGESTED])
    data = pd.DataFrame(
        {
            "rank": range(1, len(first) + 1),
            "suggestion": [each.name for each in first],
            "district": [each.district for each in first],
            "ground_codes": [", ".join(each.ground) for each in first],
            "ground": [", ".join(names.get(code, code) for code in each.ground) for each in first],
            "incidents": [each.incidents for each in first],
            "points": [each.points for each in first],
            "close_pairs": [each.pairs for each in first],
        }
    )
    shown = pd.DataFrame(
        {
            "District": list(data["district"]),
            "LSOAs": list(data["ground"]),
            "Thefts recorded": [formats.number(value) for value in data["incidents"]],
            "Points": [formats.number(value) for value in data["points"]],
        },
        index=pd.Index(list(data["suggestion"]), name="Suggestion"),
    )
    left = len(suggested) - len(first)
    return Table(
        title=f"{formats.counted(len(data), 'suggestion')} of where a town centre may be"
        if first
        else "Nothing lies close together, so nothing is suggested",
        subtitle=f"Shoplifting and theft from the person recorded close together, {months}. {SOURCE}",
        shown=shown,
        data=data,
        notes=(
            "These are suggestions from what was recorded, and no list of town centres. A retail park or a parade of "
            "local shops is among them; a centre with few thefts is not.",
            *((f"{formats.counted(left, 'further suggestion')} with fewer are not shown.",) if left else ()),
            "Outlines that others drew say more. About / Data takes a file of them.",
        ),
    )
