"""`python -m pages.calibration`: every untreated place treated as if it had been patrolled.

Prints, for each rule, scope and crime type, how often a change would be told with nothing planted, after a bad year and
after a good one, and with 30% and 50% of the comparison period's incidents removed at random (seeded): the answer that
About / Methods shows. With --json, JSON alone goes to standard output and progress to standard error.

The two periods are compared like for like; --any-season sets unlike months side by side, which no page does.

With --review every verdict of the chosen areas is listed beside the plain rule's, with why they differ.

With --markdown the measured figures of the topic's METHOD.md are made anew between their markers, which takes some
minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.topics import change
from analysis.topics.calibration.blocks import blocks
from analysis.topics.calibration.measure import REPEATS, Calibration, calibration_rows
from analysis.topics.calibration.show.method_blocks import filled
from analysis.topics.calibration.show.verdict_tables import printed_lines
from data.desk import Desk
from data.store import open_store

METHOD = Path(__file__).parents[2] / "analysis" / "topics" / "calibration" / "METHOD.md"

ANY_SEASON = "The two sides are not the same calendar months: a difference of seasons is in every change."


def main(arguments: list[str] | None = None) -> int:
    """Print the tables or the JSON, or write METHOD.md, and return 0; or the sentence that says why not, and return 1."""
    parser = argparse.ArgumentParser(prog="python -m pages.calibration", description=__doc__)
    parser.add_argument(
        "--store", help="folder of the store; default $TOWN_CENTRES_STORE, else the user's own"
    )
    parser.add_argument("--force", help="the force, when more than one is held")
    parser.add_argument("--baseline", type=str, help="for example 2022-07:2023-06")
    parser.add_argument("--comparison", type=str, help="for example 2023-07:2024-06")
    parser.add_argument(
        "--any-season", action="store_true", help="let the two sides be unlike calendar months"
    )
    parser.add_argument("--json", action="store_true", help="print JSON alone on standard output")
    parser.add_argument(
        "--review",
        action="store_true",
        help="list every verdict of the periods beside the plain rule's, as Markdown",
    )
    parser.add_argument("--repeats", type=int, default=REPEATS, help="seeds of the planted falls")
    parser.add_argument(
        "--markdown",
        nargs="?",
        const=METHOD,
        type=Path,
        metavar="FILE",
        help="make the measured figures between the markers of this file anew; default the topic's METHOD.md",
    )
    given = parser.parse_args(arguments)
    try:
        case = _case(given)
        if given.review:
            print(change.review_verdicts(case))
            return 0
        if given.markdown:
            _write(given.markdown, case, given.repeats)
            return 0
        print(
            f"{case.force_name}: {case.comparison.label} against {case.baseline.label}, about a minute…",
            file=sys.stderr,
        )
        found = calibration_rows(case, repeats=given.repeats, any_season=given.any_season)
    except AnalysisError as problem:
        print(problem, file=sys.stderr)
        return 1
    season = ANY_SEASON if given.any_season else ""
    if given.json:
        if season:
            print(season, file=sys.stderr)
        print(json.dumps(as_json(found), indent=1))
    else:
        print("\n".join(printed_lines(found, case.force_name, season)))
    return 0


def as_json(found: Calibration) -> dict[str, object]:
    """Return the calibration as plain values: shares are per cent, null where there is no history."""
    return {
        "baseline": found.baseline,
        "comparison": found.comparison,
        "history": found.history,
        "rows": [asdict(row) for row in found.rows],
    }


def _case(given: argparse.Namespace) -> Case:
    desk = Desk(open_store(given.store))
    chosen = desk.default_selection(desk.one_force(given.force))
    if given.baseline:
        chosen = replace(chosen, baseline=Period.parse(given.baseline))
    if given.comparison:
        chosen = replace(chosen, comparison=Period.parse(given.comparison))
    return desk.case(chosen)


def _write(method: Path, case: Case, repeats: int) -> None:
    text = method.read_text(encoding="utf-8")
    method.write_text(filled(text, blocks(case, repeats=repeats)), encoding="utf-8")
    print(f"{method.name}: the figures of {case.force_name} are made anew.")


if __name__ == "__main__":
    sys.exit(main())
