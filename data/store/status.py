"""What the store holds, for the command line: as plain values for machines, and in words."""

from __future__ import annotations

import json
from collections.abc import Hashable, Sequence
from contextlib import suppress
from typing import Any

import pandas as pd

from analysis.model.english import counted, listed, plural
from analysis.model.errors import RefusedError
from analysis.model.formats import share
from analysis.model.ground import Crosswalk
from analysis.model.periods import Period, month_label
from analysis.model.proposed_area import CONFIDENCE, RULE
from analysis.model.vocabulary import KINDS
from data.atomic import write_file
from data.ons.editions import EDITIONS_FILE, read_editions
from data.status_kept import STATUS_FILE, read_answer, stamps_of
from data.store import Store
from data.store.centres import held_centres, proposed_areas
from data.store.store_folder import SIDE_FILES

STATUS_FILES = (*SIDE_FILES, EDITIONS_FILE)
"""What the status rests on beside the months."""


def current_status(store: Store) -> dict[str, Any]:
    """Return `read_status`, and keep it so that it is told again at once (`data.status_kept`).

    Of forces whose months have not changed since it was last kept nothing is read, unless lookup or outlines changed.
    Where the store cannot be written nothing is kept.
    """
    stamps, before = stamps_of(store.path, STATUS_FILES), read_answer(store.path)
    if before is None or before["stamps"]["rest"] != stamps["rest"]:
        same: list[dict[str, Any]] = []
    else:
        unchanged = {
            force for force, each in stamps["forces"].items() if before["stamps"]["forces"].get(force) == each
        }
        same = [held for held in before["status"]["holdings"] if held["force"] in unchanged]
    status = read_status(store, same)
    kept = {
        "stamps": stamps, "side_files": STATUS_FILES, "status": status, "text": status_text(status),
    }  # fmt: skip
    if status["holdings"]:
        with suppress(OSError):
            write_file(store.path / STATUS_FILE, json.dumps(kept))
    return status


def read_status(store: Store, same: Sequence[dict[str, Any]] = ()) -> dict[str, Any]:
    """Return the store's content as plain values: forces, kinds, months, gaps, vintages, sources.

    Months are ``YYYY-MM``. ``gaps`` lists the months between the first and the last held of that kind that are
    not held; ``partly_published`` those of which a crime type is only partly published. ``areas_without_ground`` names
    areas of the files whose codes the lookup held does not have. ``same`` are holdings that were read before and are
    taken as they were.
    """
    known = {(held["kind"], held["force"]): held for held in same}
    holdings = []
    for kind in KINDS:
        for force in store.forces(kind):
            if (kind, force) in known:
                holdings.append(known[kind, force])
                continue
            manifest = store.manifest(force)
            rows = manifest.loc[manifest["kind"] == kind]
            months = store.months(force, kind)
            coverage = store.coverage(force)
            of_kind = coverage.loc[coverage["kind"] == kind]
            vintages = (
                store.vintages(force) if kind == "street" else pd.DataFrame({"month": [], "vintage": []})
            )
            vintage_of = dict(zip(vintages["month"], vintages["vintage"], strict=True))
            span, there = Period(months[0], months[-1]), set(months)
            holdings.append(
                {
                    "force": force,
                    "kind": kind,
                    "first": str(span.first),
                    "last": str(span.last),
                    "rows": int(rows["rows_kept"].sum()),
                    "rows_refused": int(rows["rows_refused"].sum()),
                    "gaps": [str(month) for month in span.months if month not in there],
                    "partly_published": [
                        str(month) for month in of_kind.loc[of_kind["status"] == "partly published", "month"]
                    ],
                    "months": [_month(row, vintage_of) for row in rows.to_dict("records")],
                }
            )
    crosswalk, centres = store.crosswalk(), held_centres(store)
    return {
        "store": store.path.name,
        "demonstration": store.is_demonstration,
        "lookup": crosswalk.complete,
        "boundaries": store.boundaries() is not None,
        "wards": store.wards() is not None,
        "areas_without_ground": _without_ground(store, crosswalk) if crosswalk.complete else [],
        "centres": 0 if centres is None else len(centres),
        "geography": [
            {"key": each.key, "layer": each.layer, "rows": each.rows, "fetched_at": each.fetched_at}
            for each in read_editions(store.path)
        ],
        "holdings": holdings,
    }


def _without_ground(store: Store, crosswalk: Crosswalk) -> list[dict[str, Any]]:
    """Return the areas of the forces held that have a code which the lookup does not know, in the order of the files.

    Such an area has no counts and a proposal is not shown, so a code that was mistyped would not be seen otherwise. A
    file of areas that cannot be read is told where the areas are asked for.
    """
    try:
        areas = store.definitions().areas.items()
    except RefusedError:
        return []
    held = set(store.forces())
    unknown = {
        key: (
            each.name,
            sorted({code for unit in each.units for code in unit.codes} - set(crosswalk.ground_of)),
        )
        for key, each in areas
        if each.force in held
    }
    return [{"area": name, "codes": codes} for name, codes in unknown.values() if codes]


