"""Sentences from results: every number in them is formatted by `analysis.model.formats` from the result itself.

What is named is chosen by rank among similar places first and by size second; a rise is said as loudly as a fall; the
rest's change stands in every sentence on a change; a count that stayed has stayed. They say "recorded", never that
something was done or brought about; a percentage on a base under `SMALL_BASE` is not quoted; and nothing is claimed
beyond the verdict. Each sentence can be read once, aloud: 25 words at most, an area's name counted as one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from analysis.drawing.evidence.direction import TOO_FEW_TO_TELL, direction_of, way_of
from analysis.model import formats
from analysis.model.english import agree, counted, listed, lower_first
from analysis.model.evidence import Evidence
from analysis.model.vocabulary import JUDGED, MONTHS_MISSING, MUCH_AS, SMALL_BASE, TOLD, TOO_FEW
from analysis.stats.poisson import SIGNIFICANT
from analysis.stats.verdict import MIN_INCIDENTS

SMALLEST_SAID = 0.005
"""A share nearer than this to none or to all is said in words: “about 0%” and “about 100%” would be neither."""

LOUD_PERCENT, LOUD_INCIDENTS, LOUD_RANK = 25.0, 10, 0.10
"""A change of so many per cent and incidents, within this share of similar places, is named though it is not told."""

LOST = 0.05
"""Where the rows without a location differ by so much between the periods, a change is said to have a direction only where
it is told: how far it moved is not known."""

ABOUT_HALF, MOST = 0.4, 0.6
"""From these shares on, "about 1 in 2" would be half of them, or most."""

NO_EARLIER = (
    "No earlier months could be seen, so a bad year before may be part of a fall, or a good one of a rise."
)


def lead_sentence(evidence: Sequence[Evidence]) -> str:
    """Return what matters on an area, in a few sentences; its name is left to the page.

    ``evidence`` are the rows of one area. Named are all changes that the verdict tells from similar places, all loud ones
    (`LOUD_PERCENT`), and where no rise, or no fall, is among them, the one of them that ranks highest; the order is by
    verdict, rank and size. Then how many types rose, fell or stayed, and what similar places are.
    """
    rows = [row for row in evidence if _comparable(row)]
    if not rows:
        reasons = [row.reason for row in evidence if row.reason]
        if not reasons and not all(row.direction_stands for row in evidence):
            return "No change can be told: locations are missing."
        return (
            f"No change can be told. {reasons[0]}" if reasons else "No change can be told: there are no rows."
        )
    judged = [row for row in rows if row.verdict in JUDGED]
    named = named_rows(rows)
    said = []
    if judged and not any(row.verdict in TOLD for row in judged):
        said.append("No change can be told from what similar places did.")
    for row in named:
        said.append(_counts_sentence(row))
        if row.verdict in JUDGED:
            said.append(_verdict_sentence(row))
    said.append(_tally(evidence))
    if judged:
        said.append(yardstick_sentence(judged[0]))
        if any(row.verdict in TOLD and not row.history_months for row in judged):
            said.append(NO_EARLIER)
    else:
        said.append(_no_verdict(rows))
    return " ".join(filter(None, said))


def named_rows(rows: Sequence[Evidence]) -> list[Evidence]:
    """Return the rows of an area that its lead names, in their order."""
    chosen = [row for row in rows if row.verdict in TOLD or _loud(row)]
    for way in ("rose", "fell"):
        others = [row for row in rows if direction_of(row) == way and row not in chosen]
        if others and not any(direction_of(row) == way for row in chosen):
            # a fall that is less than similar places' says little of falls
            chosen.append(min(others, key=lambda row: (row.change * row.z <= 0, *_order(row))))
    return sorted(chosen, key=_order)


def row_sentence(row: Evidence) -> str:
    """Return what one row says: counts, the rest, verdict and rank, what was expected, what could be told, history.

    Where a figure is missing its reason stands instead.
    """
    if not _known(row.baseline_incidents, row.comparison_incidents):
        return _only_reason(row)
    parts = [_counts_sentence(row), _verdict_sentence(row)]
    if row.verdict in JUDGED:
        parts += [
            yardstick_sentence(row),
            expected_sentence(row),
            tellable_sentence(row) if row.change <= 0 else "",
            row.history_note,
        ]
    return " ".join(part for part in (*parts, row.reason) if part)


def short_sentence(row: Evidence) -> str:
    """Return what one row says, short enough to stand first: counts, the rest's change, verdict, rank and yardstick.

    Without a verdict it is said why: too few incidents or places, months missing, or an input that is not held.
    """
    if not _known(row.baseline_incidents, row.comparison_incidents):
        return _only_reason(row)
    return " ".join(filter(None, (_counts_sentence(row), _verdict_sentence(row), row.reason)))


def short_with_expected(row: Evidence) -> str:
    """Return the same with what was to be expected, by which a fall can end above it: for a place told of alone."""
    expected = expected_sentence(row) if row.verdict in JUDGED else ""
    return " ".join(filter(None, (short_sentence(row), expected)))


def short_sentences(evidence: Iterable[Evidence]) -> str:
    """Return the `short_sentence` of each row, one after the other, and what similar places are."""
    rows = list(evidence)
    judged = [row for row in rows if row.verdict in JUDGED]
    yardstick = [yardstick_sentence(judged[0])] if judged else []
    return " ".join([*map(short_sentence, rows), *yardstick])


def yardstick_sentence(row: Evidence) -> str:
    """Return what a row's similar places are."""
    return f"Similar places are {row.yardstick}, allowing for their size."


