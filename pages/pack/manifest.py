"""The manifest: what a pack was made from, as plain values, so that whoever has it a year later can make it again.

Periods, areas with codes, filters, months with releases and hashes, records by version, coverage, rules, the program's version,
and a mark of every table and of what is said. Nothing in it depends on the machine or, under ``SOURCE_DATE_EPOCH``, on the day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import time
import tomllib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import pandas as pd

from analysis.model.case import Case
from analysis.model.errors import AnalysisError, RefusedError
from analysis.model.own_area import own_area
from analysis.model.periods import Period
from analysis.model.selection import Selection
from analysis.records import RECORD_KINDS
from analysis.topics import coverage
from data.desk import Desk
from pages.frame.documents import DISTRIBUTION, PROJECT
from pages.pack import plain
from pages.pack.contents import AreaFact, Contents
from pages.pack.rules import rules

NAME = "manifest.json"
FORM = 1
"""Of the manifest; one of a later form is refused in a sentence."""

EPOCH = "SOURCE_DATE_EPOCH"

Plain = Mapping[str, Any]


def manifest_of(desk: Desk, case: Case, contents: Contents) -> dict[str, Any]:
    """Return the manifest of these contents."""
    made = _now()
    return {
        "form": FORM,
        "title": contents.title,
        "prepared_for": contents.body,
        "program": {"name": "Safe Town Centres", "version": program_version()},
        "made": dt.datetime.fromtimestamp(made, dt.UTC).isoformat(),
        "simulated": contents.simulated,
        "selection": selection_plain(case.selection, (chapter.key for chapter in contents.chapters)),
        "areas": [_area(area) for area in (*contents.facts.areas, *contents.facts.proposed)],
        "release": contents.release,
        "months": _months(desk, case.force),
        "ground": _ground_mark(case),
        "outlines": _outlines_mark(contents),
        "records": records(desk),
        "review": case.review.name if case.review else "",
        "coverage": _coverage(case),
        "rules": rules(),
        "parts": parts(contents),
    }


def text(values: Plain) -> str:
    """Return a manifest as it stands in its file."""
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def read(raw: str | bytes, name: str) -> dict[str, Any]:
    """Return a manifest of its text. RefusedError, which names the file, for what is none of this program's."""
    try:
        values = json.loads(raw)
    except (ValueError, RecursionError) as problem:
        raise RefusedError(
            f"{name} has a manifest that cannot be read. Take another copy of the pack."
        ) from problem
    if not isinstance(values, dict) or not {"form", "selection", "parts", "months", "rules"} <= set(values):
        raise RefusedError(f"{name} has no manifest of a pack. Name a pack made here, or its {NAME}.")
    if values["form"] != FORM:
        raise RefusedError(
            f"{name} was made by another version of this program, with a manifest of form {values['form']}. "
            "Verify it with that version."
        )
    return values


def lines(values: Plain) -> list[tuple[str, str]]:
    """Return a manifest as rows for a sheet: what, and its value as text; marks of parts stay in the file."""
    rows = [
        (name, str(values[name]))
        for name in ("title", "prepared_for", "made", "simulated", "release", "ground", "outlines", "review")
        if values.get(name) not in ("", None)
    ]
    rows.append(("program", " ".join(values["program"].values())))
    rows += [
        (f"selection: {name}", json.dumps(value, ensure_ascii=False))
        for name, value in values["selection"].items()
    ]
    rows += [(f"area: {area['name']}", ", ".join(area["codes"])) for area in values["areas"]]
    rows += [("coverage", line) for line in values["coverage"]]
    rows += [
        (
            f"month: {each['month']} {each['kind']}",
            f"{each['member']}, {each['release'] or 'no release named'}, {each['sha256']}",
        )
        for each in values["months"]
    ]
    rows += [(f"records: {kind}", mark) for kind, mark in values["records"].items()]
    rows += [(f"rule: {rule['name']}", f"{file}, {rule['code']}") for file, rule in values["rules"].items()]
    return rows


CHUNK = 30_000
_PIECE = "m:"
"""What a piece of a manifest in a cell begins with, so that no piece is taken for a formula."""


def pieces(values: Plain) -> list[tuple[str, str]]:
    """Return a manifest in pieces that fit into cells, as rows for a sheet; `joined` puts them together again."""
    whole = json.dumps(values, separators=(",", ":"))
    cut = [whole[at : at + CHUNK] for at in range(0, len(whole), CHUNK)]
    return [(f"{NAME}, piece {at} of {len(cut)}", f"{_PIECE}{each}") for at, each in enumerate(cut, 1)]


def joined(cells: Iterable[object]) -> str:
    """Return the manifest of a sheet's cells."""
    return "".join(str(each).removeprefix(_PIECE) for each in cells if str(each).startswith(_PIECE))


def epoch(contents: Contents) -> int:
    """Return the moment that a pack was made, in seconds, as its manifest has it."""
    return int(dt.datetime.fromisoformat(contents.manifest["made"]).timestamp())


