"""The app run without a browser: every page of the menu with every selection."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.golden.reader import page_rows
from tests.golden.rows import Row

PROJECT = Path(__file__).parents[2]

MENUS = ("pages.shell.frame", "pages.frame.menu")
"""Where the menu lies, and where it is to lie."""

CENTRES = ("Billingham Town Centre", "Thornaby Town Centre", "Stockton Town Centre")


def menu() -> dict[str, dict[str, str]]:
    """Return the app's own menu: section, then script under ``pages/`` and title."""
    for name in MENUS:
        try:
            return import_module(name).MENU
        except (ModuleNotFoundError, AttributeError):
            continue
    raise SystemExit(f"No menu in {' or '.join(MENUS)}: say in tests/golden/runs.py where it lies now.")


def selections(crime_types: list[str]) -> dict[str, dict[str, list[str]]]:
    """Return each selection's name and its query, as a link has it."""
    return {
        "default": {},
        "thornaby, 14 types": {"area": ["Thornaby Town Centre"], "crime": crime_types},
        "half-years": {
            "area": list(CENTRES),
            "baseline_from": ["Jan 2023"],
            "baseline_to": ["Jun 2023"],
            "comparison_from": ["Jan 2024"],
            "comparison_to": ["Jun 2024"],
        },
    }


def all_rows(store: Path, only: str | None = None) -> Iterator[Row]:
    """Yield the rows of every page and selection over a store, saying on the way what was drawn."""
    os.environ["TOWN_CENTRES_STORE"] = str(store)
    every = [script for section in menu().values() for script in section]
    scripts = [script for script in every if not only or only in script]
    for selection, query in selections(_crime_types(every[0])).items():
        for script in scripts:
            begun = time.perf_counter()
            app = _run(script, every[0], query)
            rows = page_rows(app._tree, script, selection, [(str(store), "(store)")])
            taken = time.perf_counter() - begun
            print(f"{selection}: {script}: {len(rows):,} rows, {taken:.1f} s", file=sys.stderr, flush=True)
            for row in rows:
                if row.kind in ("error", "exception", "unread"):
                    print(f"  look: {row.part}: {row.kind} {row.row} {row.value}", file=sys.stderr)
            yield from rows


def _run(script: str, first: str, query: dict[str, list[str]]) -> AppTest:
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=600)  # a guard against hanging only
    for key, values in query.items():
        app.query_params[key] = values
    return app.run() if script == first else app.switch_page(f"pages/{script}.py").run()


def _crime_types(first: str) -> list[str]:
    # as the filter itself offers them
    filters = {each.label: each for each in _run(first, first, {}).multiselect}
    return list(filters["Crime types"].options)
