"""Sentences from results: every number in them is formatted by `analysis.model.formats` from the result itself.

They say "recorded", never that something was done or brought about; a rise is said as loudly as a fall; a
percentage on a base under `SMALL_BASE` is not quoted; and nothing is claimed beyond the verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.drawing.evidence.direction import direction_of
from analysis.model import formats
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import SMALL_BASE
from analysis.stats.poisson import SIGNIFICANT
from analysis.stats.verdict import AS_ELSEWHERE as AS_ELSEWHERE_PERCENT
from analysis.stats.verdict import MIN_INCIDENTS

STANDS_OUT = (
    "rose more than elsewhere",
    "fell less than elsewhere",
    "fell more than elsewhere",
    "rose less than elsewhere",
)
"""The verdicts that lead, the two for the worse first."""

SMALLEST_SAID = 0.005
"""A share nearer than this to none or to all is said in words: “about 0%” and “about 100%” would be neither."""

AS_ELSEWHERE = ("fell, as elsewhere", "rose, as elsewhere")


def lead_sentence(evidence: Sequence[Evidence]) -> str:
    """Return the one sentence on an area that leads with what matters; its name is left to the page.

    ``evidence`` are the rows of one area. First the changes that stand out, those for the worse before those for the
    better, then the largest rise and the largest fall (by incidents, 10 % or more) where none rose, or fell,
    more than elsewhere. Rows under `MIN_INCIDENTS` and rows whose months cannot be compared are left out.
    Ties go to the first row.
    """
    rows = [row for row in evidence if _comparable(row)]
    if not rows:
        reasons = [row.reason for row in evidence if row.reason]
        if not reasons and not all(row.direction_stands for row in evidence):
            return "No change can be told: locations are missing."
        return (
            f"No change can be told. {reasons[0]}" if reasons else "No change can be told: there are no rows."
        )
    clauses = []
    for words in STANDS_OUT:
        named = [row for row in rows if row.verdict == words]
        named.sort(key=lambda row: -abs(row.change))
        if named:
            clauses.append(f"{_listed(_counted(row) for row in named)} {words}")
    judged = any(row.verdict not in ("", "too few to say") for row in rows)
    if not clauses and judged:
        clauses.append("no change stands out from what similar places did by themselves")
    for direction, word, told in ((1, "rise", "rose more than"), (-1, "fall", "fell more than")):
        others = [row for row in rows if _worth_naming(row, direction) and row.verdict not in STANDS_OUT]
        if not others or any(row.verdict.startswith(told) for row in rows):
            continue
        largest = max(others, key=lambda row: abs(row.change))
        clauses.append(f"the largest {word} recorded is in {_counted(largest)}{_rank_clause(largest)}")
    if not clauses:
        return f"No recorded count changed by {formats.number(AS_ELSEWHERE_PERCENT)}% or more."
    sentence = "; ".join(clauses)
    if clauses[0].endswith(STANDS_OUT):
        sentence = f"recorded {sentence}"
    sentence = formats.capital(sentence) + "."
    if judged:
        return sentence
    reason = next((row.reason for row in rows if not row.verdict and row.reason), "")
    return (
        f"{sentence} No verdict: {reason}" if reason else f"{sentence} Too few to say whether it stands out."
    )


def row_sentence(row: Evidence) -> str:
    """Return what one row of the evidence says: counts, comparator, ratio, rank, verdict and what could be
    told.

    Where a figure is missing its reason stands instead.
    """
    if not _known(row.baseline_incidents, row.comparison_incidents):
        return _only_reason(row)
    parts = [_counts_sentence(row)]
    if _known(row.rirr, row.rirr_low, row.rirr_high) and row.verdict != "too few to say":
        parts.append(
            f"The ratio to the rest is {formats.ratio(row.rirr)} "
            f"(95% interval {formats.interval(row.rirr_low, row.rirr_high)})."
        )
    parts.append(_verdict_sentence(row))
    # of a rise, how large a fall could have been told says nothing
    if row.verdict and row.verdict != "too few to say" and row.change <= 0:
        parts.append(tellable_sentence(row))
    if row.reason:
        parts.append(row.reason)
    return " ".join(parts)


def short_sentence(row: Evidence) -> str:
    """Return what one row of the evidence says, short enough to stand first: counts, the rest's change, verdict.

    The rank stands beside the verdict where there is one; without a verdict it is said why: too few incidents,
    too few similar places, months that cannot be compared, or an input that is not held. The ratio with its
    interval and what could have been told are left to `row_sentence` and the tables.
    """
    if not _known(row.baseline_incidents, row.comparison_incidents):
        return _only_reason(row)
    return " ".join(part for part in (_counts_sentence(row), _verdict_sentence(row), row.reason) if part)


def short_sentences(evidence: Iterable[Evidence]) -> str:
    """Return the `short_sentence` of each row, one after the other."""
    return " ".join(short_sentence(row) for row in evidence)


def tellable_sentence(row: Evidence) -> str:
    """Return how large a fall would have had to be, given the variation of places like this."""
    fall = row.smallest_tellable_fall
    if math.isnan(fall):
        return "With this much ordinary variation not even a fall to none could have been told."
    if fall < SMALLEST_SAID:
        return "Because the rest rose so much, any fall would have been told."
    if fall > 1 - SMALLEST_SAID:
        return "With this much ordinary variation only a fall to almost none could have been told."
    return f"With this much ordinary variation only a fall of about {formats.share(fall)} or more could have been told."


def chance_sentence(evidence: Iterable[Evidence]) -> str:
    """Return how many of the rows an exact test would call significant, and how many by chance alone.

    By chance: the sum over the rows of the share of similar places (outside the treated areas) whose own
    change the exact test would flag. The rows may be of several areas.
    """
    known = [row for row in evidence if _known(row.exact_p, row.chance_share)]
    if not known:
        return (
            "How many rows an exact test would call significant by chance cannot be said: that takes months that can be "
            "compared, and similar places."
        )
    flagged, rows = sum(row.exact_p < SIGNIFICANT for row in known), len(known)
    chance = formats.number(sum(row.chance_share for row in known))
    return (
        f"Taken alone, an exact test would call {formats.number(flagged)} of {_these(rows)} "
        f"significant; among similar places outside the treated areas it would call about {chance} of "
        f"{formats.number(rows)} so, because counts vary more from year to year than the test supposes. "
        "The verdicts do not rest on it."
    )


def published_sentence(cells: pd.DataFrame) -> str:
    """Return how many published cells agree, differ, or cannot be checked (`analysis.topics.published.measure.published_check`)."""
    count = {
        status: formats.number(int((cells["status"] == status).sum()))
        for status in ("agrees", "differs", "cannot be checked")
    }
    return (
        f"Of {formats.number(len(cells))} published figures, {count['agrees']} agree with the data held, "
        f"{count['differs']} differ, and {count['cannot be checked']} cannot be checked."
    )


def _these(rows: int) -> str:
    return "this 1 change" if rows == 1 else f"these {formats.number(rows)} changes"


def _only_reason(row: Evidence) -> str:
    return f"Recorded {_lower(str(row.crime_type))}: {row.reason}".strip()


def _counts_sentence(row: Evidence) -> str:
    return f"Recorded {_lower(str(row.crime_type))} {_moved(row)}{_rest_clause(row)}."


def _verdict_sentence(row: Evidence) -> str:
    """Return the verdict with its rank, or in which respect there is too little for one; the reason follows."""
    if row.verdict != "too few to say":
        return f"{formats.capital(row.verdict)}{_why(row)}." if row.verdict else "No verdict."
    if row.baseline_incidents + row.comparison_incidents < MIN_INCIDENTS:
        return "Too few incidents to say."
    # thousands of incidents may stand before it: it is the similar places or the months that are too few
    return "Too few similar places to say." if _known(row.exact_p) else "The months cannot be compared."


def _comparable(row: Evidence) -> bool:
    before, after = row.baseline_incidents, row.comparison_incidents
    if not _known(before, after) or before + after < MIN_INCIDENTS or not row.direction_stands:
        return False
    # a percentage is missing on a base of 0 too, and that is a change all the same
    return _known(row.percent_change) or (before == 0 and row.baseline_months == row.comparison_months)


def _worth_naming(row: Evidence, direction: int) -> bool:
    """Whether the row moved this way by as much as "as elsewhere" asks for, or half of that against the rest.

    A rise while the rest fell is what a panel would ask about, though it is under a tenth; so is the reverse.
    """
    change = row.change * direction
    against = row.rest_percent_change * direction < 0
    least = AS_ELSEWHERE_PERCENT / 2 if against else AS_ELSEWHERE_PERCENT
    return change > 0 and 100 * change >= least * row.baseline_incidents


def _counted(row: Evidence) -> str:
    """``shoplifting (63 to 95, +51%)``; without the percentage on a small base."""
    return f"{_lower(str(row.crime_type))} ({_from_to(row)}{_percent_after(row, ', ')})"


def _from_to(row: Evidence) -> str:
    return f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)}"


def _percent_after(row: Evidence, lead: str) -> str:
    if row.small_base or not _known(row.percent_change):
        return ""
    return f"{lead}{formats.percent(row.percent_change)}"


def _moved(row: Evidence) -> str:
    change, way = row.change, direction_of(row)
    if not row.direction_stands:
        return f"is {_from_to(row)}, with locations missing"
    if way == "not known":
        return f"is {_from_to(row)}, over unlike months"
    if change == 0:
        return f"did not change, {_from_to(row)}"
    # what stands out by the verdict, against a rest that moved far, is told by its own direction
    same = way == "about the same" and row.verdict not in STANDS_OUT
    said = "was about the same," if same else "rose from" if change > 0 else "fell from"
    percent = _percent_after(row, " (")
    return f"{said} {_from_to(row)}{percent}{')' if percent else ''}"


def _rest_clause(row: Evidence) -> str:
    if not _rest_told(row):
        return ""
    rest = _lower(str(row.rest or "the rest of the district"))
    rest = rest if rest.startswith("the ") else f"the {rest}"
    return f"; the change in {rest} is {formats.percent(row.rest_percent_change)}"


def _rest_told(row: Evidence) -> bool:
    """Whether the rest's percentage may be quoted: it is known, and its base is `SMALL_BASE` or more."""
    return _known(row.rest_percent_change) and row.rest_baseline_incidents >= SMALL_BASE


