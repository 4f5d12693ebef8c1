"""What is said beside a design that tells something else than the verdict on the same change."""

from __future__ import annotations

from analysis.drawing.evidence.sentences import verdict_words
from analysis.model.evidence import Evidence
from analysis.topics.evaluation.measure.findings import Finding, verdict_told

BY_MONTHS = "it goes by single months and all untreated ground, not by similar places"
BY_STEP = "it asks for a step at one month, without any other place"
BY_MIXTURE = "its yardstick is the mixture of places that followed the area before"
WITH_THE_RING = "it asks of the area and the ground that touches it together"
"""What each design asks, and of which yardstick, where the verdict asks something else."""


def difference_sentence(finding: Finding, row: Evidence | None, why: str) -> str:
    """Return that a design tells something else than the verdict on the same change, and why; nothing where it does not.

    Nothing either where there is no verdict to differ from.
    """
    verdict = None if row is None else verdict_told(row)
    if row is None or verdict is None or verdict == finding.told:
        return ""
    return f"This differs from the verdict, “{verdict_words(row)}”: {why}."
