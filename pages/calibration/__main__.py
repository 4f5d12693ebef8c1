"""`python -m pages.calibration`: every untreated place treated as if it had been patrolled.

Prints, for each crime type, how often the verdict's interval would call a change with nothing planted, and with 30%
and 50% of the comparison period's incidents removed at random (seeded): the answer that About / Methods shows.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from analysis.drawing.answer import Answer, Unanswered
from analysis.drawing.figure import Table
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period
from analysis.topics import calibration
from analysis.topics.calibration.measure import REPEATS
from data.desk import Desk
from data.store import open_store


def main(arguments: list[str] | None = None) -> int:
    """Print the table and return 0, or the sentence that says why it cannot be made and return 1."""
    parser = argparse.ArgumentParser(prog="python -m pages.calibration", description=__doc__)
    parser.add_argument(
        "--store", help="folder of the store; default $TOWN_CENTRES_STORE, else the user's own"
    )
    parser.add_argument("--force", help="the force, when more than one is held")
    parser.add_argument("--baseline", type=str, help="for example 2022-07:2023-06")
    parser.add_argument("--comparison", type=str, help="for example 2023-07:2024-06")
    parser.add_argument("--repeats", type=int, default=REPEATS, help="seeds of the planted falls")
    try:
        part = _answer(parser.parse_args(arguments))["table"]
    except AnalysisError as problem:
        part = Unanswered(str(problem))
    if not isinstance(part, Table):
        print(part.sentence if isinstance(part, Unanswered) else part, file=sys.stderr)
        return 1
    print(part.title, part.subtitle, sep="\n")
    print(part.shown.to_string())
    return 0


def _answer(given: argparse.Namespace) -> Answer:
    desk = Desk(open_store(given.store))
    chosen = desk.default_selection(desk.one_force(given.force))
    if given.baseline:
        chosen = replace(chosen, baseline=Period.parse(given.baseline))
    if given.comparison:
        chosen = replace(chosen, comparison=Period.parse(given.comparison))
    return calibration.answer(desk.case(chosen), given.repeats)


if __name__ == "__main__":
    sys.exit(main())
