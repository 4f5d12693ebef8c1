"""`python -m pages.update`: months kept up to date, and what a revision changed in figures already shown.

The same as `python -m data update`. With --list the dated list of earlier updates is printed, and nothing is fetched.
"""

from __future__ import annotations

import argparse
import json
import sys

from data.loading import begin_loading, end_loading

if __name__ == "__main__":
    begin_loading()

from analysis.model.errors import AnalysisError
from data.bar import bar
from data.permitted import command_line, update_months
from data.store import Store, open_store
from data.store.own_folder import own_files
from data.update import UpdateProgress, UpdateReport, read_updates
from pages.update.judging import judge


def main(arguments: list[str] | None = None) -> int:
    """Update, or print the list; return 0, or 1 where something was refused."""
    parser = argparse.ArgumentParser(prog="python -m data update", description=__doc__)
    parser.add_argument(
        "--store", help="folder of the store; default $TOWN_CENTRES_STORE, else the user's own"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument(
        "--list", action="store_true", help="print what earlier updates changed, the latest first"
    )
    given = parser.parse_args(arguments)
    store = open_store(given.store)
    if given.list:
        entries = read_updates(store.path)
        words = "\n".join(map(str, entries)) or "No update has changed anything yet."
        print(json.dumps([each.to_dict() for each in entries], indent=1) if given.json else words)
        return 0
    try:
        with own_files():
            report = _with_bar(store, shown=sys.stderr.isatty() and not given.json)
    except AnalysisError as problem:
        return _failed(str(problem), as_json=given.json)
    except KeyboardInterrupt:
        return _failed(
            "Stopped. The months finished so far are held; the next update goes on, and tells what these changed, too.",
            as_json=given.json,
        )
    print(json.dumps(report.to_dict(), indent=1) if given.json else str(report))
    return 0 if report.ok else 1


def _with_bar(store: Store, *, shown: bool) -> UpdateReport:
    with bar("B", shown=shown) as show:

        def told(progress: UpdateProgress) -> None:
            download = progress.download
            doing = f"{progress.force}: {download.doing if download else 'comparing'}"
            done, total = (download.bytes_done, download.bytes_wanted or None) if download else (0, None)
            show(done, total, doing)

        return update_months(command_line(), store, judge, told)


def _failed(sentence: str, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({"ok": False, "refused": [sentence]}, indent=1))
    else:
        print(sentence, file=sys.stderr)
    return 1


if __name__ == "__main__":
    end_loading()
    sys.exit(main())
