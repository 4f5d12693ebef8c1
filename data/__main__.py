"""The command line of the store: ``python -m data import PATH…``, ``status``, ``import-lookup``, and so on.

Every command takes ``--store DIR`` (see `data.store.default_store_path`), and those for open data ``--json``. The exit
code is 1 when a file was refused whole, 2 when the command itself was not understood.
"""

from __future__ import annotations

import os
import sys

from data.loading import begin_loading, end_loading
from data.status_kept import told_again

if __name__ == "__main__":
    # before the rest is loaded, which takes longer than the answer: a status that still holds is told again
    _again = told_again(sys.argv[1:], os.environ.get("TOWN_CENTRES_STORE"))
    if _again is not None and (sys.stdout.encoding or "").lower().replace("-", "") == "utf8":
        print(_again)
        sys.exit(0)
    begin_loading()

import argparse
import io
import json
from collections.abc import Sequence
from contextlib import suppress

from analysis.model.errors import AnalysisError
from data.access import Action
from data.backup.backup_cli import add_backup_commands, run_backup
from data.bar import bar
from data.download.download_cli import add_download_command, run_download
from data.ons.geography_cli import add_geography_command, run_download_geography
from data.permitted import command_line, permitted
from data.records.records_cli import add_records_commands, run
from data.store import Store, default_store_path, open_store
from data.store.centres import import_centres
from data.store.own_folder import make_own, own_files
from data.store.status import current_status, proposals_text, read_proposals, status_text
from data.update.update_cli import add_update_command, run_update


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(
                errors="replace"
            )  # a terminal without our quotation marks is no reason to stop
    options = _parser().parse_args(arguments)
    try:
        with own_files():
            for name, call in (("run", run), ("backup", run_backup)):
                if name in options:
                    return call(options)
            return _run_logged(open_store(options.store), options)
    except AnalysisError as error:
        return _failed(str(error), as_json=options.json)
    except BrokenPipeError:  # whoever read the output has enough of it (… | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        return _failed(
            f"The store cannot be read or written: {error.strerror}{where}. "
            "Check the folder, its permissions and the space left; the months held are unchanged.",
            as_json=options.json,
        )
    except KeyboardInterrupt:
        return _failed(
            "Stopped. The months finished so far are held; run the same command again for the rest.",
            as_json=options.json,
        )


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--store", metavar="DIR", help=f"the store (default {str(default_store_path()).replace('%', '%%')})"
    )
    shared.add_argument("--json", action="store_true", help="print the result as JSON")
    parser = argparse.ArgumentParser(prog="python -m data", description="The data of Safe Town Centres.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    police = commands.add_parser(
        "import", parents=[shared], help="import zips, folders or CSV files of data.police.uk"
    )
    police.add_argument("paths", nargs="+", metavar="PATH")
    police.add_argument(
        "--release", default="", metavar="YYYY-MM", help="the edition of data.police.uk the files came from"
    )
    police.add_argument(
        "--replace",
        action="store_true",
        help="take files with far fewer or far more rows than the month held, too",
    )
    lookup = commands.add_parser(
        "import-lookup", parents=[shared], help="import the ONS exact-fit lookup of 2011 and 2021 LSOAs"
    )
    lookup.add_argument("paths", nargs=1, metavar="FILE")
    geography = commands.add_parser(
        "import-geography",
        parents=[shared],
        help="import ONS boundaries of LSOAs, wards and districts (GeoJSON, .gpkg, .zip)",
    )
    geography.add_argument("paths", nargs="+", metavar="FILE")
    centres = commands.add_parser(
        "import-centres",
        parents=[shared],
        help="import outlines of town centres: GeoDS retail centres, OS NGD retail areas, any polygons with a name",
    )
    centres.add_argument("paths", nargs=1, metavar="FILE")
    commands.add_parser("centres", parents=[shared], help="print the areas proposed from the centres held")
    add_download_command(commands, shared)
    add_geography_command(commands, shared)
    add_update_command(commands, shared)
    add_backup_commands(commands, shared)
    commands.add_parser("status", parents=[shared], help="print what is held")
    add_records_commands(commands)
    return parser


def _run_logged(store: Store, options: argparse.Namespace) -> int:
    command = _COMMANDS[options.command]
    if options.command in _UNLOGGED or (options.command == "download" and options.dry_run):
        return command(store, options)
    with permitted(command_line(), Action.IMPORT_DATA, store.path, options.command):
        code = command(store, options)
    with suppress(AnalysisError):
        current_status(store)  # so that whoever asks for it next is answered at once
    make_own(store.path)
    return code


def _import(store: Store, options: argparse.Namespace) -> int:
    with bar("B", shown=not options.json and sys.stderr.isatty()) as show:
        report = store.import_police_uk(
            *options.paths,
            release=options.release,
            replace=options.replace,
            progress=lambda done, total, file: show(done, total, "Importing", file),
        )
    _print(json.dumps(report.to_dict(), indent=1) if options.json else str(report))
    return 0 if report.ok else 1


def _import_lookup(store: Store, options: argparse.Namespace) -> int:
    report = store.import_lookup(options.paths[0])
    _print(json.dumps(vars(report), indent=1) if options.json else report.sentence)
    return 0


def _import_geography(store: Store, options: argparse.Namespace) -> int:
    report = store.import_geography(*options.paths)
    _print(json.dumps(vars(report), indent=1) if options.json else report.sentence)
    return 0


def _import_centres(store: Store, options: argparse.Namespace) -> int:
    report = import_centres(store, options.paths[0])
    _print(json.dumps(vars(report), indent=1) if options.json else report.sentence)
    return 0


def _centres(store: Store, options: argparse.Namespace) -> int:
    by_force = read_proposals(store)
    _print(json.dumps(by_force, indent=1) if options.json else proposals_text(by_force))
    return 0


def _status(store: Store, options: argparse.Namespace) -> int:
    status = current_status(store)
    _print(json.dumps(status, indent=1) if options.json else status_text(status))
    return 0


def _update(_: Store, options: argparse.Namespace) -> int:
    return run_update(options)


_COMMANDS = {
    "import": _import,
    "import-lookup": _import_lookup,
    "import-geography": _import_geography,
    "import-centres": _import_centres,
    "centres": _centres,
    "download": run_download,
    "download-geography": run_download_geography,
    "status": _status,
    "update": _update,
}
_UNLOGGED = ("centres", "status", "update")
"""Commands that change nothing and so stand in no log, and one that is another program's, which writes its own line."""


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _failed(sentence: str, *, as_json: bool) -> int:
    if as_json:
        _print(json.dumps({"ok": False, "refused": [sentence]}, indent=1))
    else:
        sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    end_loading()
    sys.exit(main())
