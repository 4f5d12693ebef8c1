"""`python -m pages.judge`: every centre of every force held, judged by the rule of the Overview, and kept for About / Country.

Judged are the centres that files of areas name; where there are none, those proposed from outlines held, else suggestions
from where thefts were recorded. Forces whose months, ground and areas are as they were when they were judged are left as
they are.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from analysis.model.errors import AnalysisError, RefusedError
from analysis.model.periods import Period
from data.desk import Desk
from data.store import open_store
from data.store.engine_setting import ENGINES, name_engine
from pages.judge.judging import judge_country


def main(arguments: list[str] | None = None) -> int:
    """Judge, say what was done, and return 0; or the sentence that says why not, and return 1."""
    parser = argparse.ArgumentParser(prog="python -m pages.judge", description=__doc__)
    parser.add_argument(
        "--store", help="folder of the store; default $TOWN_CENTRES_STORE, else the user's own"
    )
    parser.add_argument("--engine", choices=ENGINES, help="what holds the rows; default $TOWN_CENTRES_ENGINE")
    parser.add_argument(
        "--areas", type=Path, metavar="FILE", help="judge the areas of this file, in the form of areas.toml"
    )
    parser.add_argument(
        "--baseline", help="for example 2022-07:2023-06; default each force's own two latest years"
    )
    parser.add_argument("--comparison", help="for example 2023-07:2024-06")
    parser.add_argument("--again", action="store_true", help="judge forces again of which nothing changed")
    given = parser.parse_args(arguments)
    try:
        if given.engine:
            name_engine(given.engine)
        if bool(given.baseline) != bool(given.comparison):
            raise RefusedError(
                "One period alone cannot be compared. Give both --baseline and --comparison, or neither."
            )
        if given.areas is not None and not given.areas.is_file():
            raise RefusedError(
                f"{given.areas.name}: there is no such file. Name a file in the form of areas.toml."
            )
        periods = (Period.parse(given.baseline), Period.parse(given.comparison)) if given.baseline else None
        done = judge_country(
            Desk(open_store(given.store)), areas=given.areas, periods=periods, again=given.again
        )
    except AnalysisError as problem:
        print(problem, file=sys.stderr)
        return 1
    if not done.anew:
        print(f"Nothing changed since {len(done.left):,} forces were judged: {done.rows:,} rows stand.")
    else:
        print(
            f"{len(done.anew):,} forces judged, {len(done.left):,} left as they were: {done.rows:,} rows are kept."
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
