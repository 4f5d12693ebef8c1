"""Print, in Markdown, what the rule of coverage finds and what unlocated rows do to verdicts.

`python -m tests.bench.coverage_study [FOLDER]`, FOLDER with police.uk zips (by default ../shared/real).
Without it only made forces are counted. With `--markdown` the tables of the topic's METHOD.md are made anew between their
markers. Takes about a minute on one core; every draw has a seed.
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.stats.coverage import coverage
from analysis.stats.coverage_rule import ABOVE_HIGHEST, JUDGED_MEDIAN
from analysis.stats.coverage_tried import (
    SHARES_LEFT,
    cut_table,
    false_table,
    files_found_when,
    found_when,
    most_missed,
)
from analysis.stats.unlocated import kept_table
from analysis.topics.calibration.show.method_blocks import filled
from tests.stats.made_forces import counted, made_areas, made_force, plain_verdict, street_rows

REAL = Path(__file__).parents[3] / "shared" / "real"
METHOD = Path(__file__).parents[2] / "analysis" / "topics" / "coverage" / "METHOD.md"

TOWNS = {
    "Billingham": ["E01012276"],
    "Thornaby": ["E01012284"],
    "Stockton": ["E01012266", "E01012267", "E01033477", "E01035197", "E01035198", "E01035199", "E01035200"],
}
"""The review's town centres, in codes of both vintages: no code of one means other ground in the other."""

FORCES = 42
"""Made forces for false findings: seven of each size."""

CUT_FORCES = 6
"""Made forces that are cut, one of each size; cutting every cell of more takes minutes."""

MANY = (0.1, 0.25, 0.4, 0.5, 0.6, 0.7)
"""Shares of a type's months that are cut at once."""

CHANGES = {"as elsewhere": 1.0, "25 % less": 0.75, "half": 0.5, "a third more": 1.33}
LOSSES = (
    (0.0, 0.0),
    (0.02, 0.02),
    (0.06, 0.06),
    (0.12, 0.12),
    (0.05, 0.07),
    (0.05, 0.20),
    (0.20, 0.05),
    (0.0, 0.25),
)
AREAS = 400
"""Made areas for each change and loss."""


def main(folder: Path) -> None:
    """Print every table."""
    made = [made_force(seed) for seed in range(CUT_FORCES)]
    if folder.is_dir():
        real, towns = _read(folder)
        _print_cuts("Cleveland's files, one month of one type cut", [real])
        _print_towns(real, towns)
        _print_files(real)
        _print_doubled(real)
        _print_many(real)
    _print_cuts(f"{CUT_FORCES} made forces of 36 months, one month of one type cut", made)
    if folder.is_dir():
        _print_false("Whole months flagged: Cleveland, as published", [real])
        _print_runs(real)
    for wander, words in ((1.0, "as Cleveland's types, or a little more"), (2.0, "twice as much")):
        forces = [made_force(seed, wander=wander) for seed in range(FORCES)]
        _print_false(f"Whole months flagged: {FORCES} made forces of 36 months that wander {words}", forces)
    for whole in (False, True):
        _print_kept(whole)


