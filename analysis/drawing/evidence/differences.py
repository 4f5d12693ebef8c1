"""Where the verdict and the plain rule differ on a row, and why: the second opinion in words."""

from __future__ import annotations

from analysis.model.evidence import Evidence
from analysis.model.vocabulary import JUDGED, PLAIN_TOLD, TOLD

FAR_FROM_COURSE = 0.05
"""From so large a part on, what was expected is called different from what the force's course alone leads to."""


def where_they_differ(row: Evidence) -> str:
    """Return in what the two differ and why; nothing where they agree or one of them says nothing."""
    if row.verdict not in JUDGED or row.plain_verdict in ("", "too few to say"):
        return ""
    told, plain = row.verdict in TOLD, row.plain_verdict in PLAIN_TOLD
    if told == plain:
        same_way = not told or (row.z < 0) == (row.rirr < 1)
        return "" if same_way else f"The force moved the other way from {_rest(row)}."
    if plain:
        return f"Only the plain rule tells it: {_why_not_told(row)}"
    return f"Only the verdict tells it: {_why_not_plain(row)}"


def _why_not_told(row: Evidence) -> str:
    fell = row.rirr < 1
    returned = row.expected / row.by_course - 1 if row.by_course > 0 else 0.0
    if (fell and returned < -FAR_FROM_COURSE) or (not fell and returned > FAR_FROM_COURSE):
        if (row.change < 0) == fell:
            return f"part of it was to be expected after a count so {'high' if fell else 'low'}."
        return "similar places with such counts before did much the same."
    if row.ordinary_low <= row.comparison_incidents <= row.ordinary_high:
        return "places of this size vary more by themselves than it allows for."
    return "against the whole force it is no such move."


def _why_not_plain(row: Evidence) -> str:
    if row.plain_verdict in ("fell, as elsewhere", "rose, as elsewhere"):
        return f"{_rest(row)} moved the same way, and the plain rule’s interval is wider."
    if row.rirr_low <= 1 <= row.rirr_high:
        return "the plain rule’s interval is wider, as it takes phi from places of half to twice the size."
    return "more than one in ten places of like size changed as much in per cent."


def _rest(row: Evidence) -> str:
    rest = row.rest or "rest of the district"
    return f"the {rest[:1].lower()}{rest[1:]}"
