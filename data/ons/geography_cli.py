"""The command ``download-geography``: its words, its bar, what it prints."""

from __future__ import annotations

import argparse
import json
import sys

from data.bar import bar
from data.ons.downloading import download_geography
from data.ons.values import GeographyProgress, GeographyReport, GeographyRequest
from data.store import Store


def add_geography_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    """Add ``download-geography`` to a command line."""
    fetch = commands.add_parser(
        "download-geography",
        parents=[shared],
        help="fetch lookup, LSOAs, wards and districts of a force from the ONS, and import them",
    )
    fetch.add_argument(
        "--force",
        action="append",
        default=[],
        help="as in the names of police.uk's files, e.g. cleveland; more than once for several; default: the forces held",
    )


def run_download_geography(store: Store, options: argparse.Namespace) -> int:
    """Fetch and import; return the exit code, 1 where something was refused."""
    report = _with_bar(
        store, GeographyRequest(tuple(options.force)), shown=sys.stderr.isatty() and not options.json
    )
    sys.stdout.write((json.dumps(report.to_dict(), indent=1) if options.json else str(report)) + "\n")
    sys.stdout.flush()
    return 0 if report.ok else 1


def _with_bar(store: Store, request: GeographyRequest, *, shown: bool) -> GeographyReport:
    with bar(" rows", shown=shown) as show:

        def told(progress: GeographyProgress) -> None:
            layer = f"layer {progress.layers_done + 1} of {progress.layers}"
            show(progress.rows_done, progress.rows_wanted or None, progress.words or "importing", layer)

        return download_geography(store, request, told)