def expected_sentence(row: Evidence) -> str:
    """Return the count that similar places' change leads to, and what would have been ordinary."""
    low, high = ordinary(row)
    expected = f"Going by similar places, about {formats.number(row.expected)} {agree(round(row.expected), 'was', 'were')} to be expected"
    if high == formats.MISSING:
        return f"{expected}; from {low} up nothing is out of the ordinary."
    return f"{expected}; {low} to {high} would be ordinary."


def ordinary(row: Evidence) -> tuple[str, str]:
    """Return the lowest and the highest whole count that is told from nothing; a dash where there is no highest."""
    if not _known(row.ordinary_low):
        return formats.MISSING, formats.MISSING
    low = math.ceil(row.ordinary_low)
    high = math.floor(row.ordinary_high) if math.isfinite(row.ordinary_high) else math.nan
    return formats.number(low), formats.number(high)


def tellable_sentence(row: Evidence) -> str:
    """Return the largest count that would have been told as a fall."""
    if not _known(row.told_at_most):
        return "Not even a fall to none could have been told here."
    if row.told_at_most == 0:
        return "Only a fall to none would have been told."
    return f"Only {formats.number(row.told_at_most)} or fewer would have been told as a fall."


def rank_phrase(row: Evidence) -> str:
    """Return ``about 1 in 22 ended as far below what was expected``: the share of similar places on that side and as far.

    From what was expected of each, so that places of any size compare; it is no share of places that fell by so many per
    cent. Nothing where there is no rank.
    """
    if not _known(row.as_far, row.z):
        return ""
    return f"{rank_share(row)} ended as far {'below' if row.z < 0 else 'above'} what was expected"


def verdict_words(row: Evidence) -> str:
    """Return a verdict as a sentence says it: what is not told is ordinary, and what did not fall did not "fall less"."""
    if row.verdict == MUCH_AS:
        return "within ordinary ups and downs"
    if row.verdict == "fell less than similar places" and row.change >= 0:
        return "did not fall as similar places did"
    if row.verdict == "rose less than similar places" and row.change <= 0:
        return "did not rise as similar places did"
    return row.verdict


def rank_share(row: Evidence) -> str:
    """Return ``about 1 in 22``, ``none of 235``, ``about half`` or ``most``; a dash where there is no rank."""
    return share_of_places(row.as_far, row.places_behind)


def share_of_places(as_far: float, places: int) -> str:
    """Return a share of similar places in words; ``places`` are how many there are."""
    if not _known(as_far):
        return formats.MISSING
    if as_far <= 0:
        return f"none of {formats.number(places)}"
    if as_far >= MOST:
        return "most"
    if as_far >= ABOUT_HALF:
        return "about half"
    return f"about 1 in {formats.number(1 / as_far)}"


