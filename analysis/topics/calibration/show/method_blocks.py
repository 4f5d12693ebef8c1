"""The generated blocks of this topic's METHOD.md: tables and sentences of measured figures, as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.model.vocabulary import CrimeType
from analysis.topics.calibration.measure.tried_designs import KEPT
from analysis.topics.calibration.measure.verdict_rows import Calibration

SHORT: dict[CrimeType, str] = {
    "Anti-social behaviour": "ASB",
    "Criminal damage and arson": "criminal damage",
    "Public order": "public order",
    "Violence and sexual offences": "violence",
    "Burglary": "burglary",
    "Shoplifting": "shoplifting",
    "Drugs": "drugs",
}
"""The crime types that the tables of designs have, by the names that stand in them."""

MAIN: tuple[CrimeType, ...] = tuple(
    key for key in SHORT if SHORT[key] in {"ASB", "criminal damage", "violence"}
)
"""The crime types of the tables of what was tried."""

HALVED: tuple[CrimeType, ...] = tuple(SHORT)[:5]
"""The crime types over which a design was chosen, each with enough places in either half."""

PLAIN, PLAIN_FALL = "plain", "plain, fall stated beforehand"
PANEL, PANEL_FALL = "panel, either way", "panel, fall stated beforehand"
COLUMNS = {
    PLAIN: "plain",
    PLAIN_FALL: "plain, fall stated beforehand (below −1.645)",
    PANEL: "panel, either way",
    PANEL_FALL: "**panel, fall stated beforehand**",
}


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """Return the text with what stands between the two markers of each block replaced by the block.

    Raises AnalysisError where a block has no pair of markers, or a pair has no block.
    """
    marked = re.findall(r"<!-- generated: ([a-z-]+) -->", text)
    if sorted(marked) != sorted(blocks):
        raise AnalysisError(
            f"The blocks marked are {', '.join(marked) or 'none'}; those made are {', '.join(blocks)}. "
            "Mark each once as <!-- generated: name --> … <!-- generated: end of name -->."
        )
    for name, block in blocks.items():
        begin, end = f"<!-- generated: {name} -->", f"<!-- generated: end of {name} -->"
        head, rest = text.split(begin)
        if end not in rest:
            raise AnalysisError(f"The block {name} has no end. Mark it with {end}.")
        text = f"{head}{begin}\n{block}\n{end}{rest.split(end)[1]}"
    return text


def verdict_block(found: Calibration) -> str:
    """Return each crime type of one pair of periods: both rules on places, and the verdict on sets and triples."""
    rows = found.table().set_index(["design", "scope", "crime_type"])
    lines = []
    for crime_type in rows.index.unique("crime_type"):
        one = "index" if crime_type == "index" else "verdict"
        many = "index" if crime_type == "index" else "together"
        keys = (("plain", "places"), (one, "places"), (one, "sets of 3"), (many, "triples"))
        cells = [_trial(rows, (*key, crime_type)) for key in keys]
        lines.append((crime_type, _places(rows, (one, "places", crime_type)), *cells))
    return _table(
        (
            "crime type",
            "places",
            "plain rule, places",
            "**verdict, places**",
            "verdict, sets of 3",
            "three together",
        ),
        lines,
    )


def pairs_block(pairs: Mapping[str, Calibration]) -> str:
    """Return what was aimed at, over each pair of periods: means over the crime types, the largest of the false alarms."""
    lines = []
    for name, found in pairs.items():
        rows = found.table()
        rows["either"] = rows["false_fell"] + rows["false_rose"]
        of = {key: each for key, each in rows.groupby(["design", "scope"])}
        plain, verdict = of["plain", "places"], of["verdict", "places"]
        sets = of.get(("verdict", "sets of 3"))
        three = of.get(("together", "triples"))
        index = of.get(("index", "places"))
        lines.append(
            (
                name,
                str(found.history),
                f"{_mean(plain, 'either')} (most {_most(plain)})",
                f"**{_mean(verdict, 'either')} (most {_most(verdict)})**",
                f"{_mean(verdict, 'false_fell_after_bad_year')}, {_mean(verdict, 'false_rose_after_good_year')} "
                f"({_mean(plain, 'false_fell_after_bad_year')}, {_mean(plain, 'false_rose_after_good_year')})",
                "–" if sets is None else _most(sets),
                f"{_mean(verdict, 'told_30')} / {_mean(verdict, 'told_50')} "
                f"({_mean(plain, 'told_30')} / {_mean(plain, 'told_50')})",
                "–" if three is None else _mean(three.loc[three["crime_type"] == MAIN[0]], "told_30"),
                "–" if index is None else f"{_mean(index, 'told_30')} / {_mean(index, 'told_50')}",
            )
        )
    return _table(
        (
            "months",
            "earlier months",
            "false alarms: plain",
            "**verdict**",
            "“fell” after a bad year, “rose” after a good one: verdict (plain)",
            "sets of 3, most",
            "told at 30 / 50%: verdict (plain)",
            "three together, ASB, 30%",
            "index, one place, 30 / 50%",
        ),
        lines,
    )


def half_years_block(tables: Sequence[pd.DataFrame]) -> str:
    """Return what two interruptions of half a year say: the range of false alarms, and ASB with half removed."""
    alarms = pd.concat([rows["either_by_itself"] for rows in tables])
    power = [_of(rows, "Anti-social behaviour")["fall_50_planted"] for rows in tables]
    return (
        "On the half-years January to June 2022/2023 and 2023/2024 false alarms either way were "
        f"{_share(alarms.min())} to {_share(alarms.max())}%, and a fall of 50% planted in ASB was told in "
        f"{_share(power[0])}% and {_share(power[1])}% of places."
    )


def one_line_block(rows: pd.DataFrame) -> str:
    """Return the answer in one line, from the table of all untreated places."""
    told = {
        (crime_type, design): f"{100 * _of(rows, crime_type, design)['fall_30_planted']:.0f}%"
        for crime_type in MAIN
        for design in COLUMNS
    }
    asb, damage, violence = MAIN
    return (
        "**In one line.** Against 5% false alarms, the panel with a fall stated beforehand tells a planted fall of 30% in "
        f"{told[asb, PANEL_FALL]} of places for ASB (plain design {told[asb, PLAIN]}), {told[damage, PANEL_FALL]} for "
        f"criminal damage ({told[damage, PLAIN]}) and {told[violence, PANEL_FALL]} for violence "
        f"({told[violence, PLAIN]}). Told either way: {told[asb, PANEL]}, {told[damage, PANEL]} and "
        f"{told[violence, PANEL]}; the plain design with a fall stated: {told[asb, PLAIN_FALL]}, "
        f"{told[damage, PLAIN_FALL]} and {told[violence, PLAIN_FALL]}."
    )


def designs_block(rows: pd.DataFrame) -> str:
    """Return the table of the four designs over all untreated places."""

    def cell(row: pd.Series, design: str) -> str:
        alarms = _share(row["fall_by_itself"])
        either = "" if design in {PLAIN_FALL, PANEL_FALL} else f" ({_share(row['either_by_itself'])})"
        text = f"{alarms}{either}, {_share(row['fall_30_planted'])}, {_share(row['fall_50_planted'])}"
        return f"**{text}**" if design == PANEL_FALL else text

    return _table(
        ("crime type (places)", *COLUMNS.values()),
        [
            (
                f"{short} ({_of(rows, crime_type, PLAIN)['places']:.0f})",
                *(cell(_of(rows, crime_type, design), design) for design in COLUMNS),
            )
            for crime_type, short in SHORT.items()
        ],
    )


def halves_block(chosen_on: pd.DataFrame, reported: pd.DataFrame) -> str:
    """Return the panel with a fall stated beside the plain design, on either half of the places."""

    def cells(rows: pd.DataFrame, crime_type: CrimeType) -> tuple[str, str]:
        plain, panel = _of(rows, crime_type, PLAIN), _of(rows, crime_type, PANEL_FALL)
        return _pair(plain, "either_by_itself"), _pair(panel, "fall_by_itself")

    return _table(
        (
            "crime type",
            "half chosen on: plain",
            "panel, fall stated",
            "other half: plain",
            "**panel, fall stated**",
        ),
        [
            (SHORT[crime_type], *cells(chosen_on, crime_type), *cells(reported, crime_type))
            for crime_type in HALVED
        ],
    )


def other_months_block(tables: Mapping[tuple[Period, Period], pd.DataFrame]) -> str:
    """Return the plain design and the panel with a fall stated over other interruptions."""
    first, *others = (SHORT[crime_type] for crime_type in MAIN)
    return _table(
        ("months", f"{first}: plain → panel, fall stated", *others),
        [
            (
                f"{_months(baseline)} v {_months(comparison)}",
                *(
                    f"{_pair(_of(rows, crime_type, PLAIN), 'either_by_itself')} → "
                    f"{_pair(_of(rows, crime_type, PANEL_FALL), 'fall_by_itself')}"
                    for crime_type in MAIN
                ),
            )
            for (baseline, comparison), rows in tables.items()
        ],
    )


def tried_block(both: Sequence[pd.DataFrame], designs: Sequence[str], alarms: str) -> str:
    """Return each design on the half chosen on and on the other (``both``); ``alarms`` is the column of its false alarms."""
    return _table(
        ("design", *(SHORT[crime_type] for crime_type in MAIN)),
        [
            (
                f"**{design}**" if design == KEPT else design,
                *(
                    ", ".join(_pair(_of(half, crime_type, design), alarms) for half in both)
                    for crime_type in MAIN
                ),
            )
            for design in designs
        ],
    )


def _of(rows: pd.DataFrame, crime_type: CrimeType, design: str | None = None) -> pd.Series:
    wanted = rows["crime_type"] == crime_type
    if design is not None:
        wanted &= rows["design"] == design
    if wanted.sum() != 1:
        raise AnalysisError(f"{crime_type} has no place that can be judged over these months.")
    return rows.loc[wanted].iloc[0]


def _pair(row: pd.Series, alarms: str) -> str:
    return f"{_share(row[alarms])} / {_share(row['fall_30_planted'])}"


def _trial(rows: pd.DataFrame, key: tuple[str, str, str]) -> str:
    """Return false alarms either way, and what is told at 30 and 50 %; a dash where it was not tried."""
    if key not in rows.index:
        return "–"
    row = rows.loc[key]
    return f"{row['false_fell'] + row['false_rose']:.1f}, {row['told_30']:.1f}, {row['told_50']:.1f}"


def _places(rows: pd.DataFrame, key: tuple[str, str, str]) -> str:
    return str(rows.loc[key, "places"]) if key in rows.index else "–"


def _mean(rows: pd.DataFrame, column: str) -> str:
    mean = rows[column].astype(float).mean()
    return "–" if pd.isna(mean) else f"{mean:.1f}"


def _most(rows: pd.DataFrame) -> str:
    return f"{rows['either'].max():.1f}"


def _share(value: float) -> str:
    return f"{100 * value:.1f}"


def _months(period: Period) -> str:
    first, last = period.first, period.last
    return f"{first.strftime('%b')}–{last.strftime('%b')} {last.year}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines).replace(
        f"| {' | '.join(['---'] * len(head))} |", "|" + "---|" * len(head)
    )