def _rank(row: Evidence) -> str:
    """``12 of 37 similar places rose as much``, or nothing where there is no rank."""
    relative = bool(row.rank_is_relative) and row.verdict in STANDS_OUT
    count = row.as_much_relative if relative else row.as_much
    if not _known(count) or row.change == 0:
        return ""
    places = f"{formats.number(count)} of {formats.number(row.similar_places)} {_similar(row)}"
    if relative:
        return f"{places} changed as much, each against the rest of its own district"
    return f"{places} {'rose' if row.change > 0 else 'fell'} as much"


def _similar(row: Evidence) -> str:
    """What the area is ranked among: sets of neighbouring units overlap, so their number alone would overstate."""
    if row.similar_units >= row.similar_places:
        return "similar places"
    return f"similar sets of neighbouring places (made of {formats.number(row.similar_units)})"


def _rank_clause(row: Evidence) -> str:
    """The rest's change where the verdict leans on it, and the rank: "as elsewhere" may still be much more."""
    rest = ""
    if row.verdict in AS_ELSEWHERE and _rest_told(row):
        rest = f", the rest changed by {formats.percent(row.rest_percent_change)}"
    rank = _rank(row)
    return f"{rest}, and {rank}" if rank else rest


def _why(row: Evidence) -> str:
    rank = "" if row.verdict == "too few to say" else _rank(row)
    return f": {rank}" if rank else ""


def _known(*values: float) -> bool:
    return bool(np.isfinite(np.asarray(values, float)).all())


def _listed(names: Iterable[str]) -> str:
    *head, last = names
    return f"{', '.join(head)} and {last}" if head else last


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