def _month(row: dict[Hashable, Any], vintage_of: dict[pd.Period, str]) -> dict[str, Any]:
    return {
        "month": str(row["month"]),
        "rows": int(row["rows_kept"]),
        "rows_refused": int(row["rows_refused"]),
        "refused": row["refused"],
        "without_lsoa": int(row["without_lsoa"]),
        "without_point": int(row["without_point"]),
        "vintage": vintage_of.get(row["month"], ""),
        "release": row["release"],
        "sha256": row["sha256"],
        "source": row["source"],
        "imported_at": row["imported_at"].isoformat(),
    }


def status_text(status: dict[str, Any]) -> str:
    """Return the status in words: a line a month, and what is missing."""
    if not status["holdings"]:
        return (
            f"The store “{status['store']}” holds no month. "
            "Import a zip from data.police.uk: python -m data import PATH"
        )
    lines = []
    if status["demonstration"]:
        lines.append("Demonstration data: months and places are simulated.")
    for held in status["holdings"]:
        lines.append(
            f"{held['force']}, {held['kind']}: {_label(held['first'])} to {_label(held['last'])}, "
            f"{counted(len(held['months']), 'month')}, {counted(held['rows'], 'row')}"
            + (f", {counted(held['rows_refused'], 'row')} refused" if held["rows_refused"] else "")
        )
        for month in held["months"]:
            edition = f"release {month['release']}" if month["release"] else f"file {month['sha256'][:8]}"
            codes = f"  LSOA codes of {month['vintage']}" if month["vintage"] else ""
            notes = []
            if month["month"] in held["partly_published"]:
                notes.append("partly published")
            if month["refused"]:
                notes.append(f"refused: {month['refused']}")
            note = f"  ({'; '.join(notes)})" if notes else ""
            lines.append(
                f"  {month['month']}  {month['rows']:>9,} {plural(month['rows'], 'row'):<4}  {edition}{codes}{note}"
            )
        gaps = ", ".join(_label(month) for month in held["gaps"])
        lines.append(f"  Gaps: {gaps}. These months are missing, not zero." if gaps else "  No gaps.")
    lines.append(
        "The lookup of both LSOA vintages is held."
        if status["lookup"]
        else "No lookup is held: only the areas of areas.toml join both LSOA vintages. "
        "Import the ONS exact-fit lookup: python -m data import-lookup FILE"
    )
    lines.append(
        f"Boundaries are held{', and wards' if status['wards'] else ''}."
        if status["boundaries"]
        else "No boundaries are held, so there are no maps: python -m data import-geography FILE"
    )
    lines += [
        f"{each['area']} of areas.toml: the lookup does not have {listed(each['codes'])}, so no figure of the area is shown. "
        "Mend the code, or import the lookup for England and Wales."
        for each in status["areas_without_ground"]
    ]
    lines += [
        f"  {each['key'][0].upper()}{each['key'][1:]}: {each['layer']}, fetched {each['fetched_at'][:10]}."
        for each in status["geography"]
    ]
    if status["centres"]:
        lines.append(
            f"{counted(status['centres'], 'centre')} of others held: python -m data centres lists what is proposed."
        )
    return "\n".join(lines)


def read_proposals(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return the areas proposed from the centres held, by force, as plain values; LSOAs by name, shares from 0 to 1."""
    found: dict[str, list[dict[str, Any]]] = {}
    for force in store.forces():
        ground = store.ground(force)
        names = dict(zip(ground["ground_code"], ground["ground_name"], strict=True))
        found[force] = [
            {
                "code": each.code,
                "name": each.name,
                "tier": each.tier,
                "source": each.source,
                "ground": {code: names.get(code, code) for code in each.ground},
                "of_centre": round(each.held.of_outline, 4),
                "of_ground": round(each.held.of_ground, 4),
                "confidence": each.held.confidence,
            }
            for each in proposed_areas(store, force)
        ]
    return found


def proposals_text(by_force: dict[str, list[dict[str, Any]]]) -> str:
    """Return the proposals in words: the rule, and a line a centre."""
    lines = []
    for force, proposals in by_force.items():
        lines += [f"{force}: {counted(len(proposals), 'area')} proposed." for _ in proposals[:1]]
        lines += [
            f"  {each['name']}: {', '.join(each['ground'].values())}; confidence {each['confidence']} "
            f"({share(each['of_centre'])} of the centre, {share(each['of_ground'])} of the ground)"
            for each in proposals
        ]
    if not lines:
        return "No centres are held: python -m data import-centres FILE"
    meanings = "; ".join(f"{word}: {meaning}" for word, meaning in CONFIDENCE.items())
    return "\n".join([*lines, RULE, f"Confidence. {meanings}."])


def _label(month: str) -> str:
    return month_label(pd.Period(month, freq="M"))
