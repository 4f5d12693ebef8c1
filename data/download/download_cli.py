"""The command ``download --force FORCE``: its words, its bar, what it prints."""

from __future__ import annotations

import argparse
import json
import sys

from data.bar import bar
from data.download.downloading import download
from data.download.planning import plan_download
from data.download.values import DownloadProgress, DownloadReport, DownloadRequest
from data.store import Store

_LABELS = {
    "reading lists of files": "Reading lists of files",
    "fetching": "Fetching",
    "importing": "Importing",
}


def add_download_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    """Add ``download`` to a command line."""
    fetch = commands.add_parser(
        "download",
        parents=[shared],
        help="fetch a force's months from the archives of data.police.uk, and import them",
    )
    fetch.add_argument("--force", required=True, help="as in the names of police.uk's files, e.g. cleveland")
    fetch.add_argument(
        "--from",
        dest="first",
        default="",
        metavar="YYYY-MM",
        help="default: 36 months, an archive's, up to the last",
    )
    fetch.add_argument(
        "--to", dest="last", default="", metavar="YYYY-MM", help="default: the newest archive's last month"
    )
    fetch.add_argument("--with-btp", action="store_true", help="British Transport Police, too")
    fetch.add_argument(
        "--dry-run", action="store_true", help="print what would be fetched, and how much; write nothing"
    )


def run_download(store: Store, options: argparse.Namespace) -> int:
    """Fetch and import, or say what would be fetched; return the exit code, 1 where something was refused."""
    request = DownloadRequest(options.force, options.first, options.last, options.with_btp)
    if options.dry_run:
        plan = plan_download(store, request)
        _print(json.dumps(plan.to_dict(), indent=1) if options.json else str(plan))
        return 0
    report = _with_bar(store, request, shown=sys.stderr.isatty() and not options.json)
    _print(json.dumps(report.to_dict(), indent=1) if options.json else str(report))
    return 0 if report.ok else 1


def _with_bar(store: Store, request: DownloadRequest, *, shown: bool) -> DownloadReport:
    with bar("B", shown=shown) as show:

        def told(progress: DownloadProgress) -> None:
            doing = _LABELS[progress.doing]
            show(progress.bytes_done, progress.bytes_wanted or None, doing, progress.file)

        return download(store, request, told)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