def chance_sentence(evidence: Iterable[Evidence]) -> str:
    """Return how many of the rows an exact test would call significant, and how many by chance alone.

    By chance: the sum over the rows of the share of places of like size (outside the treated areas) whose own
    change the exact test would flag. The rows may be of several areas.
    """
    known = [row for row in evidence if _known(row.exact_p, row.chance_share)]
    if not known:
        return (
            "How many rows an exact test would call significant by chance cannot be said. That takes months that can be "
            "compared, and similar places."
        )
    flagged, rows = sum(row.exact_p < SIGNIFICANT for row in known), len(known)
    chance = formats.number(sum(row.chance_share for row in known))
    these = "this 1 change" if rows == 1 else f"these {formats.number(rows)} changes"
    return (
        f"Taken alone, an exact test would call {formats.number(flagged)} of {these} significant. Of as many changes in "
        f"places of like size it would call about {chance} so by itself. Counts vary more from year to year than that "
        "test supposes, so no verdict rests on it."
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


def _order(row: Evidence) -> tuple[bool, float, float]:
    rank = row.as_far if _known(row.as_far) else math.inf
    return (row.verdict not in TOLD, rank, -abs(row.change))


def _loud(row: Evidence) -> bool:
    if row.verdict not in JUDGED or not _known(row.as_far, row.z) or row.change * row.z <= 0:
        return False
    far = 100 * abs(row.change) >= LOUD_PERCENT * row.baseline_incidents
    return far and abs(row.change) >= LOUD_INCIDENTS and row.as_far <= LOUD_RANK


def _tally(evidence: Sequence[Evidence]) -> str:
    """Return how many crime types rose, fell and stayed, and how many have no verdict for want of counts."""
    rows = [row for row in evidence if _comparable(row)]
    if len(evidence) < 2:
        return ""
    ways = [way_of(row) for row in rows]
    parts = [f"{formats.number(ways.count(way))} {way}" for way in ("rose", "fell") if way in ways]
    # 14 and 19 did not stay about the same
    for way, words in (
        ("about the same", "stayed about the same"),
        (TOO_FEW_TO_TELL, "moved by too few to tell"),
    ):
        if way in ways:
            parts.append(f"{formats.number(ways.count(way))} {words}")
    said = f"Of {counted(len(evidence), 'crime type')}, {listed(parts)}"
    few = sum(_known(row.incidents) and row.incidents < MIN_INCIDENTS for row in evidence)
    unlike = len(evidence) - len(rows) - few
    more = (
        [
            f"{formats.number(few)} {agree(few, 'has', 'have')} fewer than {MIN_INCIDENTS} recorded in both periods together"
        ]
        if few
        else []
    )
    more += [f"{formats.number(unlike)} cannot be compared"] if unlike else []
    return f"{said}. {listed(more)}." if more else f"{said}."


def _no_verdict(rows: Sequence[Evidence]) -> str:
    reason = next((row.reason for row in rows if not row.verdict and row.reason), "")
    return f"No verdict: {reason}" if reason else "There are too few for a verdict."


def _only_reason(row: Evidence) -> str:
    return f"Recorded {lower_first(str(row.crime_type))}: {row.reason}".strip()


def _counts_sentence(row: Evidence) -> str:
    return f"Recorded {lower_first(str(row.crime_type))} {_moved(row)}{_rest_clause(row)}."


def _verdict_sentence(row: Evidence) -> str:
    """Return the verdict with its rank, or in which respect there is too little for one; the reason follows."""
    if row.verdict in JUDGED:
        rank = rank_phrase(row)
        return f"{formats.capital(verdict_words(row))}{rank and f': {rank}'}."
    if row.verdict == TOO_FEW:
        few = row.incidents < MIN_INCIDENTS
        # thousands of incidents may stand before it: it is the similar places that are too few
        return "Too few incidents to say." if few else "Too few similar places to say."
    if row.verdict == MONTHS_MISSING:
        return "Months missing: the two sides cannot be compared."
    return f"{formats.capital(row.verdict)}." if row.verdict else "No verdict."


def _comparable(row: Evidence) -> bool:
    before, after = row.baseline_incidents, row.comparison_incidents
    if not _known(before, after) or before + after < MIN_INCIDENTS or not row.direction_stands:
        return False
    if row.verdict not in TOLD and abs(row.comparison_unlocated - row.baseline_unlocated) >= LOST:
        return False
    # a percentage is missing on a base of 0 too, and that is a change all the same
    return _known(row.percent_change) or (before == 0 and row.baseline_months == row.comparison_months)


def _from_to(row: Evidence) -> str:
    return f"{formats.number(row.baseline_incidents)} to {formats.number(row.comparison_incidents)}"


def _moved(row: Evidence) -> str:
    way = way_of(row)
    if not row.direction_stands:
        return f"is {_from_to(row)}, with locations missing"
    if way == "not known":
        return f"is {_from_to(row)}, over unlike months"
    if row.change == 0:
        return f"stayed at {formats.number(row.baseline_incidents)}"
    if way == TOO_FEW_TO_TELL and row.verdict not in TOLD:
        return f"went from {_from_to(row)}, too few to tell from chance"
    said = (
        f"stayed about the same, {_from_to(row)}"
        if way == "about the same"
        else f"{way} from {_from_to(row)}"
    )
    small = row.small_base or not _known(row.percent_change)
    return said if small else f"{said} ({formats.percent(row.percent_change)})"


def _rest_clause(row: Evidence) -> str:
    """Return what the rest of the district did, in per cent or, on a small base, in counts."""
    if not _known(row.rest_percent_change) or direction_of(row) == "not known":
        return ""
    rest = lower_first(str(row.rest or "the rest of the district"))
    rest = rest if rest.startswith("the ") else f"the {rest}"
    if row.rest_baseline_incidents < SMALL_BASE:
        counts = f"{formats.number(row.rest_baseline_incidents)} to {formats.number(row.rest_comparison_incidents)}"
        return f"; {rest} went from {counts}"
    change = formats.percent(abs(row.rest_percent_change)).lstrip("+")
    if change == "0%":
        return f"; {rest} did not change"
    return f"; {rest} {'rose' if row.rest_percent_change > 0 else 'fell'} by {change}"


def _known(*values: float) -> bool:
    return bool(np.isfinite(np.asarray(values, float)).all())
