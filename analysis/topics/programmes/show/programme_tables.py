"""The tables of the Safer Streets page: proposed areas, deliverables, before and after, the ground round about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis.drawing.evidence.evidence_tables import HIDDEN, rest_percent, small_percentages
from analysis.drawing.figure import SOURCE, Table
from analysis.model import formats
from analysis.model.evidence import Evidence, to_frame
from analysis.model.period_pairs import PeriodPair
from analysis.model.periods import month_in_full
from analysis.model.small_base import without_small


def areas_table(areas: pd.DataFrame, proposed: str) -> Table:
    """Return the programme areas with the rule that chose their ground and how far it can be trusted.

    ``areas`` has name, lsoa, units, confidence, rule and note, one row an area; ``proposed`` says why they are proposals.
    """
    shown = pd.DataFrame(
        {
            "LSOAs": list(areas["lsoa"]),
            "Confidence": [text or "not rated" for text in areas["confidence"]],
            "Rule that chose the ground": [text or "not given" for text in areas["rule"]],
            "What to know": list(areas["note"]),
        },
        index=pd.Index(list(areas["name"]), name="Area"),
    )
    return Table(
        title="Areas proposed, with the rule and how far to trust it"
        if len(areas)
        else "No programme area is named for this force",
        subtitle=" ".join(filter(None, (proposed, "LSOAs of 2021, those before in brackets."))),
        shown=shown,
        data=areas,
        notes=(
            "Change them in areas.toml, or write your own in an areas.toml in the folder of the store. The rule and the confidence "
            "stand there with the LSOA codes. They are not marked as treated, so they stay in the rest of the district; a second "
            "rest takes them out.",
        ),
    )


def deliverables_table(table: pd.DataFrame, source: str) -> Table:
    """Return deliverables planned against delivered.

    ``table`` has area, deliverable, planned, delivered, share, status and note (`analysis.topics.programmes.measure.programme_ground`'s
    deliverables, or the review's, which has no planned numbers).
    """
    planned = table["planned"].notna()
    done = int((table["share"] >= 1).sum())
    title = (
        f"{formats.number(done)} of {formats.number(int(planned.sum()))} deliverables with a plan are delivered in full"
        if planned.any()
        else f"{formats.number(len(table))} deliverables; the numbers planned are not published"
    )
    shown = pd.DataFrame(
        {
            "Deliverable": list(table["deliverable"]),
            "Planned": [_count(v, "not published") for v in table["planned"]],
            "Delivered": [_count(v, "no number given") for v in table["delivered"]],
            "Share": [formats.share(v) for v in table["share"]],
            "Status": [_words(text) for text in table["status"]],
            "Note": [_words(text) for text in table["note"]],
        },
        index=pd.Index(list(table["area"]), name="Area"),
    )
    named = " / ".join(dict.fromkeys(table["programme"]))
    return Table(
        title=title if len(table) else "No deliverable is held for this programme",
        subtitle=f"Deliverables of {named or 'the programme'}. {source}",
        shown=shown,
        data=table,
    )


def before_after_table(
    first: Sequence[Evidence], second: Sequence[Evidence], pair: PeriodPair, *, show_small: bool
) -> Table:
    """Return ASB and neighbourhood crime before and after, with the verdict and the plain rule, by the first and by the second rest.

    Both are evidence, row for row alike:
    ``first`` against the rest of the district, ``second`` against that rest without programme ground.
    """
    start = month_in_full(pair.comparison.first)
    rests = [rows[0].rest if rows else "the rest" for rows in (first, second)]
    shown = pd.DataFrame(
        {
            "Area": [row.area for row in first],
            "Crime type": [row.crime_type for row in first],
            "Before": [formats.number(row.baseline_incidents) for row in first],
            "After": [formats.number(row.comparison_incidents) for row in first],
            "%": [_percent(row, show_small) for row in first],
            "% first rest": [rest_percent(row, show_small) for row in first],
            "Plain rule, first rest": [row.plain_verdict or "not given" for row in first],
            "% second rest": [rest_percent(row, show_small) for row in second],
            "Plain rule, second rest": [row.plain_verdict or "not given" for row in second],
            "Verdict": [row.verdict or "not given" for row in first],
            "Without programme ground": [row.verdict or "not given" for row in second],
        }
    ).set_index(["Area", "Crime type"])
    small = small_percentages(first) + small_percentages(second, own=False)
    notes = [f"Compared: {note}." for note in dict.fromkeys(row.months_note for row in first) if note]
    notes.append(
        f"First rest: {rests[0]}. Second rest: {rests[1]}. An area is never part of its own rest. The first keeps the "
        "programme’s other ground, the second has none of it. Where the two disagree, the plain rule hangs on the programme’s own "
        "neighbours. The verdict rests on similar places of the whole force; without programme ground, none of them is the programme’s."
    )
    notes.append(
        "Neighbourhood crime is burglary, robbery, vehicle crime and theft from the person: the nearest that police.uk’s types come."
    )
    if small and not show_small:
        notes.append(
            f"{formats.number(small)} percentages on a base under 50 are hidden: a handful would move them far."
        )
    alike = all(
        (one.verdict, one.plain_verdict) == (two.verdict, two.plain_verdict)
        for one, two in zip(first, second, strict=True)
    )
    return Table(
        title="Before and after: the verdicts are the same with and without the programme’s other ground"
        if alike
        else "Before and after: some verdicts differ with and without the programme’s other ground",
        subtitle=f"Recorded incidents on the proposed areas, {pair.label} (after and before {start}). {SOURCE}",
        shown=shown,
        data=without_small(to_frame(first), show_small=show_small).merge(
            without_small(to_frame(second), show_small=show_small),
            on=["area", "crime_type"],
            suffixes=("", "_second_rest"),
        ),
        notes=tuple(notes),
    )


def ring_table(rings: pd.DataFrame, pair: PeriodPair) -> Table:
    """Return counts on the ground round each area (`analysis.topics.programmes.measure.programme_rings.ring_counts`)."""
    shown = pd.DataFrame(
        {
            "Round": list(rings["area"]),
            "Ring": [
                f"{'touches it' if ring == 1 else 'touches that'}, {formats.number(units)} units"
                for ring, units in zip(rings["ring"], rings["units"], strict=True)
            ],
            "Counted": list(rings["group"]),
            "Before": [formats.number(v) for v in rings["baseline"]],
            "After": [formats.number(v) for v in rings["comparison"]],
            "Difference": [formats.signed(v) for v in rings["difference"]],
            "%": [formats.percent(v) for v in rings["percent"]],
        }
    ).set_index(["Round", "Ring"])
    left = rings.drop_duplicates(["area", "ring"])["left_out"].sum()
    return Table(
        title="What was recorded on the ground round the areas",
        subtitle=f"First ring (touches the area) and second ring, {pair.label}. {SOURCE}",
        shown=shown,
        data=rings,
        notes=(
            f"Counts alone: {formats.number(left)} units of the rings were patrolled or are another programme’s ground and are left "
            "out. So the rings are not whole, and displacement round one area alone is not judged.",
        )
        if left
        else (),
    )


def _count(value: Any, missing: str) -> str:
    return missing if pd.isna(value) else formats.number(float(value), 0 if float(value).is_integer() else 1)


def _words(text: Any) -> str:
    return text if isinstance(text, str) else ""


def _percent(row: Any, show_small: bool) -> str:
    if row.small_base and row.percent_change == row.percent_change and not show_small:
        return HIDDEN
    return formats.percent(row.percent_change)
