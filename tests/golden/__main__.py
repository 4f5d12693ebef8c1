"""Write down what every page sends, and compare two such lists.

    python -m tests.golden write OUT [--store demonstration|real|records] [--work FOLDER]
    python -m tests.golden compare OLD NEW

``write`` puts two files a store into OUT: the full list (``.tsv.gz``) and its hashes by part (``.tsv``). ``compare``
takes two files or two folders, prints what differs by page and part, and ends with 1 where anything does.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
import warnings
from pathlib import Path

from tests.golden.comparison import compare
from tests.golden.rows import hashes, write_hashes, write_rows
from tests.golden.runs import all_rows
from tests.golden.stores import STORES, store


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__.split("\n", 1)[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    write = verbs.add_parser("write", help="write down what every page sends")
    write.add_argument("out", type=Path, help="the folder that the lists are written to")
    write.add_argument("--store", choices=STORES, action="append", help="default: all three")
    write.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "town-centres-golden")
    write.add_argument("--only", help="only pages with this in their script's name, to try it out")
    against = verbs.add_parser("compare", help="say what differs between two lists, or two folders of them")
    against.add_argument("old", type=Path)
    against.add_argument("new", type=Path)
    given = parser.parse_args(arguments)
    if given.verb == "write":
        return _write(given)
    lines = compare(given.old, given.new)
    print("\n".join(lines) or "No difference.")
    return 1 if lines else 0


def _write(given: argparse.Namespace) -> int:
    logging.disable(logging.WARNING)  # Streamlit warns at each run that no browser is there
    warnings.simplefilter("ignore")
    given.out.mkdir(parents=True, exist_ok=True)
    for name in given.store or STORES:
        begun = time.perf_counter()
        folder = store(name, given.work.resolve())
        made = time.perf_counter()
        rows = list(all_rows(folder, given.only))
        write_rows(rows, given.out / f"{name}.tsv.gz")
        write_hashes(hashes(rows), given.out / f"{name}.tsv")
        drawn = time.perf_counter()
        print(f"{name}: {len(rows):,} rows; store {made - begun:.0f} s, pages {drawn - made:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
