"""`python -m pages.calibration`: every untreated place treated as if it had been patrolled.

Prints, for each crime type, how often the verdict's interval would call a change with nothing planted, and with 30%
and 50% of the comparison period's incidents removed at random (seeded).
"""

from __future__ import annotations

import argparse
import sys

from analysis.model.cube import panel
from analysis.model.errors import AnalysisError
from analysis.model.periods import Period, default_pair
from analysis.topics.calibration.measure.calibration import calibration
from analysis.topics.change.show.pooled_table import calibration_table
from data.areas import force_name
from data.store import open_store


def main(arguments: list[str] | None = None) -> int:
    """Print the table and return 0, or the sentence that says why it cannot be made and return 1."""
    parser = argparse.ArgumentParser(prog="python -m pages.calibration", description=__doc__)
    parser.add_argument("--store", help="folder of the store; default $TOWN_CENTRES_STORE, else data/store")
    parser.add_argument("--force", help="the force, when more than one is held")
    parser.add_argument("--baseline", type=str, help="for example 2022-07:2023-06")
    parser.add_argument("--comparison", type=str, help="for example 2023-07:2024-06")
    parser.add_argument("--repeats", type=int, default=200, help="seeds of the planted falls")
    asked = parser.parse_args(arguments)
    try:
        store = open_store(asked.store)
        counts = panel(store.cube(asked.force))
        force = asked.force or store.forces()[0]
        baseline, comparison = default_pair(counts.span)
        baseline = Period.parse(asked.baseline) if asked.baseline else baseline
        comparison = Period.parse(asked.comparison) if asked.comparison else comparison
        treated = [area.ground for area in store.areas(force).values() if area.treated]
        rows = calibration(
            counts,
            places=store.ground(force),
            excluded=frozenset().union(*treated),
            baseline=baseline,
            comparison=comparison,
            repeats=asked.repeats,
        )
    except AnalysisError as problem:
        print(problem, file=sys.stderr)
        return 1
    table = calibration_table(rows, baseline, comparison, force_name(force))
    print(table.title, table.subtitle, sep="\n")
    print(table.shown.to_string())
    return 0


if __name__ == "__main__":
    sys.exit(main())
