"""The commands for records: ``import-records KIND FILE`` and ``records list|put-back|remove|template``.

`add_records_commands` hangs them on the project's command line; each sets ``run``, which takes the parsed
arguments, prints, and returns the exit code (1 when a file was refused as a whole).
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import sys
from pathlib import Path

from analysis.model.english import counted
from analysis.model.errors import AnalysisError, RefusedError
from analysis.model.formats import number
from analysis.records import RECORD_KINDS
from data.permitted import command_line, keep_records, put_back, remove
from data.records import RecordsReport, record_kind, template_csv, template_excel, versions
from data.records.bounded import read_bounded
from data.records.known_places import known_places
from data.records.record_files import LARGEST_FILE
from data.store import default_store_path

_KEYS = [kind.key for kind in RECORD_KINDS]
_PRINTED_REFUSALS = 20


def add_records_commands(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``import-records`` and ``records`` to a command line."""
    bring = subparsers.add_parser(
        "import-records", help="take in a CSV or Excel file of the office's records"
    )
    bring.add_argument("kind", choices=_KEYS)
    bring.add_argument("file", type=Path)
    bring.add_argument("--delete-after", type=_day, metavar="YYYY-MM-DD", help="last day on which it is held")
    bring.add_argument("--refused", type=Path, metavar="CSV", help="write the refused rows to this file")
    bring.add_argument("--as-is", action="store_true", help="take names of places as they stand")
    bring.add_argument("--check", action="store_true", help="read and report only; keep nothing")
    _with_store(bring).set_defaults(run=_import)

    actions = subparsers.add_parser("records", help="list, put back or remove records; write templates")
    verbs = actions.add_subparsers(required=True, metavar="list|put-back|remove|template")
    listing = verbs.add_parser("list", help="list the versions held")
    listing.add_argument("kind", choices=_KEYS, nargs="?")
    _with_store(listing).set_defaults(run=_list)
    back = verbs.add_parser("put-back", help="put an earlier version in use")
    back.add_argument("kind", choices=_KEYS)
    back.add_argument("version", type=int)
    _with_store(back).set_defaults(run=_put_back)
    removal = verbs.add_parser("remove", help="delete a version, or every version, for good")
    removal.add_argument("kind", choices=_KEYS)
    which = removal.add_mutually_exclusive_group(required=True)
    which.add_argument("version", type=int, nargs="?")
    which.add_argument("--all", action="store_true", help="every version")
    _with_store(removal).set_defaults(run=_remove)
    template = verbs.add_parser("template", help="write an empty template")
    template.add_argument("kind", choices=_KEYS)
    template.add_argument("file", type=Path, help="a name ending in .csv or .xlsx")
    template.set_defaults(run=_template, json=False)


def run(arguments: argparse.Namespace) -> int:
    """Run a parsed command; a refusal is printed as its sentence and gives 1."""
    try:
        return int(arguments.run(arguments))
    except AnalysisError as error:
        _tell(str(error))
        return 1
    except KeyboardInterrupt:
        _tell("Stopped. A version is held whole or not at all: see python -m data records list.")
        return 1


def _with_store(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    default = default_store_path()
    parser.add_argument("--store", type=Path, default=default, help="the store (default %(default)s)")
    parser.set_defaults(json=False)  # what the command line around these asks of every command
    return parser


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date; write it as 2025-12-31") from None


def _import(arguments: argparse.Namespace) -> int:
    try:
        with arguments.file.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)  # one byte more than is taken is refused by its size
    except OSError as error:
        raise RefusedError(f"{arguments.file} cannot be read: {error.strerror}.") from error
    report = read_bounded(
        arguments.kind, arguments.file.name, content, known_places=known_places(arguments.store)
    )
    if arguments.as_is:
        report = report.as_is()
    if arguments.refused is not None:
        _write(arguments.refused, report.refused_csv())
    # kept first, told afterwards: a reader of the output who goes away must not decide what is held
    try:
        last = _keep(arguments, report)
    except AnalysisError:
        _tell(*_lines_of(report))
        raise
    _tell(*_lines_of(report), last)
    return 0


def _keep(arguments: argparse.Namespace, report: RecordsReport) -> str:
    questions = [place.question for place in report.unknown_places]
    if arguments.check:
        return "\n".join([*questions, "Checked only; nothing was kept."])
    if questions:
        raise RefusedError(
            "\n".join(
                [*questions, "Nothing was kept. Correct the names, or take them as they are with --as-is."]
            )
        )
    kept = keep_records(command_line(), arguments.store, report, arguments.delete_after)
    return f"Kept as version {kept.version}{f' until {kept.delete_after}' if kept.delete_after else ''}."


def _lines_of(report: RecordsReport) -> list[str]:
    lines = [report.summary, *report.sentences]
    shown = report.refused.head(_PRINTED_REFUSALS)
    lines += [f"  row {row}: {reason}" for row, reason in shown.itertuples(index=False)]
    rest = len(report.refused) - len(shown)
    if rest:
        lines.append(f"  and {number(rest)} more; see them all with --refused FILE.")
    return lines


def _tell(*lines: str) -> None:
    """Print lines; where whoever read them has gone, the rest of the command is done all the same."""
    try:
        print(*lines, sep="\n", flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _list(arguments: argparse.Namespace) -> int:
    for key in [arguments.kind] if arguments.kind else _KEYS:
        kept = versions(arguments.store, key)
        _tell(f"{key}: {'nothing held' if not kept else ''}".rstrip())
        for version in kept:
            marks = [
                "in use" if version.current else "",
                "simulated" if version.simulated else "",
                f"deleted after {version.delete_after}" if version.delete_after else "",
            ]
            notes = "".join(f", {mark}" for mark in marks if mark)
            _tell(
                f"  {version.version}  {version.kept_at}  {version.file_name}  {counted(version.rows, 'row')}{notes}"
            )
    return 0


def _put_back(arguments: argparse.Namespace) -> int:
    version = put_back(command_line(), arguments.store, arguments.kind, arguments.version)
    _tell(f"Version {version.version} of {arguments.kind} ({version.file_name}) is in use again.")
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    number = None if arguments.all else arguments.version
    remove(command_line(), arguments.store, arguments.kind, number)
    what = "Every version" if number is None else f"Version {number}"
    _tell(f"{what} of {arguments.kind} is removed for good.")
    return 0


def _template(arguments: argparse.Namespace) -> int:
    title = record_kind(arguments.kind).title
    suffix = arguments.file.suffix.lower()
    if suffix not in {".csv", ".xlsx"}:
        raise RefusedError("The name of a template ends in .csv or .xlsx.")
    make = template_csv if suffix == ".csv" else template_excel
    _write(arguments.file, make(arguments.kind))
    _tell(f"{title}: template written to {arguments.file}.")
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise RefusedError(f"{path} cannot be written: {error.strerror}.") from error
