"""Every verdict over a review's own years, the plain rule's beside the one that took its place, as Markdown."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.drawing.evidence.differences import where_they_differ
from analysis.drawing.evidence.sentences import rank_share
from analysis.model import formats
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import JUDGED, TOLD

MARKERS = ("<!-- generated: review-verdicts -->", "<!-- generated: end of review-verdicts -->")

SAME = {
    "fell more than elsewhere": "fell more than similar places",
    "fell less than elsewhere": "fell less than similar places",
    "rose more than elsewhere": "rose more than similar places",
    "rose less than elsewhere": "rose less than similar places",
}
"""Words that changed, where what they say did not."""


def verdicts_block(rows: Sequence[Evidence]) -> str:
    """Return the table: place, crime type, counts, expected, rank, the plain rule's word, the verdict, why it changed."""
    lines = [
        "| place | crime type | recorded | expected | similar places that moved as far | plain rule | verdict | why they differ |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        counts = f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)}"
        rank = rank_share(row) if row.verdict in JUDGED else formats.MISSING
        cells = (
            row.area, row.crime_type, counts, formats.number(row.expected), rank, row.plain_verdict,
            f"**{row.verdict}**" if row.verdict in TOLD else row.verdict, why(row),
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def why(row: Evidence) -> str:
    """Return why a verdict is not the plain rule's; nothing where it says the same."""
    if row.plain_verdict == row.verdict or SAME.get(row.plain_verdict) == row.verdict:
        return ""
    different = where_they_differ(row)
    if different:
        return different
    if row.plain_verdict == "too few to say":
        return "The plain rule found too few places of like size; the verdict allows for size."
    if row.verdict not in JUDGED:
        return row.reason
    return "Neither tells it; one yardstick in place of two."


def written(text: str, block: str) -> str:
    """Return the text with what stands between the markers replaced by the block."""
    begin, end = MARKERS
    head, rest = text.split(begin)
    return f"{head}{begin}\n{block}\n{end}{rest.split(end)[1]}"
