"""Which column of a file is which column of the contract."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.model.english import agree, is_are, listed, plural
from analysis.model.errors import RefusedError
from analysis.records.contract import RecordKind, normal_heading
from analysis.records.tidying import cells
from analysis.records.tidying.raw_table import RawTable
from analysis.records.tidying.times import is_moment

FORM_TIMES = frozenset({"start_time", "completion_time", "last_modified_time"})
"""Columns that a form tool adds by itself: when somebody began and ended filling the form in."""
FORM_MARKS = FORM_TIMES | {"id", "email"}
"""Any of them beside a form's time tells that a form tool wrote the file."""


@dataclass(frozen=True)
class Headings:
    """The position of each column of the contract, the headings left over, and those that a form tool added."""

    places: dict[str, int]
    dropped: tuple[str, ...]
    of_the_form: tuple[str, ...] = ()


def match_headings(kind: RecordKind, raw: RawTable) -> Headings:
    """Return which heading stands for which column, whatever its case, spacing and signs.

    A form tool's own “Start time” is not the record's: where “Completion time”, “ID”, “Email” or “Last modified
    time” stand beside it and its cells are moments with a day, another column is taken, or the file is refused
    with a question. RefusedError names what is missing, and two headings for one column.
    """
    places: dict[str, int] = {}
    dropped: list[str] = []
    of_the_form: list[str] = []
    normals = [normal_heading(heading) for heading in raw.headings]
    for position, heading in enumerate(raw.headings):
        column = next((c for c in kind.columns if normals[position] in c.headings), None)
        if column is None:
            if heading.strip():
                dropped.append(_plain(heading))
        elif _is_of_the_form(normals, position, raw):
            of_the_form.append(_plain(heading))
        elif column.name in places:
            raise RefusedError(
                f"Two headings stand for “{column.heading}”. Delete or rename one of them, "
                "and give the file again."
            )
        else:
            places[column.name] = position
    missing = [column.heading for column in kind.required if column.name not in places]
    if missing:
        raise RefusedError(_missing(kind, missing, dropped, of_the_form))
    return Headings(places, tuple(dropped), tuple(of_the_form))


def _is_of_the_form(normals: list[str], position: int, raw: RawTable) -> bool:
    if normals[position] not in FORM_TIMES or not set(normals) & (FORM_MARKS - {normals[position]}):
        return False
    texts = [row[position].strip() for _, row in raw.rows if position < len(row) and row[position].strip()]
    # a form keeps moments; times of day alone were typed by somebody, and are the record's
    return all(is_moment(text) for text in texts)


def _missing(kind: RecordKind, missing: list[str], dropped: list[str], of_the_form: list[str]) -> str:
    if of_the_form and len(missing) <= len(of_the_form):
        named = listed(f"“{heading}”" for heading in of_the_form)
        others = f" Headings not known: {', '.join(dropped)}." if dropped else ""
        return (
            f"{named} {is_are(len(of_the_form))} a form tool’s own {plural(len(of_the_form), 'column')}, for when the "
            f"form was filled in, and {agree(len(of_the_form), 'was', 'were')} not read as {listed(missing)}. Which column "
            f"holds it? Head that one {listed(missing)} (also {named}, if it is the record’s after all) and give the "
            f"file again.{others}"
        )
    unexpected = f" Headings not known: {', '.join(dropped)}." if dropped else ""
    return (
        f"This is not a {kind.title.lower()}: the {plural(len(missing), 'heading')} "
        f"{listed(missing)} {is_are(len(missing))} missing.{unexpected} "
        "Put the headings of the template in one row above the data."
    )


def _plain(heading: str) -> str:
    return cells.shown(" ".join(heading.split()))[1:-1]