def selection_plain(chosen: Selection, pages: Iterable[str]) -> dict[str, Any]:
    """Return a selection and the pages of a pack as plain values, which `selection_of` reads."""
    own = chosen.own
    return {
        "force": chosen.force,
        "areas": list(chosen.areas),
        "proposed": list(chosen.proposed),
        "crime_types": list(chosen.crime_types),
        "baseline": _period(chosen.baseline),
        "comparison": _period(chosen.comparison),
        "like_for_like": chosen.like_for_like,
        "show_small": chosen.show_small,
        "own": None if own is None else {"name": own.name, "ground": sorted(own.ground)},
        "pages": list(pages),
    }


def selection_values(text_of: str) -> dict[str, Any]:
    """Return the plain values of a selection of their JSON. RefusedError for any other text."""
    try:
        values = json.loads(text_of)
    except ValueError as problem:
        raise RefusedError("What was asked of the pack cannot be read. Ask for it again.") from problem
    if not isinstance(values, dict):
        raise RefusedError("What was asked of the pack cannot be read. Ask for it again.")
    return values


def selection_of(desk: Desk, values: Plain) -> Selection:
    """Return the selection of these values, over the store of this desk.

    RefusedError where its force or an area of it is not held, or the values are none of a selection.
    """
    try:
        force = desk.one_force(str(values["force"]))
        own = values.get("own")
        area = (
            own_area(own["name"], tuple(own["ground"]), desk.places(force), desk.areas(force), force)
            if own
            else None
        )
        chosen = Selection(
            force,
            tuple(map(str, values["areas"])),
            tuple(map(str, values["crime_types"])),
            Period.parse(values["baseline"]),
            Period.parse(values["comparison"]),
            bool(values["like_for_like"]),
            bool(values["show_small"]),
            area,
            tuple(map(str, values["proposed"])),
        )
    except (KeyError, TypeError) as problem:
        raise RefusedError(
            "The manifest does not say what was asked. Take another copy of the pack."
        ) from problem
    known = {*desk.areas(force), *([area.key] if area else [])}
    missing = [key for key in chosen.areas if key not in known]
    if missing:
        raise RefusedError(f"The area “{missing[0]}” is not held any more. Name areas with --area.")
    return chosen


def parts(contents: Contents) -> dict[str, str]:
    """Return a mark of each table by page, section and name, and of what each page says in words."""
    marks: dict[str, str] = {}
    for each in plain.tables(contents):
        name = f"{each.chapter.key}/{each.section.key}/{each.named.name}"
        while name in marks:
            name += "+"
        table = each.table
        marks[name] = _mark(
            [
                table.title,
                table.subtitle,
                *table.notes,
                *table.heads,
                *(cell for row in table.rows for cell in row),
            ]
        )
    for chapter in contents.chapters:
        said = [cell for row in plain.sentences(contents) if row[0] == chapter.name for cell in row]
        marks[f"{chapter.key}/said"] = _mark(said)
    return marks


def program_version() -> str:
    """Return the version of the program: of the project beside the packages, else of the installation."""
    project = PROJECT / "pyproject.toml"
    if project.exists():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:
        return "not known"


def _now() -> int:
    given = os.environ.get(EPOCH, "")
    if given and not given.isdecimal():
        raise RefusedError(
            f"{EPOCH} is no number of seconds. Set it to one, such as 1767225600, or leave it out."
        )
    return int(given) if given else int(time.time())


def _months(desk: Desk, force: str) -> list[dict[str, Any]]:
    files = desk.store.manifest()
    own = files.loc[files["force"] == force]
    return [
        {
            "month": str(row.month),
            "kind": str(row.kind),
            "member": str(row.member),
            "release": str(row.release or ""),
            "sha256": str(row.sha256),
            "rows": int(row.rows_kept),
        }
        for row in own.itertuples()
    ]


def records(desk: Desk) -> dict[str, str]:
    """Return the version and fingerprint of each kind of the office's own records that is held."""
    marks = {}
    for kind in RECORD_KINDS:
        held = desk.record_version(kind.key)
        if held is not None:
            marks[kind.key] = f"version {held.version}, {held.fingerprint}"
    return marks


def _coverage(case: Case) -> list[str]:
    try:
        return list(coverage.certificate(case).heads)
    except AnalysisError as problem:
        return [str(problem)]


def _ground_mark(case: Case) -> str:
    return _mark(pd.util.hash_pandas_object(case.places.astype("str"), index=False).astype("str").tolist())


def _outlines_mark(contents: Contents) -> str:
    land = contents.land
    return "" if land is None else _mark([land.outlines.geometry.to_wkb(hex=True).str.cat()])


def _mark(texts: Iterable[str]) -> str:
    mark = hashlib.sha256()
    for each in texts:
        mark.update(each.encode("utf-8", "surrogatepass") + b"\0")
    return mark.hexdigest()[:16]


def _area(area: AreaFact) -> dict[str, Any]:
    return {"key": area.key, "name": area.name, "kind": area.kind, "codes": list(area.codes)}


def _period(period: Period) -> str:
    return f"{period.first}:{period.last}"
