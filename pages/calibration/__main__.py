"""`python -m pages.calibration`: every untreated place treated as if it had been patrolled.

Prints, for each crime type, how often the verdict's interval would call a change with nothing planted, and with 30%
and 50% of the comparison period's incidents removed at random (seeded): the answer that About / Methods shows.

With --markdown the measured figures of the topic's METHOD.md are made anew between their markers, which takes some
minutes: the table above, the designs that were compared, and the other months they were tried on.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from analysis.drawing.answer import Part, Unanswered
from analysis.drawing.figure import Table
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.topics import calibration
from analysis.topics.calibration.blocks import blocks
from analysis.topics.calibration.measure import REPEATS
from analysis.topics.calibration.show.method_blocks import filled
from data.desk import Desk
from data.store import open_store

METHOD = Path(__file__).parents[2] / "analysis" / "topics" / "calibration" / "METHOD.md"


def main(arguments: list[str] | None = None) -> int:
    """Print the table, or write METHOD.md, and return 0; or the sentence that says why not, and return 1."""
    parser = argparse.ArgumentParser(prog="python -m pages.calibration", description=__doc__)
    parser.add_argument(
        "--store", help="folder of the store; default $TOWN_CENTRES_STORE, else the user's own"
    )
    parser.add_argument("--force", help="the force, when more than one is held")
    parser.add_argument("--baseline", type=str, help="for example 2022-07:2023-06")
    parser.add_argument("--comparison", type=str, help="for example 2023-07:2024-06")
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
    part: Part
    try:
        if given.markdown:
            _write(given.markdown, _case(given), given.repeats)
            return 0
        part = calibration.answer(_case(given), given.repeats)["table"]
    except AnalysisError as problem:
        part = Unanswered(str(problem))
    if not isinstance(part, Table):
        print(part.sentence if isinstance(part, Unanswered) else part, file=sys.stderr)
        return 1
    print(part.title, part.subtitle, sep="\n")
    print(part.shown.to_string())
    return 0


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