def write(folder: Path, method: Path = METHOD) -> None:
    """Make the tables between the markers of the topic's METHOD.md anew."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        main(folder)
    text = method.read_text(encoding="utf-8")
    method.write_text(filled(text, {"coverage": printed.getvalue().strip()}), encoding="utf-8")


def _read(folder: Path) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    rows = list(street_rows(folder))
    real, _ = counted(iter(rows))
    towns = {}
    for name, codes in TOWNS.items():
        table, _ = counted(iter([each for each in rows if each[1]["LSOA code"] in codes]))
        towns[name] = table.reindex(index=real.index, columns=real.columns).fillna(0).where(real.notna())
    return real, towns


def _print_cuts(title: str, forces: Sequence[pd.DataFrame]) -> None:
    table = cut_table(forces)
    head = ["Median month of the type", "Cells", *(f"to {left:.2f}" for left in SHARES_LEFT)]
    rows: list[list[str]] = []
    missed: list[list[str]] = []
    for (low, high), part in table.groupby(["at_least", "under"]):
        name, cells = _class(float(low), float(high)), f"{part['cells'].iloc[0]:,}"
        rows.append([name, cells, *(_percent(each) for each in part["found"])])
        missed.append([name, cells, *(f"{100 * each:.1f}" for each in part["missed"])])
    _print(f"{title}: found, per cent", head, rows)
    _print(
        f"{title}: the most that a cut not found takes from the type's twelve months, per cent", head, missed
    )


def _print_towns(real: pd.DataFrame, towns: dict[str, pd.DataFrame]) -> None:
    rows = [
        [name, *(f"{100 * most_missed(real, area, left):.1f}" for left in SHARES_LEFT)]
        for name, area in towns.items()
    ]
    head = ["Town centre", *(f"to {left:.2f}" for left in SHARES_LEFT)]
    _print(
        "The same for areas, all ground cut alike (types of 50 a month in the force, 50 a year in the area)",
        head,
        rows,
    )


def _print_files(real: pd.DataFrame) -> None:
    held = real.dropna(how="all").index
    factors = (0.9, 0.8, 0.7, 0.6, 0.5, 1 / 3, 1.5, 2.0)
    found = [_percent(files_found_when(real, factor)[held].mean()) for factor in factors]
    _print("Cleveland's files, every type of one month cut or raised: found without Crime IDs, per cent",
           ["Months", *(f"to {factor:.2f}" for factor in factors)], [[str(len(held)), *found]])  # fmt: skip


def _print_doubled(real: pd.DataFrame) -> None:
    names = [name for name in real.columns if real[name].median() >= JUDGED_MEDIAN]
    held = real.dropna(how="all").index
    found = found_when(real, 2.0).loc[held, names]
    passes = (2 * real[names] > ABOVE_HIGHEST * real[names].max()).loc[held]
    rows = [[name, _percent(passes[name].mean()), _percent(found[name].mean())] for name in names]
    _print("Cleveland's files, one month of one type doubled: per cent of months",
           ["Type", "Pass the highest month by a tenth", "Found"], rows)  # fmt: skip


def _print_many(real: pd.DataFrame) -> None:
    large = [name for name in real.columns if real[name].median() >= 100]
    held = list(real.dropna(how="all").index)
    found: dict[float, list[int]] = {}
    for share in MANY:
        tried = hit = false = 0
        for seed, name in enumerate(large):
            cut = set(np.random.default_rng(seed).permutation(len(held))[: int(share * len(held))])
            months = {held[at] for at in cut}
            changed = real.copy()
            changed.loc[list(months), name] = (changed.loc[list(months), name] / 3).round()
            cells = {(cell.month, cell.crime_type) for cell in coverage(changed).flagged}
            right = {(month, name) for month in months}
            tried, hit, false = tried + len(right), hit + len(cells & right), false + len(cells - right)
        found[share] = [tried, hit, false]
    _print("Cleveland's files, many months of one type cut to a third at once (ten types, drawn)",
           ["Months, per cent", "Cut", "Found", "Others flagged"],
           [[_percent(share), *(f"{n:,}" for n in each)] for share, each in found.items()])  # fmt: skip


def _print_false(title: str, forces: Iterable[pd.DataFrame]) -> None:
    table = false_table(forces)
    rows = [
        [
            _class(row["at_least"], row["under"]),
            *(f"{int(row[n]):,}" for n in ("cells", "file", "below", "above", "made", "any")),
        ]
        for row in table.to_dict("records")
    ]
    _print(
        title, ["Median month of the type", "Cells", "File", "Far below", "Far above", "Made", "Any"], rows
    )


def _print_runs(real: pd.DataFrame) -> None:
    held = real.dropna(how="all")
    rows = []
    for months in (6, 8, 11, 12, 18, 24):
        flagged = [coverage(held.iloc[at : at + months]).flagged for at in range(len(held) - months + 1)]
        which = sorted({f"{cell.crime_type} {cell.month}" for cells in flagged for cell in cells})
        rows.append([str(months), str(len(flagged)), str(sum(map(len, flagged))), ", ".join(which) or "none"])
    _print("Whole months flagged where only a run of Cleveland's months is held",
           ["Months held", "Runs", "Cells flagged", "Which"], rows)  # fmt: skip


def _print_kept(whole: bool) -> None:
    made = {
        f"{100 * before:.0f} % and {100 * after:.0f} %|{words}": made_areas(
            seed, AREAS, change, (before, after)
        )
        for before, after in LOSSES
        for seed, (words, change) in enumerate(CHANGES.items())
    }
    table = kept_table(made, plain_verdict, whole=whole)
    table["stands out"] = table["verdict"].str.contains("than elsewhere")
    rows = []
    for name in made:
        part = table[table["made"] == name]
        sides = [part[part["stands out"]], part[~part["stands out"]]]
        each = [[f"{side['given'].sum():,}", _kept(side)] for side in sides]
        rows.append([*name.split("|"), *each[0], *each[1]])
    question = "all unlocated rows" if whole else "the difference"
    head = ["Unlocated before and after", "Made change against elsewhere", "More or less than elsewhere"]
    head += ["stand, %", "As elsewhere, no clear change", "stand, %"]
    title = (
        f"Verdicts that stand, {question} in question; {AREAS} made areas each, the loss the same everywhere"
    )
    _print(title, head, rows)


def _kept(side: pd.DataFrame) -> str:
    given = side["given"].sum()
    return _percent((side["given"] * side["kept"]).sum() / given) if given else "–"


def _class(low: float, high: float) -> str:
    if not np.isfinite(high):
        return f"{low:,.0f} and more"
    return f"{low:,.0f} to {high - 1:,.0f}" if low else f"under {high:,.0f}"


def _percent(share: float) -> str:
    """Return a whole per cent; 100 and 0 only where it is all or none."""
    whole = 100 * share
    if 0 < share < 1 and not 0.5 <= whole <= 99.5:
        return f"{whole:.1f}"
    return f"{whole:.0f}"


def _print(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    print(f"**{title}**\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


if __name__ == "__main__":
    given = [each for each in sys.argv[1:] if each != "--markdown"]
    (write if "--markdown" in sys.argv[1:] else main)(Path(given[0]) if given else REAL)
